from collections.abc import Sequence

from sqlalchemy import column, delete
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, select

from app.accounts.actions import welcome
from app.accounts.models import User
from app.invitations import messages, queries
from app.invitations.models import AskedAddress, Invitation, InvitationRound
from app.invitations.rules import A_DAY, KEPT
from app.journal.actions import UNDO_WITHIN, record, take_back
from app.journal.models import Entry, Subject
from app.kernel import tokens
from app.kernel.database import now
from app.kernel.errors import Invalid, Refusal
from app.kernel.i18n import N_, label, speaking
from app.notifications.actions import queue_outside
from app.notifications.models import Message, MessageState
from app.organisations.models import Organisation


class AlreadyHere(Refusal):
    message = N_("Cette adresse a déjà un compte : connectez-vous, par un lien ou votre mot de passe.")


def invite(
    session: Session, user: User, organisation: Organisation, addresses: Sequence[str], locale: str, secret: str
) -> Entry:
    """One e-mail to each that never had one and has no account; which ones is said to nobody.

    They leave once it can no longer be undone. Raises Invalid (`addresses`).
    """
    if queries.given_today(session, organisation) + len(addresses) > A_DAY:
        raise Invalid(N_("Cela fait trop d’adresses pour un jour : continuez demain."), "addresses")
    turn = InvitationRound(organisation_id=organisation.id, invited_by_id=user.id, given=len(addresses))
    session.add(turn)
    session.flush()
    kind, number = Subject.ORGANISATION, organisation.id
    entry = record(session, user.id, kind, number, "invite_outside", round=turn.id, given=turn.given)
    here = set(session.exec(select(User.email).where(col(User.email).in_(addresses))))
    digests = {tokens.keyed_digest(address, secret): address for address in addresses if address not in here}
    for digest in _never_asked(session, list(digests)):
        _ask(session, turn, entry, digests[digest], locale)
    return entry


def _never_asked(session: Session, digests: list[str]) -> Sequence[str]:
    """Marks them as asked from now on: of two who give one address at once, one asks."""
    if not digests:
        return []
    statement = insert(AskedAddress).values([{"digest": digest} for digest in digests])
    return session.execute(statement.on_conflict_do_nothing().returning(column("digest"))).scalars().all()


def _ask(session: Session, turn: InvitationRound, entry: Entry, address: str, locale: str) -> None:
    code = tokens.fresh_code()
    with speaking(locale):
        organisation = label(turn.organisation)
    notice = messages.Invited(organisation=organisation, person=turn.invited_by.name, code=code)
    stop = f"/invitations/{code}/refuse"
    message = queue_outside(session, address, locale, notice, stop=stop, entry=entry, after=UNDO_WITHIN)
    session.flush()
    digest = tokens.digest(code)
    session.add(Invitation(round_id=turn.id, address=address, code_digest=digest, message_id=message.id))


def undo(session: Session, user: User, entry: Entry, secret: str) -> None:
    """None has left yet: nobody was asked. Raises TooLateToUndo."""
    take_back(session, user.id, entry)
    turn = session.get_one(InvitationRound, entry.data["round"])
    for invitation in session.exec(select(Invitation).where(Invitation.round_id == turn.id)).all():
        message = session.get_one(Message, invitation.message_id)
        if message.state is MessageState.QUEUED:
            session.execute(
                delete(AskedAddress).where(col(AskedAddress.digest) == tokens.keyed_digest(invitation.address, secret))
            )
            _forget(session, invitation)
    turn.given = 0


def join(session: Session, invitation: Invitation, name: str, locale: str) -> User:
    """Open the account of whoever followed the link: it came to their address. Raises AlreadyHere."""
    if session.exec(select(User.id).where(User.email == invitation.address)).first():
        raise AlreadyHere
    user = User(name=name, email=invitation.address, email_confirmed_at=now(), locale=locale)
    welcome(session, user)
    invitation.round.joined += 1
    _forget(session, invitation)
    return user


def refuse(session: Session, code: str) -> None:
    """For ever; a second time, or after a month, there is nothing left to refuse."""
    found = session.exec(select(Invitation).where(Invitation.code_digest == tokens.digest(code)).with_for_update())
    if (invitation := found.one_or_none()) is not None:
        _forget(session, invitation)


def forget_old(session: Session) -> int:
    """Nothing followed in thirty days: only the digest stays. Returns how many were forgotten."""
    old = session.exec(
        select(Invitation).where(col(Invitation.created_at) < now() - KEPT).with_for_update(skip_locked=True).limit(500)
    ).all()
    here = set(session.exec(select(User.email).where(col(User.email).in_([one.address for one in old]))))
    for invitation in old:
        if invitation.address in here:  # they came by another way
            invitation.round.joined += 1
        _forget(session, invitation)
    return len(old)


def _forget(session: Session, invitation: Invitation) -> None:
    session.delete(invitation)
    session.flush()
    session.execute(delete(Message).where(col(Message.id) == invitation.message_id))
