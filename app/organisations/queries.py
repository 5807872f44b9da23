"""Reads of organisations and memberships. What somebody may not see is absent: start from `visible_to`."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, false, or_, true
from sqlalchemy.orm import contains_eager, joinedload
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.contact import Contact
from app.accounts.models import GrantKind, User
from app.deadlines.queries import is_late
from app.journal.models import Subject
from app.kernel.database import related
from app.kernel.errors import NotFound
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind
from app.organisations.rules import LIVE, MOROCCO
from app.territories.models import Commune, Province, Region, Territory

MAX_ID = 2**31 - 1

OF_TERRITORY: dict[type[Territory], OrganisationKind] = {
    Commune: OrganisationKind.COMMUNE,
    Province: OrganisationKind.PROVINCE,
    Region: OrganisationKind.REGION,
}
"""The kinds that come with the territory: nobody declares them."""
_CODE = {
    OrganisationKind.COMMUNE: "commune_code",
    OrganisationKind.PROVINCE: "province_code",
    OrganisationKind.REGION: "region_code",
}


def visible_to(user: User | None) -> SelectOfScalar[Organisation]:
    """Verified ones for all; the others for those who asked to speak for them, and for those who look after them."""
    return select(Organisation).where(_visible(user))


def joinable_by(user: User) -> SelectOfScalar[Organisation]:
    """Those that wait may be named too: a second person of an association must not declare it again."""
    return select(Organisation).where(or_(col(Organisation.refused_at).is_(None), _visible(user)))


def _visible(user: User | None) -> ColumnElement[bool]:
    verified = col(Organisation.verified_at).is_not(None)
    if user is None:
        return verified
    asked_for = select(Membership.organisation_id).where(Membership.user_id == user.id)
    left_waiting = select(Membership.organisation_id).where(_left_waiting(user))
    return or_(
        verified, col(Organisation.id).in_(asked_for), looked_after_by(user), col(Organisation.id).in_(left_waiting)
    )


def looked_after_by(user: User) -> ColumnElement[bool]:
    """The condition that goes with `rules.looks_after`."""
    if user.is_administrator or (user.is_moderator and any(scope.is_everything for scope in user.scopes)):
        return true()
    if not user.is_moderator:
        return false()
    regions = [scope.region_code for scope in user.scopes if scope.region_code]
    countries = [scope.country for scope in user.scopes if scope.country]
    return or_(
        and_(col(Organisation.country) == MOROCCO, col(Organisation.region_code).in_(regions)),
        and_(col(Organisation.country) != MOROCCO, col(Organisation.country).in_(countries)),
    )


def _left_waiting(user: User) -> ColumnElement[bool]:
    """What moderators leave waiting is seen by coordinators."""
    if not user.has_grant(GrantKind.COORDINATOR):
        return false()
    return is_late(Subject.MEMBERSHIP, col(Membership.id))


def waits_for(user: User) -> ColumnElement[bool]:
    """What is on this moderator's desk (`rules.can_judge`); for a coordinator also what others leave waiting.

    On memberships joined with their organisation.
    """
    own = false() if user.is_administrator else col(Membership.user_id) == user.id
    return and_(
        col(Membership.state) == MembershipState.WAITING,
        ~own,
        or_(looked_after_by(user), _left_waiting(user)),
    )


def with_place(statement: SelectOfScalar[Organisation]) -> SelectOfScalar[Organisation]:
    """With what `Organisation.place` reads."""
    return statement.options(
        joinedload(related(Organisation.commune)),
        joinedload(related(Organisation.province)),
        joinedload(related(Organisation.region)),
    )


def get(session: Session, user: User | None, organisation_id: int) -> Organisation:
    """Raises NotFound, also for what this person may not see."""
    statement = with_place(visible_to(user)).where(col(Organisation.id) == organisation_id)
    found = session.exec(statement).one_or_none() if 0 < organisation_id <= MAX_ID else None
    if found is None:
        raise NotFound
    return found


def administrations(session: Session, codes: Collection[str]) -> dict[str, Organisation]:
    """Code of a commune, a province or a region → the organisation that administers it, where one is stored."""
    found: dict[str, Organisation] = {}
    if codes:
        own = [
            and_(col(Organisation.kind) == kind, col(getattr(Organisation, column)).in_(codes))
            for kind, column in _CODE.items()
        ]
        for organisation in session.exec(with_place(select(Organisation)).where(or_(*own))):
            found[getattr(organisation, _CODE[organisation.kind])] = organisation
    return found


def verified_organisation_ids(session: Session, user: User) -> set[int]:
    """The organisations for which this person speaks, for rules that judge by numbers alone."""
    return set(
        session.exec(
            select(Membership.organisation_id)
            .join(Organisation, col(Organisation.id) == Membership.organisation_id)
            .where(Membership.user_id == user.id, *_speaks())
        ).all()
    )


def speaks_for(session: Session, user: User) -> list[Organisation]:
    """The same, as rows."""
    return list(
        session.exec(
            with_place(select(Organisation))
            .join(Membership, col(Membership.organisation_id) == Organisation.id)
            .where(Membership.user_id == user.id, *_speaks())
            .order_by(col(Organisation.id))
        ).all()
    )


def _speaks() -> tuple[ColumnElement[bool], ...]:
    """The condition that goes with `rules.speaks_for`."""
    return (col(Membership.state) == MembershipState.VERIFIED, col(Organisation.verified_at).is_not(None))


def _memberships() -> SelectOfScalar[Membership]:
    """With the person, the organisation and its place."""
    organisation = contains_eager(related(Membership.organisation))
    return (
        select(Membership)
        .join(Organisation, col(Organisation.id) == Membership.organisation_id)
        .options(
            organisation.joinedload(related(Organisation.commune)),
            organisation.joinedload(related(Organisation.province)),
            organisation.joinedload(related(Organisation.region)),
            joinedload(related(Membership.user)),
            joinedload(related(Membership.open_step)),
        )
    )


def memberships_of(session: Session, user: User) -> Sequence[Membership]:
    """What this person asked for and was: one row an organisation, the last; those that ended are left out."""
    rows = session.exec(_memberships().where(Membership.user_id == user.id).order_by(col(Membership.id).desc())).all()
    last: dict[int, Membership] = {}
    for row in rows:
        last.setdefault(row.organisation_id, row)
    return [row for row in last.values() if row.state is not MembershipState.ENDED]


def members_of(session: Session, organisation: Organisation) -> Sequence[Membership]:
    """Those who speak for it, the first verified first."""
    return session.exec(
        _memberships()
        .where(Membership.organisation_id == organisation.id, Membership.state == MembershipState.VERIFIED)
        .order_by(col(Membership.decided_at), col(Membership.id))
    ).all()


def waiting_of(session: Session, organisation: Organisation) -> Sequence[Membership]:
    """Those who ask to speak for it, the first first."""
    return session.exec(
        _memberships()
        .where(Membership.organisation_id == organisation.id, Membership.state == MembershipState.WAITING)
        .order_by(col(Membership.asked_at), col(Membership.id))
    ).all()


def last_membership(session: Session, user: User, organisation: Organisation) -> Membership | None:
    """Where this person stands with it, whatever became of it."""
    return session.exec(
        _memberships()
        .where(Membership.organisation_id == organisation.id, Membership.user_id == user.id)
        .order_by(col(Membership.id).desc())
        .limit(1)
    ).first()


def person_of(session: Session, contact: Contact) -> User | None:
    """The account of that e-mail or telephone."""
    where = User.email == contact.email if contact.email else User.phone == contact.phone
    return session.exec(select(User).where(where, col(User.closed_at).is_(None))).first()


def member_names(session: Session, organisation_ids: Collection[int]) -> dict[int, list[str]]:
    """Organisation → the names of those who speak for it."""
    names: dict[int, list[str]] = {}
    if organisation_ids:
        rows = session.exec(
            select(Membership.organisation_id, User.name)
            .join(User, col(User.id) == Membership.user_id)
            .where(col(Membership.organisation_id).in_(organisation_ids))
            .where(Membership.state == MembershipState.VERIFIED)
            .order_by(col(Membership.id))
        )
        for organisation_id, name in rows:
            names.setdefault(organisation_id, []).append(name)
    return names


def live_membership(session: Session, user: User, organisation: Organisation) -> Membership | None:
    return session.exec(
        _memberships().where(
            Membership.organisation_id == organisation.id,
            Membership.user_id == user.id,
            col(Membership.state).in_(LIVE),
        )
    ).one_or_none()


def membership_for_change(session: Session, membership_id: int) -> Membership:
    """Held until the end of the request: of two decisions at once the second sees the first. Raises NotFound."""
    statement = _memberships().where(col(Membership.id) == membership_id)
    found = session.exec(statement).one_or_none() if 0 < membership_id <= MAX_ID else None
    if found is None:
        raise NotFound
    session.refresh(found, with_for_update={"of": Membership})
    return found


def waiting_memberships(session: Session, user: User, limit: int) -> Sequence[Membership]:
    """Who waits for this moderator, the first who asked first."""
    return session.exec(
        _memberships().where(waits_for(user)).order_by(col(Membership.asked_at), col(Membership.id)).limit(limit)
    ).all()
