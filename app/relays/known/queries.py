"""Reads of known people. All start from `visible_to`: who noted them, who can reach them, colleagues, moderators."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, false, func, or_, true
from sqlalchemy.orm import joinedload, selectinload
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import GrantKind, User
from app.contributions.queries import MAX_ID
from app.contributions.rules import Ties
from app.kernel.database import related
from app.kernel.errors import NotFound
from app.kernel.pagination import Page, cut, decode
from app.organisations.models import Membership, MembershipState, Organisation
from app.organisations.queries import speaks_for
from app.organisations.rules import MOROCCO
from app.profiles.models import Profile, ProfilePlace
from app.relays.known.rules import EVERYWHERE
from app.relays.models import KnownPerson, KnownPersonChip, KnownState
from app.territories.models import Commune, Province

PAGE = 20


def visible_to(ties: Ties) -> SelectOfScalar[KnownPerson]:
    """The statement that goes with `rules.parties`."""
    return select(KnownPerson).where(
        or_(
            col(KnownPerson.recorded_by_id) == ties.user.id,
            col(KnownPerson.reach_id) == ties.user.id,
            col(KnownPerson.organisation_id).in_(ties.organisations),
            _looked_after_by(ties.user),
        )
    )


def _looked_after_by(user: User) -> ColumnElement[bool]:
    """The condition that goes with `rules.looks_after`."""
    if not user.is_moderator:
        return false()
    if user.is_administrator or any(scope.is_everything for scope in user.scopes):
        return true()
    regions = [scope.region_code for scope in user.scopes if scope.region_code]
    return func.left(KnownPerson.commune_code, 2).in_(regions)


def whole(statement: SelectOfScalar[KnownPerson]) -> SelectOfScalar[KnownPerson]:
    """With all that a card and matching read, in as many queries for one as for a hundred."""
    return statement.options(
        joinedload(related(KnownPerson.commune))
        .joinedload(related(Commune.province))
        .joinedload(related(Province.region)),
        joinedload(related(KnownPerson.reach)),
        joinedload(related(KnownPerson.recorded_by)),
        selectinload(related(KnownPerson.chips)).joinedload(related(KnownPersonChip.concept)),
    )


def get(session: Session, ties: Ties, known_id: int) -> KnownPerson:
    """Raises NotFound, also for what this person may not see."""
    statement = whole(visible_to(ties)).where(col(KnownPerson.id) == known_id)
    found = session.exec(statement).one_or_none() if 0 < known_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def listed(session: Session, ids: Collection[int]) -> Sequence[KnownPerson]:
    """Those of these that are on the list, and whose contact is still here: for the teams that look for help."""
    if not ids:
        return []
    statement = (
        select(KnownPerson)
        .join(User, col(User.id) == KnownPerson.reach_id)
        .where(col(KnownPerson.id).in_(ids), KnownPerson.state == KnownState.LISTED, col(User.closed_at).is_(None))
    )
    return session.exec(whole(statement)).all()


def one_listed(session: Session, known_id: int) -> KnownPerson:
    """Raises NotFound."""
    found = listed(session, [known_id]) if 0 < known_id <= MAX_ID else []
    if not found:
        raise NotFound
    return found[0]


def page(session: Session, ties: Ties, cursor: str | None = None) -> Page[KnownPerson]:
    """What this person noted, can reach or looks after, the newest first; what is over comes on its own page alone."""
    statement = whole(visible_to(ties)).where(KnownPerson.state != KnownState.ENDED)
    after = decode(cursor)
    if after and isinstance(after[0], int):
        statement = statement.where(col(KnownPerson.id) < after[0])
    rows = session.exec(statement.order_by(col(KnownPerson.id).desc()).limit(PAGE + 1)).all()
    return cut(rows, PAGE, lambda row: (row.id,))


def asked_of(session: Session, user_id: int) -> Sequence[KnownPerson]:
    """Of whom this person was named as the one who can reach them, and has not answered."""
    statement = whole(select(KnownPerson)).where(KnownPerson.reach_id == user_id, KnownPerson.state == KnownState.ASKED)
    return session.exec(statement.order_by(col(KnownPerson.state_since), col(KnownPerson.id))).all()


def noting_codes(session: Session, user: User) -> frozenset[str]:
    """The territories of which somebody may note whom they know.

    Moderators and ambassadors: everywhere. Who speaks for an organisation in Morocco: its territory; for one abroad,
    everywhere, as its people come from all over. Everybody: the territories that matter to them.
    """
    if user.is_moderator or user.has_grant(GrantKind.AMBASSADOR):
        return frozenset({EVERYWHERE})
    codes = set()
    for organisation in speaks_for(session, user):
        own = organisation.commune_code or organisation.province_code or organisation.region_code
        codes.add(EVERYWHERE if organisation.country != MOROCCO else own or EVERYWHERE)
    places = (
        select(ProfilePlace)
        .join(Profile, col(Profile.id) == ProfilePlace.profile_id)
        .where(Profile.owner_id == user.id)
    )
    return frozenset(codes | {place.code for place in session.exec(places)})


def colleagues(session: Session, organisation_ids: Collection[int], user_id: int) -> list[tuple[int, str]]:
    """Number and name of the others who speak for the same organisations."""
    if not organisation_ids:
        return []
    rows = session.exec(
        select(User.id, User.name)
        .join(Membership, col(Membership.user_id) == User.id)
        .where(
            col(Membership.organisation_id).in_(organisation_ids),
            Membership.state == MembershipState.VERIFIED,
            User.id != user_id,
            col(User.closed_at).is_(None),
        )
        .distinct()
        .order_by(col(User.name), col(User.id))
    )
    return [(number, name) for number, name in rows]


def shared_organisation(session: Session, user: User, other_id: int, commune_code: str) -> int | None:
    """In whose name somebody notes people of a commune: one that both speak for, that of the place first."""
    own = speaks_for(session, user)
    theirs = set(
        session.exec(
            select(Membership.organisation_id).where(
                Membership.user_id == other_id, Membership.state == MembershipState.VERIFIED
            )
        )
    )
    both = [organisation for organisation in own if organisation.id in theirs]
    return min(both, key=lambda one: (not _is_of(one, commune_code), one.id)).id if both else None


def _is_of(organisation: Organisation, commune_code: str) -> bool:
    return organisation.commune_code == commune_code
