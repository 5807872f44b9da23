"""What came of relays, found by the worker beside the requests: offers know nothing of who passed the word on."""

from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.contributions.models import Contribution, State
from app.contributions.wording import RELAYED
from app.journal import actions as journal
from app.journal.models import Subject
from app.kernel.database import now, related
from app.notifications import actions as notifications
from app.profiles.models import Profile
from app.projects.models import Moderation, Need, NeedState, Project
from app.relays import actions, messages
from app.relays.models import Relay, RelayCredit, RelayState


def credit_offers(session: Session, limit: int) -> int:
    """Offers that came by a link that was open are credited to it; nobody is credited with their own."""
    credited = select(RelayCredit.contribution_id).where(col(RelayCredit.contribution_id) == Contribution.id).exists()
    due = session.exec(
        select(Contribution, Relay)
        .join(Relay, col(Relay.code) == Contribution.relay_code)
        .join(Profile, col(Profile.id) == Contribution.profile_id)
        .where(
            col(Contribution.relay_code).is_not(None),
            ~credited,
            Relay.state == RelayState.OPEN,
            Relay.user_id != Profile.owner_id,
        )
        .order_by(col(Contribution.id))
        .limit(limit)
        .with_for_update(of=Contribution, skip_locked=True)
    ).all()
    for contribution, relay in due:
        session.add(RelayCredit(contribution_id=contribution.id, relay_id=relay.id))
        by = relay.user_id if relay.is_named else None
        journal.record(session, by, Subject.CONTRIBUTION, contribution.id, RELAYED, relay=relay.id)
        entry = journal.record(session, None, Subject.RELAY, relay.id, "credit", contribution=contribution.id)
        if relay.user.closed_at is None:
            notifications.queue(session, relay.user, messages.LedToOffer(relay, _name(contribution)), entry=entry)
    session.flush()
    return len(due)


def tell_agreements(session: Session, limit: int) -> int:
    """Whoever relayed learns that both sides agreed."""
    due = session.exec(
        select(RelayCredit)
        .join(Contribution, col(Contribution.id) == RelayCredit.contribution_id)
        .where(col(RelayCredit.agreement_told_at).is_(None), Contribution.state == State.ACCEPTED)
        .order_by(col(RelayCredit.contribution_id))
        .limit(limit)
        .with_for_update(of=RelayCredit, skip_locked=True)
    ).all()
    for credit in due:
        credit.agreement_told_at = now()
        if credit.relay.user.closed_at is None:
            notice = messages.LedToAgreement(credit.relay, _name(credit.contribution))
            notifications.queue(session, credit.relay.user, notice)
    session.flush()
    return len(due)


def withdraw_moot(session: Session, limit: int) -> int:
    """Nobody is asked to relay what is no longer looked for."""
    due = session.exec(
        select(Relay)
        .join(Need, col(Need.id) == Relay.need_id)
        .join(Project, col(Project.id) == Need.project_id)
        .where(Relay.state == RelayState.ASKED)
        .where((col(Need.state) != NeedState.OPEN) | (col(Project.moderation) != Moderation.PUBLISHED))
        .order_by(col(Relay.id))
        .limit(limit)
        .with_for_update(of=Relay, skip_locked=True)
        .options(joinedload(related(Relay.user), innerjoin=True))
    ).all()
    for relay in due:
        actions.withdraw(session, None, relay)
    session.flush()
    return len(due)


STEPS = (credit_offers, tell_agreements, withdraw_moot)


def _name(contribution: Contribution) -> str:
    """Of whoever offered, only if they let it be told."""
    return contribution.profile.owner.name if contribution.relayer_told else ""
