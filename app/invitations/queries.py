from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, func, select

from app.invitations.models import Invitation, InvitationRound
from app.kernel import tokens
from app.kernel.database import now, related
from app.kernel.errors import NotFound
from app.organisations.models import Organisation


@dataclass(frozen=True)
class Counts:
    given: int
    joined: int


def counts(session: Session, organisation: Organisation) -> Counts:
    """All that an association is told of those whom it invited."""
    given, joined = session.execute(
        select(
            func.coalesce(func.sum(InvitationRound.given), 0), func.coalesce(func.sum(InvitationRound.joined), 0)
        ).where(InvitationRound.organisation_id == organisation.id)
    ).one()
    return Counts(int(given), int(joined))


def given_today(session: Session, organisation: Organisation) -> int:
    """In the last twenty-four hours."""
    return int(
        session.exec(
            select(func.coalesce(func.sum(InvitationRound.given), 0)).where(
                InvitationRound.organisation_id == organisation.id,
                col(InvitationRound.created_at) > now() - timedelta(days=1),
            )
        ).one()
    )


def invitation_of(session: Session, code: str) -> Invitation:
    """By the code of its link, held until the end of the request. Raises NotFound, also once it was answered."""
    invitation = session.exec(
        select(Invitation)
        .where(Invitation.code_digest == tokens.digest(code))
        .options(
            joinedload(related(Invitation.round)).joinedload(related(InvitationRound.organisation)),
            joinedload(related(Invitation.round)).joinedload(related(InvitationRound.invited_by)),
        )
        .with_for_update(of=Invitation)
    ).one_or_none()
    if invitation is None:
        raise NotFound
    return invitation
