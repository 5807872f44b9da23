"""Accounts that others open or empower: enrolling somebody who does not write, roles, scopes and grants."""

from sqlalchemy import delete
from sqlmodel import Session, col, select

from app.accounts import charter
from app.accounts.actions import send_link, welcome
from app.accounts.contact import Contact
from app.accounts.models import CharterAcceptance, Grant, GrantKind, LinkPurpose, ModeratorScope, Role, User
from app.accounts.passwords import hash_password
from app.accounts.rules import can_enrol, can_manage_accounts
from app.journal.actions import record
from app.journal.models import Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid
from app.kernel.i18n import N_


def make_administrator(session: Session, name: str, email: str, password: str, locale: str) -> User:
    """From the command line only: whoever can run it holds the server. Raises Invalid (`password`)."""
    user = session.exec(select(User).where(User.email == email)).first()
    if user is None:
        user = User(name=name, email=email, locale=locale)
        welcome(session, user)
    user.role = Role.ADMINISTRATOR
    user.password_hash = hash_password(password)
    user.email_confirmed_at = user.email_confirmed_at or now()
    return user


def enrol(
    session: Session, ambassador: User, name: str, contact: Contact, password: str | None, locale: str, consent: str
) -> User:
    """Open an account for somebody who does not write, with how they agreed. Raises Forbidden, Invalid."""
    if not can_enrol(ambassador):
        raise Forbidden
    where = User.email == contact.email if contact.email else User.phone == contact.phone
    if session.exec(select(User.id).where(where)).first():
        raise Invalid(N_("Cette personne a déjà un compte."), "contact")
    if contact.phone and password is None:
        raise Invalid(N_("Avec un téléphone, choisissez ensemble un mot de passe : il servira à revenir."), "password")
    user = User(
        name=name,
        email=contact.email,
        phone=contact.phone,
        password_hash=hash_password(password) if contact.phone and password else None,
        locale=locale,
        enrolled_by_id=ambassador.id,
    )
    session.add(user)
    session.flush()
    session.add(
        CharterAcceptance(
            user_id=user.id, version=charter.VERSION, locale=locale, witness_id=ambassador.id, consent=consent
        )
    )
    record(session, ambassador.id, Subject.USER, user.id, "enrol", note=consent)
    if contact.email:
        send_link(session, user, LinkPurpose.CONFIRM)
    return user


def set_rights(
    session: Session,
    administrator: User,
    user: User,
    role: Role,
    scopes: list[tuple[str | None, str | None]],
    grants: list[GrantKind],
) -> None:
    """Role, scopes as (region, country) pairs with (None, None) for everything, and grants, all at once.

    Raises Forbidden, and Invalid (`role`) when the last administrator would go.
    """
    if not can_manage_accounts(administrator):
        raise Forbidden
    if user.role is Role.ADMINISTRATOR and role is not Role.ADMINISTRATOR:
        others = select(User.id).where(
            User.role == Role.ADMINISTRATOR, User.id != user.id, col(User.closed_at).is_(None)
        )
        if session.exec(others).first() is None:
            raise Invalid(N_("Il faut au moins un administrateur."), "role")
    before = user.role.value
    user.role = role
    session.execute(delete(ModeratorScope).where(col(ModeratorScope.user_id) == user.id))
    session.execute(delete(Grant).where(col(Grant.user_id) == user.id))
    session.expire(user, ["scopes", "grants"])
    if role is Role.MODERATOR:
        session.add_all(ModeratorScope(user_id=user.id, region_code=r, country=c) for r, c in scopes)
    session.add_all(Grant(user_id=user.id, kind=kind) for kind in grants)
    record(
        session,
        administrator.id,
        Subject.USER,
        user.id,
        "set_rights",
        moved=(before, role.value),
        grants=sorted(kind.value for kind in grants),
        scopes=[list(scope) for scope in scopes],
    )
