"""Why a person and a need go together: found once, kept as data, said in the language of whoever reads."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlmodel import Session

from app.contributions import rules
from app.kernel.database import now
from app.kernel.folding import fold
from app.kernel.i18n import ZONE, label, language_name, speaking
from app.matching import explanation, objections, saying
from app.matching.chips import ChipState
from app.matching.documents import Document, analyse
from app.matching.explanation import Pair, Reason, without_words
from app.matching.scoring import Closeness, Exclusion, Timing, exclusion, timing
from app.matching.units import Tag
from app.profiles import chips as profile_chips
from app.profiles.availability import months
from app.profiles.masking import nameless
from app.profiles.models import Profile, ProfileChip
from app.profiles.rules import Level
from app.projects import chips as need_chips
from app.projects.models import Mode, Need, NeedChip
from app.taxonomy.models import Concept
from app.taxonomy.queries import concepts


@dataclass(frozen=True)
class Why:
    """For components/person.html: what speaks for it, and what is missing."""

    hits: Sequence[str]
    missing: Sequence[str]
    keys: Sequence[str] = ()
    """Of the hits, in their order, to say that one is wrong; empty for what the person’s words have no part in."""


def need_document(need: Need) -> Document:
    return analyse(need_chips.parts(need), need.language)


def profile_document(profile: Profile) -> Document:
    return analyse(profile_chips.parts(profile), profile.language)


@dataclass(frozen=True)
class Wrong:
    """What was said to be wrong, of some needs and profiles."""

    words: Mapping[tuple[int, int], Collection[str]]
    """By need and profile, those of the profile that are read as if they had not been written."""
    pairs: Collection[Pair]


def wrong_of(session: Session, need_ids: Collection[int], profile_ids: Collection[int]) -> Wrong:
    return Wrong(
        objections.wrong_words(session, need_ids, profile_ids), objections.wrong_pairs(session, between_two=True)
    )


def find(
    need: Need, profile: Profile, wrong: Wrong, asked: Document | None = None, said: Document | None = None
) -> list[Reason]:
    """All reasons, without language; the documents may be given where they are known already."""
    covered, missing = explanation.explain(
        asked or need_document(need),
        without_words(said or profile_document(profile), wrong.words.get((need.id, profile.id), ())),
        _tags(need.chips, need.language),
        _tags(profile.chips, profile.language),
        wrong.pairs,
    )
    spoken = _names_of(profile.languages)
    languages = {chip.concept_id for chip in need.chips if fold(chip.concept.label_fr) in spoken}
    return explanation.reasons(
        covered,
        [one for one in missing if one.concept_id not in languages],
        closeness(need, profile),
        [language for language in profile.languages if language in rules.COMMUNE_LANGUAGES],
        obstacle(need, profile),
        when(need, profile),
        likes_theme(need, profile),
    )


def closeness(need: Need, profile: Profile) -> Closeness:
    return nearest_place(need.project.commune_code, [place.code for place in profile.places])


def nearest_place(commune_code: str, codes: Collection[str]) -> Closeness:
    """The best tie of these territories to a commune; the code of a commune begins with those that contain it."""
    if commune_code in codes:
        return Closeness.COMMUNE
    if any(code[:6] == commune_code[:6] for code in codes):
        return Closeness.PROVINCE
    if any(code[:2] == commune_code[:2] for code in codes):
        return Closeness.REGION
    return Closeness.NONE


def obstacle(need: Need, profile: Profile) -> Exclusion | None:
    return exclusion(
        rules.COMMUNE_LANGUAGES,
        need.mode,
        profile.languages,
        profile.on_site,
        profile.remote,
        when(need, profile),
    )


def when(need: Need, profile: Profile) -> Timing:
    """The months that people name are those in which they come: at a distance they are free in others too."""
    comes = need.mode is Mode.ON_SITE or not profile.remote
    today = now().astimezone(ZONE).date()
    named = months(profile.availability) if comes else ()
    return timing(need.starts_on, need.ends_on, profile.available_from, named, today)


def likes_theme(need: Need, profile: Profile) -> bool:
    return need.project.theme_code in profile.themes


def say(found: Iterable[Reason], named: Mapping[str, Concept], profile: Profile, level: Level) -> Why:
    """In the reader's language; for whoever may not know the name, without what would tell it."""
    hits: list[str] = []
    missing: list[str] = []
    keys: list[str] = []
    for reason in found:
        shown = reason
        if level is not Level.FULL and "words" in reason:
            shown = reason | {"words": nameless(reason["words"], profile.owner.name, profile.name)}
        spoken = saying.sentence(shown, named)
        if saying.lacks(reason):
            missing.append(spoken)
        else:
            hits.append(spoken)
            keys.append(key(reason))
    return Why(hits, missing, keys)


def key(reason: Reason) -> str:
    """Tells a reason from the others of the same need and person."""
    if reason["kind"] != "covered":
        return ""
    said = "\n".join((reason["concept"] or "", reason["wanted"], reason["words"]))
    return sha256(said.encode()).hexdigest()[:16]


def concepts_of(session: Session, found: Iterable[Iterable[Reason]]) -> Mapping[str, Concept]:
    """What the sentences of all these reasons name, in one query."""
    return concepts(session, {concept for reasons in found for concept in saying.concept_ids(reasons)})


def _names_of(languages: Iterable[str]) -> set[str]:
    """As the taxonomy calls them: a language that somebody speaks is not missing, though they say so elsewhere."""
    with speaking("fr"):
        return {fold(language_name(code)) for code in languages}


def _tags(chips: Iterable[NeedChip | ProfileChip], language: str) -> list[Tag]:
    return [
        Tag(chip.concept_id, chip.mention or getattr(chip.concept, f"label_{language}") or label(chip.concept))
        for chip in chips
        if chip.state is not ChipState.REMOVED
    ]
