"""Why a person and a need go together: found once, kept as data, said in the language of whoever reads."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from sqlmodel import Session

from app.contributions import facts, rules
from app.contributions.facts import Person, Wanted
from app.kernel.database import now
from app.kernel.folding import fold
from app.kernel.i18n import ZONE, language_name, speaking
from app.matching import explanation, objections, saying
from app.matching.documents import Document, analyse
from app.matching.explanation import Explained, Pair, Reason, Said, without_words
from app.matching.scoring import Closeness, Exclusion, Timing, exclusion, timing
from app.profiles.availability import months
from app.profiles.masking import nameless
from app.profiles.models import Profile
from app.profiles.rules import Level
from app.projects import chips as need_chips
from app.projects.models import Mode, Need
from app.taxonomy.naming import Named
from app.taxonomy.queries import names

AT_ONCE = 24
"""Needs of one person that are weighed together: what that takes grows with the square of them."""


@dataclass(frozen=True)
class Why:
    """For components/person.html: what speaks for it, and what is missing."""

    hits: Sequence[str]
    missing: Sequence[str]
    said: Sequence[Reason]
    """The hits as data, in their order."""

    @property
    def keys(self) -> Sequence[str]:
        """Of the hits, to say that one is wrong; empty for what the person’s words have no part in."""
        return [key(reason) for reason in self.said]


def need_document(need: Need) -> Document:
    return analyse(need_chips.parts(need), need.language)


@dataclass(frozen=True)
class Wrong:
    """What was said to be wrong, of some needs and profiles."""

    words: Mapping[tuple[int, int], Collection[str]]
    """By need and profile, those of the profile that are read as if they had not been written."""
    pairs: Collection[Pair]


def wrong_of(session: Session, need_ids: Collection[int], profile_ids: Collection[int]) -> Wrong:
    return Wrong(objections.wrong_words(session, need_ids, profile_ids), objections.wrong_reasons(session))


def find(need: Need, profile: Profile, wrong: Wrong) -> list[Reason]:
    """All reasons, without language."""
    [found] = of_people(need, [(Person.of(profile), facts.said(profile))], wrong)
    return found


def of_people(need: Need, people: Sequence[tuple[Person, Said]], wrong: Wrong) -> list[list[Reason]]:
    """All reasons for a need of each of these people, in their order."""
    said = [_still_said(one, wrong.words.get((need.id, person.id), ())) for person, one in people]
    [explained] = explanation.explain_all([_asked(need)], said, wrong.pairs)
    return [_reasons(need, person, found) for (person, _), found in zip(people, explained, strict=True)]


def of_needs(needs: Sequence[Need], person: Person, said: Said, wrong: Wrong) -> list[list[Reason]]:
    """All reasons of somebody for each of these needs, in their order."""
    alike = [need for need in needs if (need.id, person.id) not in wrong.words]
    found: dict[int, list[Reason]] = {}
    for start in range(0, len(alike), AT_ONCE):
        some = alike[start : start + AT_ONCE]
        explained = explanation.explain_all([_asked(need) for need in some], [said], wrong.pairs)
        found |= {need.id: _reasons(need, person, one) for need, [one] in zip(some, explained, strict=True)}
    return [found[need.id] if need.id in found else of_people(need, [(person, said)], wrong)[0] for need in needs]


def _asked(need: Need) -> Said:
    return Said(need_document(need), facts.tags(need.chips, need.language))


def _still_said(said: Said, wrong: Collection[str]) -> Said:
    return replace(said, document=without_words(said.document, wrong))


def _reasons(need: Need, person: Person, found: Explained) -> list[Reason]:
    covered, missing = found
    named = {chip.concept_id: fold(chip.concept.label_fr) for chip in need.chips}
    asked = Wanted.of(need)
    free = when(asked, person)
    return explanation.reasons(
        covered,
        [one for one in missing if not _speaks(person, named.get(one.concept_id))],
        nearest_place(asked.commune_code, person.codes),
        [language for language in person.languages if language in rules.COMMUNE_LANGUAGES],
        obstacle(asked, person, free),
        free,
        likes_theme(asked, person),
    )


def nearest_place(commune_code: str, codes: Collection[str]) -> Closeness:
    """The best tie of these territories to a commune; the code of a commune begins with those that contain it."""
    if commune_code in codes:
        return Closeness.COMMUNE
    if any(code[:6] == commune_code[:6] for code in codes):
        return Closeness.PROVINCE
    if any(code[:2] == commune_code[:2] for code in codes):
        return Closeness.REGION
    return Closeness.NONE


def obstacle(need: Wanted, person: Person, when: Timing) -> Exclusion | None:
    return exclusion(
        rules.COMMUNE_LANGUAGES,
        need.mode,
        person.languages,
        person.on_site,
        person.remote,
        when,
    )


def when(need: Wanted, person: Person) -> Timing:
    """The months that people name are those in which they come: at a distance they are free in others too."""
    if need.starts_on is None and need.ends_on is None:
        return Timing.UNKNOWN
    comes = need.mode is Mode.ON_SITE or not person.remote
    today = now().astimezone(ZONE).date()
    named = months(person.availability) if comes else ()
    return timing(need.starts_on, need.ends_on, person.available_from, named, today)


def at_present(found: Sequence[Reason], timing: Timing) -> list[Reason]:
    """Reasons of another day, with what is true of the time today."""
    timeless = [one for one in found if one["kind"] != "timing"]
    place = next((number for number, one in enumerate(timeless) if one["kind"] == "missing"), len(timeless))
    return [*timeless[:place], *explanation.reasons([], timing=timing), *timeless[place:]]


def likes_theme(need: Wanted, person: Person) -> bool:
    return need.theme_code in person.themes


def say(found: Iterable[Reason], named: Mapping[str, Named], level: Level, person: str = "", group: str = "") -> Why:
    """In the reader's language; below `FULL` without what would tell the names of the person and of the group."""
    hits: list[str] = []
    missing: list[str] = []
    said: list[Reason] = []
    for reason in found:
        shown = reason
        if level is not Level.FULL and "words" in reason:
            shown = reason | {"words": nameless(reason["words"], person, group)}
        spoken = saying.sentence(shown, named)
        if saying.lacks(reason):
            missing.append(spoken)
        else:
            hits.append(spoken)
            said.append(reason)
    return Why(hits, missing, said)


def key(reason: Reason) -> str:
    """Tells a reason from the others of the same need and person."""
    if reason["kind"] != "covered":
        return ""
    said = "\n".join((reason["concept"] or "", reason["wanted"], reason["words"]))
    return sha256(said.encode()).hexdigest()[:16]


def concepts_of(session: Session, found: Iterable[Iterable[Reason]], edition: str | None = None) -> Mapping[str, Named]:
    """What the sentences of all these reasons name, in one query; mostly in none, if the edition of it all is known."""
    return names(session, {concept for reasons in found for concept in saying.concept_ids(reasons)}, edition)


@lru_cache(maxsize=64)
def _names_of(languages: tuple[str, ...]) -> frozenset[str]:
    """As the taxonomy calls them: a language that somebody speaks is not missing, though they say so elsewhere."""
    with speaking("fr"):
        return frozenset(fold(language_name(code)) for code in languages)


def _speaks(person: Person, name: str | None) -> bool:
    return name is not None and name in _names_of(tuple(person.languages))
