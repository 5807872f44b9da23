from datetime import timedelta
from uuid import UUID

from sqlalchemy import update
from sqlmodel import Session, col, select

from app.accounts import charter, messages
from app.accounts.contact import Contact, parse_email, parse_phone
from app.accounts.models import (
    AccessLink,
    AccountSession,
    CharterAcceptance,
    LinkPurpose,
    PendingSubmission,
    User,
)
from app.accounts.passwords import check_password, hash_password
from app.kernel import tokens
from app.kernel.database import now
from app.kernel.errors import Invalid, Refusal
from app.kernel.i18n import N_
from app.notifications.actions import queue, readdress

LIFETIMES = {
    LinkPurpose.CONFIRM: timedelta(days=2),
    LinkPurpose.CHANGE_EMAIL: timedelta(days=2),
    LinkPurpose.SIGN_IN: timedelta(hours=2),
    LinkPurpose.RESET: timedelta(hours=2),
    LinkPurpose.LEAVE: timedelta(hours=2),
}
_NOTICES = {
    LinkPurpose.CONFIRM: messages.ConfirmAddress,
    LinkPurpose.CHANGE_EMAIL: messages.ChangeAddress,
    LinkPurpose.SIGN_IN: messages.SignInLink,
    LinkPurpose.RESET: messages.ResetLink,
    LinkPurpose.LEAVE: messages.LeaveLink,
}


class LinkUsedUp(Refusal):
    message = N_("Ce lien a déjà servi, ou il est trop ancien. Demandez-en un autre : cela prend une minute.")


def sign_up(
    session: Session, name: str, contact: Contact, password: str | None, locale: str, then: str = ""
) -> User | None:
    """Open an account. With a telephone the person is signed in (the user comes back); with an e-mail a link leaves.

    An e-mail that already has an account gets a link to sign in, and the answer is the same: nobody learns who is here.
    Raises Invalid (`password`, `contact`).
    """
    if contact.phone:
        if password is None:
            raise Invalid(N_("Avec un téléphone, choisissez un mot de passe : il vous servira à revenir."), "password")
        if session.exec(select(User).where(User.phone == contact.phone)).first():
            raise Invalid(N_("Ce numéro a déjà un compte : connectez-vous avec son mot de passe."), "contact")
        user = User(name=name, phone=contact.phone, password_hash=hash_password(password), locale=locale)
        welcome(session, user)
        return user
    known = session.exec(select(User).where(User.email == contact.email)).first()
    if known is not None:
        if known.closed_at is None:
            send_link(session, known, LinkPurpose.SIGN_IN, then)
        return None
    # No password yet: it would be chosen by whoever typed the address, who may not be its owner.
    user = User(name=name, email=contact.email, locale=locale)
    welcome(session, user)
    send_link(session, user, LinkPurpose.CONFIRM, then)
    return None


def welcome(session: Session, user: User) -> None:
    """Keep a new account, with its acceptance of today's charter."""
    session.add(user)
    session.flush()
    session.add(CharterAcceptance(user_id=user.id, version=charter.VERSION, locale=user.locale))


def send_link(
    session: Session, user: User, purpose: LinkPurpose, then: str = "", email: str | None = None
) -> AccessLink:
    """Queue an e-mail with a link that serves once; `email` when it goes to an address that is not yet theirs."""
    address = email or user.email
    if address is None:
        raise ValueError("a link needs an e-mail")
    code = tokens.fresh_code()
    link = AccessLink(
        digest=tokens.digest(code),
        user_id=user.id,
        purpose=purpose,
        email=address,
        then=then,
        expires_at=now() + LIFETIMES[purpose],
    )
    session.add(link)
    queue(session, user, _NOTICES[purpose](name=user.name, code=code), address=address)
    return link


def ask_for_link(session: Session, email: str, purpose: LinkPurpose, then: str = "") -> None:
    """Send a link if the address has an account; silent otherwise."""
    user = session.exec(select(User).where(User.email == email, col(User.closed_at).is_(None))).first()
    if user is not None:
        send_link(session, user, purpose if user.email_confirmed_at else LinkPurpose.CONFIRM, then)


def purpose_of(session: Session, code: str) -> LinkPurpose | None:
    """What a link is for, before anybody presses it."""
    link = session.get(AccessLink, tokens.digest(code))
    return link.purpose if link else None


def use_link(session: Session, code: str) -> tuple[User, AccessLink]:
    """What the person behind a link may now do: they own its address. Raises LinkUsedUp."""
    link = session.exec(
        select(AccessLink).where(AccessLink.digest == tokens.digest(code)).with_for_update()
    ).one_or_none()
    if link is None or link.used_at or link.expires_at < now():
        raise LinkUsedUp
    user = session.get(User, link.user_id)
    if user is None or user.closed_at:
        raise LinkUsedUp
    if link.purpose is LinkPurpose.CHANGE_EMAIL:
        _change_email(session, user, link.email)
    elif user.email != link.email:
        raise LinkUsedUp
    if link.purpose is LinkPurpose.RESET:
        # Forgotten, or known to somebody else: it opens nothing any more, and whoever came in with it is out.
        user.password_hash = None
        sign_out_everywhere(session, user)
    link.used_at = now()
    user.email_confirmed_at = user.email_confirmed_at or now()
    return user, link


def _change_email(session: Session, user: User, email: str) -> None:
    taken = session.exec(select(User.id).where(User.email == email, User.id != user.id)).first()
    if taken:
        raise LinkUsedUp
    if user.email:
        queue(session, user, messages.AddressChanged(name=user.name), address=user.email)
    user.email = email
    user.email_confirmed_at = now()
    readdress(session, user.id, email)


def check_sign_in(session: Session, contact: Contact, password: str) -> User:
    """The account of that name and password. Raises Invalid, in one sentence whatever was wrong."""
    where = User.email == contact.email if contact.email else User.phone == contact.phone
    user = session.exec(select(User).where(where, col(User.closed_at).is_(None))).first()
    usable = user is not None and (contact.phone is not None or user.email_confirmed_at is not None)
    if not check_password(password, user.password_hash if user and usable else None) or user is None:
        raise Invalid(N_("L’adresse, le numéro ou le mot de passe n’est pas le bon."), "password")
    return user


def rename(user: User, name: str, locale: str) -> None:
    user.name = name
    user.locale = locale


def ask_to_change_email(session: Session, user: User, email: str, current: str | None) -> None:
    """A link leaves to the new address; nothing changes until it is used. Raises Invalid (`email`, `current`)."""
    address = parse_email(email)
    prove(user, current)
    if address == user.email:
        raise Invalid(N_("C’est déjà votre adresse."), "email")
    # An address that belongs to another account gets no mail, and the answer is the same: nobody learns who is here.
    if session.exec(select(User.id).where(User.email == address)).first() is None:
        send_link(session, user, LinkPurpose.CHANGE_EMAIL, email=address)


def change_phone(session: Session, user: User, phone: str | None) -> None:
    """Raises Invalid (`phone`) when the number is not one, is another account's, or is the only way in."""
    if phone is None:
        if user.email is None:
            raise Invalid(N_("Ce numéro est votre seul moyen d’entrer : ajoutez d’abord une adresse e-mail."), "phone")
        user.phone = None
        return
    number = parse_phone(phone)
    if session.exec(select(User.id).where(User.phone == number, User.id != user.id)).first():
        raise Invalid(N_("Ce numéro a déjà un compte."), "phone")
    user.phone = number


def change_password(session: Session, user: User, current: str | None, password: str, keep: UUID | None) -> None:
    """Other devices are signed out (`keep` names the one in hand). Raises Invalid (`current`, `password`)."""
    prove(user, current)
    user.password_hash = hash_password(password)
    sign_out_everywhere(session, user, except_for=keep)


def prove(user: User, current: str | None) -> None:
    """Somebody else may be holding the phone: what opens the account asks for its password, if it has one."""
    if user.password_hash and not check_password(current or "", user.password_hash):
        raise Invalid(N_("Ce n’est pas le mot de passe de ce compte."), "current")


def end_session(session: Session, identity: UUID, user: User | None = None) -> None:
    """Sign one device out; `user` when it must be one of theirs."""
    statement = update(AccountSession).where(col(AccountSession.id) == identity, col(AccountSession.ended_at).is_(None))
    if user is not None:
        statement = statement.where(col(AccountSession.user_id) == user.id)
    session.execute(statement.values(ended_at=now()))


def sign_out_everywhere(session: Session, user: User, except_for: UUID | None = None) -> None:
    """End every session at once; `except_for` keeps the device in hand."""
    statement = update(AccountSession).where(
        col(AccountSession.user_id) == user.id, col(AccountSession.ended_at).is_(None)
    )
    if except_for is not None:
        statement = statement.where(col(AccountSession.id) != except_for)
    session.execute(statement.values(ended_at=now()))


def keep_submission(session: Session, path: str, fields: list[tuple[str, str]]) -> str:
    """Keep what somebody sent without being signed in; the code returned goes into their cookie."""
    code = tokens.fresh_code()
    session.add(PendingSubmission(digest=tokens.digest(code), path=path, fields=[list(pair) for pair in fields]))
    return code


def kept_submission(session: Session, code: str) -> PendingSubmission | None:
    return session.get(PendingSubmission, tokens.digest(code)) if code else None
