"""The organisation that a person's words may mean: those that exist, and the territories that can have one.

There are hundreds, not millions: names are compared in the process, word by word, folded, a slip of the finger allowed.
Communes, provinces and regions are found as territories, by every name they are known by.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.kernel.folding import words
from app.kernel.i18n import current_locale, label
from app.kernel.i18n import gettext as _
from app.organisations.models import Organisation
from app.organisations.queries import OF_TERRITORY, administrations, joinable_by, with_place
from app.organisations.wording import KINDS, names_of_territory
from app.territories import queries as territories
from app.territories.models import Territory

LIMIT = 8
NEAR = 82
"""Of 100: below, two words are not one word with a slip."""
SAME = 93
"""Of 100: two names that are probably one organisation."""
SHORTEST_BEGINNING = 3

# Said of every organisation: alone they find nothing in particular.
_COMMON = frozenset(
    words(
        "association associations coopérative commune ville province région amicale club l la le les de des du d "
        "pour et en au aux à the of جمعية الجمعية تعاونية التعاونية جماعة مدينة إقليم عمالة جهة من في و"
    )
)


@dataclass(frozen=True)
class Candidate:
    """An organisation that may be meant; one of a territory may not be stored yet."""

    choice: str
    """What the form sends back: `o12`, or `t09.581` for a territory without organisation."""
    name: str
    kind: str
    place: str
    waiting: bool


def find(session: Session, typed: str, limit: int = LIMIT) -> list[Candidate]:
    """The organisations that these words may mean, the nearest first, territories after names that fit as well."""
    meant = words(typed[:200])
    if not meant:
        return []
    by_name = [candidate_of(organisation) for organisation in _by_name(session, meant, limit)]
    places = territories.find_territories(session, typed, limit)
    known = administrations(session, [place.code for place in places])
    return [*by_name, *(candidate_of(known.get(place.code, place)) for place in places)][:limit]


def alike(session: Session, names: Sequence[str]) -> list[Candidate]:
    """Organisations, communes apart, whose name is nearly one of these: perhaps they are the same."""
    rows = _names(session)
    near = {
        number
        for name in names
        for number, known in rows
        if (typed := words(name)) and min(_nearness(typed, known), _nearness(known, typed)) >= SAME
    }
    found = session.exec(with_place(select(Organisation)).where(col(Organisation.id).in_(near))).all() if near else []
    return [candidate_of(organisation) for organisation in found]


def named(session: Session, user: User, choice: str) -> Organisation | Territory | None:
    """What a `choice` stands for: an organisation that can be joined, or the territory of one that is not stored."""
    if found := re.fullmatch(r"o(\d{1,9})", choice, re.ASCII):
        return session.exec(with_place(joinable_by(user)).where(col(Organisation.id) == int(found[1]))).one_or_none()
    if not choice.startswith("t"):
        return None
    code = choice.removeprefix("t")
    return administrations(session, [code]).get(code) or territories.get(session, code)


def candidate_of(one: Organisation | Territory) -> Candidate:
    if isinstance(one, Organisation):
        kind, choice = one.kind, f"o{one.id}"
        return Candidate(choice, label(one), _(KINDS[kind]), one.place, one.verified_at is None)
    french, arabic = names_of_territory(one)
    name = arabic if current_locale() == "ar" else french
    return Candidate(f"t{one.code}", name, _(KINDS[OF_TERRITORY[type(one)]]), one.full_name, False)


def _by_name(session: Session, meant: list[str], limit: int) -> list[Organisation]:
    scored = [(_nearness(meant, known), number) for number, known in _names(session)]
    best = sorted((one for one in scored if one[0] >= NEAR), reverse=True)[:limit]
    order = {number: place for place, (_score, number) in enumerate(best)}
    if not order:
        return []
    found = session.exec(with_place(select(Organisation)).where(col(Organisation.id).in_(order))).all()
    return sorted(found, key=lambda organisation: order[organisation.id])


def _names(session: Session) -> list[tuple[int, list[str]]]:
    """Number and folded words of each name, in either language."""
    rows = session.exec(
        select(Organisation.id, Organisation.name_fr, Organisation.name_ar)
        .where(col(Organisation.refused_at).is_(None), col(Organisation.kind).not_in(OF_TERRITORY.values()))
        .order_by(col(Organisation.id))
    )
    return [(number, words(name)) for number, french, arabic in rows for name in (french, arabic) if name]


def _nearness(typed: list[str], known: list[str]) -> float:
    """How well the words typed are found in a name, of 100; words that every name has count only when alone."""
    telling = [_bare(word) for word in typed if word not in _COMMON] or typed
    names = [_bare(word) for word in known]
    if not names:
        return 0
    return sum(max(_same_word(word, name) for name in names) for word in telling) / len(telling)


def _same_word(typed: str, name: str) -> float:
    if len(typed) >= SHORTEST_BEGINNING and name.startswith(typed):
        return 100
    return fuzz.ratio(typed, name)


def _bare(word: str) -> str:
    """Without what French and Arabic write in front of a noun."""
    return word[2:] if word.startswith(("ال", "d'", "l'")) and len(word) > 4 else word
