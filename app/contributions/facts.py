"""What the order and the reasons need of people and needs, as plain values: read by the hundred, in a query or two."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol, cast

from sqlalchemy import ARRAY, Integer, bindparam, text
from sqlmodel import Session

from app.contributions.models import Origin, State
from app.kernel.database import now
from app.kernel.i18n import label
from app.matching.chips import ChipState
from app.matching.documents import analyse
from app.matching.explanation import Said
from app.matching.units import Tag
from app.profiles import chips as profile_chips
from app.profiles.models import Profile, Visibility
from app.projects.models import Mode, Moderation, Need, NeedState

A_MONTH = timedelta(days=30)


@dataclass(frozen=True)
class Invited:
    """How often somebody was asked for other needs: invitations that left, or that a moderator is about to send."""

    this_month: int = 0
    unanswered: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    id: int
    owner_id: int
    languages: Sequence[str]
    on_site: bool
    remote: bool
    available_from: date | None
    availability: str
    themes: Sequence[str]
    codes: Sequence[str]
    """Of the territories that matter to them."""

    @classmethod
    def of(cls, profile: Profile) -> "Person":
        return cls(
            profile.id,
            profile.owner_id,
            profile.languages,
            profile.on_site,
            profile.remote,
            profile.available_from,
            profile.availability,
            profile.themes,
            [place.code for place in profile.places],
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """Of a need, what its order depends on beside its words."""

    id: int
    mode: Mode
    starts_on: date | None
    ends_on: date | None
    commune_code: str
    theme_code: str | None

    @classmethod
    def of(cls, need: Need) -> "Wanted":
        project = need.project
        return cls(need.id, need.mode, need.starts_on, need.ends_on, project.commune_code, project.theme_code)


CODES = """ARRAY(
    SELECT coalesce(commune_code, province_code, region_code) FROM profile_place
    WHERE profile_id = profile.id ORDER BY id
)"""
_TIMES = """
    count(*) FILTER (WHERE created_at > :since) AS this_month,
    count(*) FILTER (WHERE state IN (:proposed, :approved)) AS unanswered
"""
_ELSEWHERE = "origin = :invitation AND need_id <> :need_id AND (approved_by_id IS NOT NULL OR state = :proposed)"
OFTEN = f"""
LEFT JOIN LATERAL (
    SELECT {_TIMES} FROM contribution WHERE profile_id = profile.id AND {_ELSEWHERE}
) often ON true
"""  # noqa: S608  only names of our own
IS_SHOWN = "profile.visibility <> :hidden AND profile.abilities <> ''"
PROPOSED_AT_ALL = f"""
{IS_SHOWN}
AND EXISTS (SELECT 1 FROM "user" WHERE "user".id = profile.owner_id AND "user".closed_at IS NULL)
"""  # noqa: S608  only names of our own

# Lists of codes are handed over as one string each: hundreds of arrays take a millisecond to read.
_PEOPLE = text(
    f"""
    SELECT profile.id, profile.owner_id, array_to_string(profile.languages, ' ') AS languages, profile.on_site,
           profile.remote, profile.available_from, profile.availability,
           array_to_string(profile.themes, ' ') AS themes, array_to_string({CODES}, ' ') AS codes
    FROM profile WHERE profile.id = ANY(:ids) AND {PROPOSED_AT_ALL}
    """  # noqa: S608  only names of our own
).bindparams(bindparam("ids", type_=ARRAY(Integer)))

LOOKED_FOR = f"""
    JOIN project ON project.id = need.project_id AND need.state = '{NeedState.OPEN}'
      AND project.moderation = '{Moderation.PUBLISHED}'
"""
"""Only needs that are looked for, of projects that everybody may read."""
_WANTED = text(
    f"""
    SELECT need.id, need.mode, need.starts_on, need.ends_on, project.commune_code, project.theme_code
    FROM need {LOOKED_FOR} WHERE need.id = ANY(:ids)
    """  # noqa: S608  only names of our own
).bindparams(bindparam("ids", type_=ARRAY(Integer)))

_INVITED = text(
    f"SELECT profile_id, {_TIMES} FROM contribution WHERE profile_id = ANY(:ids) AND {_ELSEWHERE} GROUP BY profile_id"  # noqa: S608
).bindparams(bindparam("ids", type_=ARRAY(Integer)))

_WORDS = text(
    """
    SELECT profile.id, profile.language, profile.abilities, profile.occupation, profile.other, ARRAY(
        SELECT ARRAY[chip.concept_id, chip.mention, chip.state, concept.label_fr, concept.label_ar, concept.label_en]
        FROM profile_chip chip JOIN concept ON concept.id = chip.concept_id
        WHERE chip.profile_id = profile.id AND chip.state <> :removed ORDER BY chip.position
    ) AS chips FROM profile WHERE profile.id = ANY(:ids)
    """
).bindparams(bindparam("ids", type_=ARRAY(Integer)))


def asking(need_id: int) -> dict[str, Any]:
    """The values of `OFTEN` and `PROPOSED_AT_ALL`."""
    return {
        "need_id": need_id,
        "since": now() - A_MONTH,
        "proposed": State.PROPOSED.value,
        "approved": State.APPROVED.value,
        "invitation": Origin.INVITATION.value,
        "hidden": Visibility.HIDDEN.value,
    }


def people(session: Session, ids: Collection[int]) -> dict[int, Person]:
    """Those of these people who may be proposed at all, by id."""
    if not ids:
        return {}
    rows = session.execute(_PEOPLE, {"ids": list(ids), "hidden": Visibility.HIDDEN.value})
    return {
        row.id: Person(
            row.id,
            row.owner_id,
            row.languages.split(),
            row.on_site,
            row.remote,
            row.available_from,
            row.availability,
            row.themes.split(),
            row.codes.split(),
        )
        for row in rows
    }


def wanted(session: Session, ids: Collection[int]) -> list[Wanted]:
    """Those of these needs that are looked for and that everybody may read."""
    if not ids:
        return []
    return [Wanted(row.id, Mode(row.mode), *row[2:]) for row in session.execute(_WANTED, {"ids": list(ids)})]


def invited(session: Session, ids: Collection[int], need_id: int) -> dict[int, Invited]:
    """Of those of these people who were, for other needs than this."""
    rows = session.execute(_INVITED, asking(need_id) | {"ids": list(ids)})
    return {row.profile_id: Invited(row.this_month, row.unanswered) for row in rows}


def words(session: Session, ids: Collection[int]) -> Mapping[int, Said]:
    """What each of these people says, as `profiles.chips.parts` puts it together."""
    if not ids:
        return {}
    rows = session.execute(_WORDS, {"ids": list(ids), "removed": ChipState.REMOVED.value})
    return {
        row.id: said(_Words(row.language, row.abilities, row.occupation, row.other, [_Chip(*one) for one in row.chips]))
        for row in rows
    }


def said(profile: "Profile | _Words") -> Said:
    """What somebody says, as matching reads it, and the concepts found in it."""
    parts = profile_chips.parts(cast(Profile, profile))
    return Said(analyse(parts, profile.language), tags(profile.chips, profile.language))


class Chipped(Protocol):
    """A concept found in somebody's words, as each domain keeps it."""

    concept_id: str
    mention: str
    state: ChipState
    concept: Any


def tags(chips: Iterable[Chipped], language: str) -> list[Tag]:
    """Where each concept stands in the words: where it was found, and the label of one that people confirmed."""
    found = []
    for chip in chips:
        if chip.state is ChipState.REMOVED:
            continue
        if chip.mention:
            found.append(Tag(chip.concept_id, chip.mention))
        if not chip.mention or chip.state is ChipState.KEPT:
            name = getattr(chip.concept, f"label_{language}") or label(chip.concept)
            found.append(Tag(chip.concept_id, name))
    return found


@dataclass(frozen=True, slots=True)
class _Concept:
    label_fr: str
    label_ar: str
    label_en: str


class _Chip:
    def __init__(self, concept_id: str, mention: str, state: str, *labels: str) -> None:
        self.concept_id, self.mention, self.state = concept_id, mention, ChipState(state)
        self.concept = _Concept(*labels)


@dataclass(frozen=True, slots=True)
class _Words:
    """A profile as far as it is read by `profiles.chips.parts`."""

    language: str
    abilities: str
    occupation: str
    other: str
    chips: Sequence[_Chip]
