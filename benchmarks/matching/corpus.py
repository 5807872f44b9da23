"""People and needs, invented from the names of the taxonomy: the n-th is the same on every machine and at every size.

Skills and occupations are Zipf-like: a few are everybody's, thousands are one person's. Most skills of a person are
those of their occupation, so that several people answer one need, and answer it more or less.
"""

import random
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Any, Generic, TypeVar

from app.matching.chips import ChipState
from app.matching.names import Named
from app.matching.text import LANGUAGES, Language
from app.profiles import chips as profile_chips
from app.projects import chips as need_chips
from app.projects.models import Mode
from app.taxonomy.actions import corrected_concepts
from app.taxonomy.lexicon import Term, terms
from app.taxonomy.sources import DATA, read
from app.territories.sources import read_reference
from benchmarks.matching.wording import ABLE, TITLES, WANTED, sentences, spelled

T = TypeVar("T")

SEED = 20261122
HEAD = 8
"""Zipf–Mandelbrot: the most frequent skill is said in about one mention of sixty."""
OF_THE_OCCUPATION = 0.6
OF_THE_FIELD = 0.2
"""Shares of the mentions; the others are of any skill."""
KEPT = 0.25
"""Of the concepts, how many the person confirmed: their labels are matched too."""

LIVES = {"FR": 35, "ES": 14, "IT": 11, "BE": 8, "NL": 7, "DE": 5, "CA": 5, "US": 5, "MA": 5, "GB": 3, "AE": 2}
VISIBLE = {"card": 80, "open": 17, "hidden": 3}
MODES = {(True, True): 40, (False, True): 45, (True, False): 15}
"""On site, remote."""
ASKED = 0.12
"""How many were invited within the last three months."""
WITHIN_DAYS = 90
AVAILABLE = ("", "", "le soir", "deux semaines en août", "en ligne, le samedi", "tout l’été")
YEAR = date(2027, 1, 1)
"""In the year that begins then people are free and needs begin, whenever this is run."""


@dataclass(frozen=True, slots=True)
class Known:
    """A concept, with what its chip needs of it."""

    id: str
    label_fr: str
    label_ar: str
    label_en: str
    names: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Chip:
    concept: Known
    mention: str
    state: ChipState


@dataclass(frozen=True, slots=True)
class Person:
    number: int
    language: Language
    abilities: str
    occupation: str
    other: str
    chips: Sequence[Chip]
    languages: Sequence[str]
    on_site: bool
    remote: bool
    country: str
    communes: Sequence[str]
    visibility: str
    availability: str
    available_from: date | None
    themes: Sequence[str]
    asked_days_ago: int | None
    asked_for: float
    """Which need they were asked for, as a share of all needs."""

    @property
    def parts(self) -> list[str]:
        """What the application hands to matching: its own function reads the same names of us."""
        stand_in: Any = self
        return profile_chips.parts(stand_in)


@dataclass(frozen=True, slots=True)
class _Project:
    title: str
    commune_code: str
    theme_code: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    number: int
    language: Language
    project: _Project
    text: str
    chips: Sequence[Chip]
    mode: Mode
    starts_on: date | None
    ends_on: date | None

    @property
    def parts(self) -> list[str]:
        stand_in: Any = self
        return need_chips.parts(stand_in)


class Zipf(Generic[T]):
    """Draws the first of a list often, the last ones rarely."""

    def __init__(self, things: Sequence[T]) -> None:
        self.things = things
        self._cumulated = list(accumulate(1 / (HEAD + place) for place in range(1, len(things) + 1)))

    def draw(self, chance: random.Random) -> T:
        return self.things[bisect_left(self._cumulated, chance.random() * self._cumulated[-1])]


class Corpus:
    """Where people and needs are drawn from; `person(n)` and `need(n)` depend on nothing but n."""

    def __init__(self) -> None:
        chance = random.Random(SEED)
        concepts = corrected_concepts()
        lexicon = list(terms())
        field = {concept for term in lexicon for concept in (*term.same_as, *term.under)}
        # The trades and skills of the field are the frequent ones here: nobody asks a commune for an opera singer.
        chance.shuffle(concepts)
        concepts.sort(key=lambda row: row["id"] not in field)
        known = {row["id"]: _known(row) for row in concepts}
        self.skills = Zipf([known[row["id"]] for row in concepts if row["kind"] == "skill"])
        self.occupations = Zipf([known[row["id"]] for row in concepts if row["kind"] == "occupation"])
        chance.shuffle(lexicon)
        self.terms = Zipf([replace(known[_concept_of(term)], names=term.names) for term in lexicon])
        self.skills_of = {
            line["occupation_id"]: [
                known[one] for one in (line["essential"] + "|" + line["optional"]).split("|") if one
            ]
            for line in read(DATA / "occupation_skills.tsv.xz")
        }
        communes = read_reference().communes
        self.themes = [row["code"] for row in read(DATA / "themes.tsv")]
        self.communes = [row["code"] for row in communes]
        self._inhabitants = list(accumulate(row["population"] for row in communes))

    def person(self, number: int) -> Person:
        chance = random.Random(f"{SEED} person {number}")
        language: Language = chance.choices(LANGUAGES, (58, 36, 6))[0]
        on_site, remote = chance.choices(list(MODES), list(MODES.values()))[0]
        places = chance.choices((0, 1, 2), (10, 70, 20))[0]
        occupation = self.occupations.draw(chance)
        mentions, chips = self._said(occupation, language, chance.randint(1, 8), chance)
        return Person(
            number=number,
            language=language,
            abilities=sentences(mentions, language, ABLE, chance),
            occupation=_name(occupation.names, language, chance) if chance.random() < 0.7 else "",
            other="",
            chips=chips,
            languages=_spoken(language, chance),
            on_site=on_site,
            remote=remote,
            country=chance.choices(list(LIVES), list(LIVES.values()))[0],
            communes=list(dict.fromkeys(self._commune(chance) for _ in range(places))),
            visibility=chance.choices(list(VISIBLE), list(VISIBLE.values()))[0],
            availability=chance.choice(AVAILABLE),
            available_from=_day(chance) if chance.random() < 0.1 else None,
            themes=chance.sample(self.themes, chance.choice((0, 0, 1, 2, 3))),
            asked_days_ago=chance.randrange(WITHIN_DAYS) if chance.random() < ASKED else None,
            asked_for=chance.random(),
        )

    def need(self, number: int) -> Wanted:
        chance = random.Random(f"{SEED} need {number}")
        language: Language = chance.choices(("fr", "ar"), (60, 40))[0]
        mentions, chips = self._said(self.occupations.draw(chance), language, chance.randint(1, 4), chance)
        title = chance.choice(TITLES[language]).format(what=mentions[0])
        theme = chance.choice(self.themes) if chance.random() < 0.9 else None
        starts_on = _day(chance) if chance.random() < 0.5 else None
        return Wanted(
            number=number,
            language=language,
            project=_Project(title, self._commune(chance), theme),
            text=sentences(mentions, language, WANTED, chance),
            chips=chips,
            mode=chance.choices(list(Mode), (30, 30, 40))[0],
            starts_on=starts_on,
            ends_on=starts_on + timedelta(days=chance.randint(1, 120)) if starts_on and chance.random() < 0.7 else None,
        )

    def _said(
        self, occupation: Known, language: Language, many: int, chance: random.Random
    ) -> tuple[list[str], list[Chip]]:
        """So many mentions, and their chips."""
        mentions: list[str] = []
        chips: dict[str, Chip] = {}
        for _ in range(many):
            drawn = chance.random()
            theirs = self.skills_of.get(occupation.id)
            if drawn > 1 - OF_THE_FIELD:
                said = self.terms.draw(chance)
            elif theirs and drawn < OF_THE_OCCUPATION:
                said = chance.choice(theirs)
            else:
                said = self.skills.draw(chance)
            mentions.append(_name(said.names, language, chance))
            state = ChipState.KEPT if chance.random() < KEPT else ChipState.PROPOSED
            chips.setdefault(said.id, Chip(said, mentions[-1], state))
        return list(dict.fromkeys(mentions)), list(chips.values())

    def _commune(self, chance: random.Random) -> str:
        place = bisect_left(self._inhabitants, chance.random() * self._inhabitants[-1])
        return str(self.communes[place])


@cache
def corpus() -> Corpus:
    """Of this process: two seconds."""
    return Corpus()


def mentions(corpus: Corpus, many: int) -> list[tuple[str, Language]]:
    """Single names as people type them into a field."""
    chance = random.Random(f"{SEED} mentions")
    drawn: list[tuple[str, Language]] = []
    for _ in range(many):
        language: Language = chance.choices(LANGUAGES, (58, 36, 6))[0]
        kind = corpus.occupations if chance.random() < 0.3 else corpus.skills
        drawn.append((_name(kind.draw(chance).names, language, chance), language))
    return drawn


def _day(chance: random.Random) -> date:
    return YEAR + timedelta(days=chance.randrange(365))


def _known(row: Mapping[str, Any]) -> Known:
    names = {str(language): listed for language, listed in Named.of(row).names.items()}
    return Known(row["id"], row["label_fr"], row["label_ar"], row["label_en"], names)


def _concept_of(term: Term) -> str:
    return str(term.same_as[0] if term.same_as else term.concept()["id"])


def _name(names: Mapping[str, Sequence[str]], language: Language, chance: random.Random) -> str:
    """The label half of the time, or one of the first aliases."""
    listed = names.get(language) or names.get("fr") or names["en"]
    name = listed[0] if chance.random() < 0.5 else chance.choice(listed[:6])
    return spelled(name, language, chance)


def _spoken(language: Language, chance: random.Random) -> list[str]:
    """Nearly everybody speaks one of the languages of a commune; a few speak only that of where they live."""
    spoken = {"fr": ["fr"], "ar": ["ar"], "en": ["en"]}[language]
    others = {"ar": 0.8, "fr": 0.6, "ber": 0.3, "en": 0.3, "es": 0.15, "nl": 0.07, "de": 0.07}
    return spoken + [other for other, share in others.items() if other not in spoken and chance.random() < share]
