"""From the collected ESCO files to the compressed copies of `data/`, to be cut again when ESCO changes.

What is left out: concepts that ESCO dropped in 1.2, relations between skills, ISCO groups (they have no Arabic names).
"""

import lzma
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

DATA = Path(__file__).parent / "data"

CONCEPT_COLUMNS = (
    "id",
    "kind",
    "label_fr",
    "label_ar",
    "label_en",
    "arabic_official",
    "aliases_fr",
    "aliases_ar",
    "aliases_en",
)
_LANGUAGES = ("fr", "ar", "en")


def read(path: Path) -> Iterator[dict[str, str]]:
    """The lines of a TSV file, compressed or not, by the names of its header."""
    open_text = lzma.open if path.suffix == ".xz" else open
    with open_text(path, "rt", encoding="utf-8") as lines:
        names = next(lines).rstrip("\n").split("\t")
        for line in lines:
            yield dict(zip(names, line.rstrip("\n").split("\t"), strict=True))


def cut(folder: Path, into: Path = DATA) -> None:
    """Writes concepts, broader relations and the skills of occupations, cut to what the application needs."""
    concepts = {row["id"]: row for row in _concepts(folder)}
    write(into / "concepts.tsv.xz", CONCEPT_COLUMNS, sorted(concepts.values(), key=lambda row: row["id"]))

    broader = ({"concept_id": row["id"], "broader_id": row["broader_id"]} for row in read(folder / "esco_broader.tsv"))
    write(
        into / "broader.tsv.xz",
        ("concept_id", "broader_id"),
        (row for row in broader if row["concept_id"] in concepts and row["broader_id"] in concepts),
    )

    skills: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"essential": [], "optional": []})
    for row in read(folder / "esco_occupation_skills.tsv"):
        if row["occupation"] in concepts and row["skill"] in concepts:
            skills[row["occupation"]][row["relation"]].append(row["skill"])
    write(
        into / "occupation_skills.tsv.xz",
        ("occupation_id", "essential", "optional"),
        (
            {"occupation_id": occupation, **{relation: "|".join(ids) for relation, ids in related.items()}}
            for occupation, related in sorted(skills.items())
        ),
    )


def write(path: Path, columns: Iterable[str], rows: Iterable[dict[str, str]]) -> None:
    columns = tuple(columns)
    with lzma.open(path, "wt", preset=9, encoding="utf-8") as lines:
        lines.write("\t".join(columns) + "\n")
        for row in rows:
            lines.write("\t".join(row[column] for column in columns) + "\n")


def _concepts(folder: Path) -> Iterator[dict[str, str]]:
    for row in read(folder / "esco_skills.tsv"):
        if row["in_v111_v120"] != "10":
            yield _concept(row, "skill", official=row["ar_source"] == "official")
    for row in read(folder / "esco_occupations.tsv"):
        yield _concept(row, "occupation", official=True)
    for row in read(folder / "esco_skill_groups.tsv"):
        yield _concept(row, "group", official=True)


def _concept(row: dict[str, str], kind: str, official: bool) -> dict[str, str]:
    concept = {"id": row["id"], "kind": kind, "arabic_official": "1" if official and row["label_ar"] else ""}
    for language in _LANGUAGES:
        label = row[f"label_{language}"].strip()
        aliases = dict.fromkeys(alias.strip() for alias in row.get(f"alts_{language}", "").split("|"))
        concept[f"label_{language}"] = label
        concept[f"aliases_{language}"] = "|".join(a for a in aliases if a not in ("", label))
    return concept
