from datetime import datetime
from typing import NamedTuple

from sqlmodel import Session, col, select

from app.accounts.models import User
from app.deadlines import actions as deadlines
from app.journal import actions as journal
from app.journal.actions import TooLateToUndo
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Refusal
from app.kernel.i18n import N_, label, speaking
from app.notifications import actions as notifications
from app.organisations import queries, rules
from app.organisations.messages import AboutMembership, MembershipEnded, MembershipRefused, MembershipVerified
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind
from app.organisations.rules import LIVE, MOROCCO
from app.organisations.wording import names_of_territory
from app.territories.models import Commune, Province, Territory


class AlreadyDecided(Refusal):
    message = N_("Quelqu’un a déjà répondu à cette demande.")


class Where(NamedTuple):
    """A commune of Morocco, or a country and a town abroad."""

    commune: Commune | None = None
    country: str = MOROCCO
    town: str = ""


def of_territory(session: Session, user: User, territory: Territory) -> Organisation:
    """The administration of a commune, a province or a region, stored when somebody first speaks for it."""
    # Two first members at the same moment find one organisation.
    session.refresh(territory, with_for_update={"key_share": True, "of": type(territory)})
    kind = queries.OF_TERRITORY[type(territory)]
    if known := queries.administrations(session, [territory.code]):
        return known[territory.code]
    french, arabic = names_of_territory(territory)
    organisation = Organisation(kind=kind, name_fr=french, name_ar=arabic, created_by_id=user.id)
    _place(organisation, territory)
    session.add(organisation)
    session.flush()
    return organisation


def _place(organisation: Organisation, territory: Territory) -> None:
    organisation.region_code = territory.code[:2]
    if isinstance(territory, Province):
        organisation.province_code = territory.code
    elif isinstance(territory, Commune):
        organisation.province_code = territory.province_code
        organisation.commune_code = territory.code


def declare(
    session: Session,
    user: User,
    *,
    kind: OrganisationKind,
    name_fr: str,
    name_ar: str,
    where: Where,
    about: str = "",
) -> Organisation:
    """An organisation that nobody had named yet; it waits for a moderator with the person who speaks for it."""
    organisation = Organisation(
        kind=kind,
        name_fr=name_fr,
        name_ar=name_ar,
        about=about,
        country=where.country,
        town=where.town,
        created_by_id=user.id,
    )
    if where.commune is not None:
        _place(organisation, where.commune)
    session.add(organisation)
    session.flush()
    journal.record(session, user.id, Subject.ORGANISATION, organisation.id, "declare")
    return organisation


def ask_to_speak(session: Session, user: User, organisation: Organisation, function: str) -> Membership:
    """Once: asking again while it waits, or once verified, gives the same membership back."""
    session.refresh(organisation, with_for_update={"of": Organisation})
    if live := queries.live_membership(session, user, organisation):
        return live
    organisation.refused_at = None
    membership = Membership(organisation_id=organisation.id, user_id=user.id, function=function)
    session.add(membership)
    session.flush()
    _record(session, user, membership, "ask", None)
    return membership


def add(session: Session, moderator: User, organisation: Organisation, person: User, function: str) -> Membership:
    """A moderator in scope says who speaks for an organisation: verified at once. Raises Forbidden."""
    if not rules.looks_after(moderator, organisation):
        raise Forbidden
    membership = ask_to_speak(session, person, organisation, function)
    if membership.state is MembershipState.WAITING:
        _verify(session, moderator, membership)
    return membership


def verify(session: Session, moderator: User, membership: Membership) -> Entry:
    """The person, and their organisation if it is the first time. Raises Forbidden, AlreadyDecided."""
    _must_judge(moderator, membership)
    return _verify(session, moderator, membership)


def _verify(session: Session, moderator: User, membership: Membership) -> Entry:
    organisation = membership.organisation
    first = organisation.verified_at is None
    if first:
        organisation.verified_at, organisation.verified_by_id = now(), moderator.id
    entry = _decide(session, moderator, membership, MembershipState.VERIFIED, "verify", organisation_too=first)
    _tell(session, moderator, membership, MembershipVerified, entry)
    return entry


def refuse(session: Session, moderator: User, membership: Membership, reason: str) -> Entry:
    """The person, and an organisation that nobody else speaks for. Raises Forbidden, AlreadyDecided."""
    _must_judge(moderator, membership)
    organisation = membership.organisation
    alone = session.exec(
        select(Membership.id).where(
            Membership.organisation_id == organisation.id,
            Membership.id != membership.id,
            col(Membership.state).in_(LIVE),
        )
    ).first()
    # A commune exists whoever claims to speak for it.
    too = organisation.verified_at is None and alone is None and organisation.kind not in queries.OF_TERRITORY.values()
    if too:
        organisation.refused_at = now()
    entry = _decide(
        session, moderator, membership, MembershipState.REFUSED, "refuse", note=reason, organisation_too=too
    )
    _tell(session, moderator, membership, MembershipRefused, entry, reason)
    return entry


def _must_judge(moderator: User, membership: Membership) -> None:
    if membership.state is not MembershipState.WAITING:
        raise AlreadyDecided
    if not rules.can_judge(moderator, membership):
        raise Forbidden


def end(session: Session, actor: User, membership: Membership) -> Entry:
    """Somebody else no longer speaks for the organisation. Raises Forbidden."""
    if not rules.can_end(actor, membership, queries.verified_organisation_ids(session, actor)):
        raise Forbidden
    entry = _decide(session, actor, membership, MembershipState.ENDED, "end")
    _tell(session, actor, membership, MembershipEnded, entry)
    return entry


def leave(session: Session, user: User, membership: Membership) -> Entry:
    """One's own, also while it waits. Raises Forbidden."""
    if not rules.can_leave(user, membership):
        raise Forbidden
    return _decide(session, user, membership, MembershipState.ENDED, "leave")


def undo(session: Session, actor: User, membership: Membership, entry: Entry) -> None:
    """Take back one's own last decision, with its message. Raises TooLateToUndo."""
    if entry.subject_id != membership.id or entry.verb not in ("verify", "refuse", "end", "leave"):
        raise TooLateToUndo
    before = MembershipState(entry.from_state or "")
    organisation = membership.organisation
    if before in LIVE and membership.state not in LIVE:
        again = queries.live_membership(session, membership.user, organisation)
        if again is not None:  # they asked again meanwhile
            raise TooLateToUndo
    journal.take_back(session, actor.id, entry)
    notifications.cancel(session, entry)
    membership.state = before
    decided_at = entry.data["decided_at"]
    membership.decided_at = datetime.fromisoformat(decided_at) if decided_at else None
    membership.decided_by_id = entry.data["decided_by_id"]
    _follow_clock(session, membership)
    if not entry.data["organisation_too"]:
        return
    if entry.verb == "verify" and not queries.members_of(session, organisation):
        organisation.verified_at = organisation.verified_by_id = None
    elif entry.verb == "refuse":
        organisation.refused_at = None


def _decide(
    session: Session,
    actor: User,
    membership: Membership,
    to: MembershipState,
    verb: str,
    *,
    note: str = "",
    organisation_too: bool = False,
) -> Entry:
    before = membership.state
    data = {
        "decided_at": membership.decided_at.isoformat() if membership.decided_at else None,
        "decided_by_id": membership.decided_by_id,
        "organisation_too": organisation_too,
    }
    membership.state, membership.decided_at, membership.decided_by_id = to, now(), actor.id
    session.add(membership)
    session.flush()
    return _record(session, actor, membership, verb, before, note, **data)


def _record(
    session: Session,
    actor: User,
    membership: Membership,
    verb: str,
    before: MembershipState | None,
    note: str = "",
    **data: object,
) -> Entry:
    _follow_clock(session, membership)
    return journal.record(
        session,
        actor.id,
        Subject.MEMBERSHIP,
        membership.id,
        verb,
        moved=(before.value if before else None, membership.state.value),
        note=note,
        **data,
    )


def _follow_clock(session: Session, membership: Membership) -> None:
    """Whoever is waited for now, and until when."""
    deadlines.follow(session, Subject.MEMBERSHIP, membership.id, rules.step_of(membership), membership.asked_at)


def _tell(
    session: Session,
    actor: User,
    membership: Membership,
    notice: type[AboutMembership],
    entry: Entry,
    words: str = "",
) -> None:
    person = membership.user
    if actor.id == person.id:
        return
    with speaking(person.locale):
        name = label(membership.organisation)
    told = notice(organisation_id=membership.organisation_id, organisation=name, name=person.name, words=words)
    notifications.queue(session, person, told, entry=entry, after=journal.UNDO_WITHIN)
