"""How well and how fast communes are found when their names are damaged: `python -m benchmarks.communes`."""

import random
import string
import time
from collections.abc import Callable

from app.territories.finding import Finder, Place
from app.territories.sources import read_reference

LETTERS = {"fr": string.ascii_lowercase, "ar": "ابتحدرسعلمنوي"}


def places() -> list[Place]:
    reference = read_reference()
    provinces = {row["code"]: row for row in reference.provinces}
    found = []
    for row in reference.communes:
        province = provinces[row["province_code"]]
        names = (row["name_fr"], row["name_ar"], *row["aliases_fr"], *row["aliases_ar"])
        around = (province["name_fr"], province["name_ar"])
        found.append(Place(row["code"], province["code"], names, around, row["population"]))
    return found


def damaged(name: str, language: str, chance: random.Random) -> str:
    """One letter lost, added, changed, or two swapped."""
    at = chance.randrange(1, len(name))
    letter = chance.choice(LETTERS[language])
    return chance.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
        )
    )


def main() -> None:
    communes = places()
    started = time.perf_counter()
    finder = Finder(communes)
    print(f"built in {time.perf_counter() - started:.2f} s")
    chance = random.Random(4)
    ways: dict[str, Callable[[Place], str]] = {
        "French name": lambda place: place.names[0],
        "Arabic name": lambda place: place.names[1],
        "French name, one slip": lambda place: damaged(place.names[0], "fr", chance),
        "Arabic name, one slip": lambda place: damaged(place.names[1], "ar", chance),
        "one slip, then the province": lambda place: f"{damaged(place.names[0], 'fr', chance)} {place.around[0]}",
        "name, then a slip in the province": lambda place: f"{place.names[0]} {damaged(place.around[0], 'fr', chance)}",
    }
    print(f"{'typed':36}{'first':>7}{'in 8':>7}{'p50 ms':>8}{'p95 ms':>8}")
    for way, typed in ways.items():
        first = in_eight = 0
        times = []
        for place in communes:
            words = typed(place)
            started = time.perf_counter()
            hits = [hit.place for hit in finder.search(words)]
            times.append(1000 * (time.perf_counter() - started))
            first += hits[:1] == [place]
            in_eight += place in hits
        times.sort()
        total = len(communes)
        p50, p95 = times[total // 2], times[int(total * 0.95)]
        print(f"{way:36}{first / total:7.3f}{in_eight / total:7.3f}{p50:8.2f}{p95:8.2f}")


if __name__ == "__main__":
    main()
