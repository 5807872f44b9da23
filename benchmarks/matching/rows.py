"""People and needs as lines of the application’s tables."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from app.accounts.models import User
from benchmarks.matching.corpus import Person, Wanted

Tables = dict[str, list[dict[str, Any]]]
"""Lines by table, each by column: all of a table have the same columns."""

AUTHORS = 500
"""Each posts the needs of their number; user ids begin with theirs."""


def accounts(name: str, ids: Iterable[int], at: datetime) -> Tables:
    kept = {"locale": "fr", "role": "member", "created_at": at}
    return {User.__tablename__: [{"id": i, "name": f"{name} {i}", "email": f"u{i}@example.org"} | kept for i in ids]}


def people(people: Sequence[Person], at: datetime) -> Tables:
    same = {"kind": "person", "name": "", "town": "", "version": 1, "created_at": at, "updated_at": at}
    return {
        "profile": [
            {
                "id": one.number + 1,
                "owner_id": AUTHORS + 1 + one.number,
                "abilities": one.abilities,
                "language": one.language,
                "languages": list(one.languages),
                "on_site": one.on_site,
                "remote": one.remote,
                "country": one.country,
                "occupation": one.occupation,
                "availability": one.availability,
                "available_from": one.available_from,
                "themes": list(one.themes),
                "other": one.other,
                "visibility": one.visibility,
            }
            | same
            for one in people
        ],
        "profile_place": [
            {"id": 2 * one.number + place + 1, "profile_id": one.number + 1, "commune_code": code}
            for one in people
            for place, code in enumerate(one.communes)
        ],
        "profile_chip": _chips("profile_id", people),
    }


def asked_on(person: Person, built_at: datetime) -> datetime | None:
    return None if person.asked_days_ago is None else built_at - timedelta(days=person.asked_days_ago, hours=1)


def asked_for(person: Person, needs: int) -> int:
    """The number of the need."""
    return int(person.asked_for * needs)


def unanswered(person: Person) -> bool:
    return person.asked_days_ago is not None and person.number % 3 == 0


def asked(people: Sequence[Person], at: datetime, needs: int) -> Tables:
    """Invitations that wait for an answer, or were declined: fairness is about them."""
    invitations = []
    for one in people:
        if (then := asked_on(one, at)) is not None:
            need = asked_for(one, needs)
            invitations.append(
                {
                    "id": one.number + 1,
                    "need_id": need + 1,
                    "profile_id": one.number + 1,
                    "origin": "invitation",
                    "state": "approved" if unanswered(one) else "declined",
                    "state_since": then,
                    "message": "",
                    "word": "",
                    "created_by_id": _author(need),
                    "approved_by_id": _author(need + 1),
                    "created_at": then,
                }
            )
    return {"contribution": invitations}


def needs(wanted: Sequence[Wanted], at: datetime) -> Tables:
    same = {"created_at": at, "updated_at": at}
    return {
        "project": [
            {
                "id": one.number + 1,
                "author_id": _author(one.number),
                "commune_code": one.project.commune_code,
                "theme_code": one.project.theme_code,
                "title": one.project.title,
                "summary": one.text[:200],
                "language": one.language,
                "stage": "open",
                "moderation": "published",
                "moderation_since": at,
                "published_at": at,
            }
            | same
            for one in wanted
        ],
        "need": [
            {
                "id": one.number + 1,
                "project_id": one.number + 1,
                "kind": "skill",
                "text": one.text,
                "language": one.language,
                "people_wanted": 1,
                "mode": one.mode.value,
                "starts_on": one.starts_on,
                "ends_on": one.ends_on,
                "duration": "one_off",
                "state": "open",
                "version": 1,
                "created_by_id": _author(one.number),
            }
            | same
            for one in wanted
        ],
        "need_chip": _chips("need_id", wanted),
    }


def _chips(owner: str, owners: Sequence[Person] | Sequence[Wanted]) -> list[dict[str, Any]]:
    return [
        {
            owner: one.number + 1,
            "concept_id": chip.concept.id,
            "mention": chip.mention,
            "state": chip.state.value,
            "position": place,
        }
        for one in owners
        for place, chip in enumerate(one.chips)
    ]


def _author(number: int) -> int:
    return number % AUTHORS + 1
