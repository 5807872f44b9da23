"""Accounts: most sign up by themselves and confirm their address; some are enrolled; the team receives its rights."""

from functools import partial

from sqlmodel import col, select

from app.accounts import actions as accounts
from app.accounts import rights
from app.accounts.contact import parse_contact
from app.accounts.models import Role, User
from app.accounts.passwords import hash_password
from app.demonstration.content import Person
from app.demonstration.story import Story, Turn
from app.notifications.models import Message

PASSWORD = "twiza-demo-2026"  # noqa: S105  said aloud at every start
"""Of every account of the demonstration."""


def plan(story: Story, people: list[Person]) -> None:
    hashed = hash_password(PASSWORD)
    for person in people:
        story.plan(person.joined_days_ago, Turn.ACCOUNT, partial(_join, story, person, hashed))
        if person.role is Role.MODERATOR or person.grants:
            story.plan(person.joined_days_ago, Turn.RIGHTS, partial(_empower, story, person))


def _join(story: Story, person: Person, hashed: str) -> None:
    story.users[person.key] = user = _account(story, person)
    user.password_hash = hashed


def _account(story: Story, person: Person) -> User:
    session, name, locale = story.session, person.name, person.language
    contact = parse_contact(person.email or person.phone or "")
    password = PASSWORD if contact.phone else None
    if person.role is Role.ADMINISTRATOR:
        return rights.make_administrator(session, name, contact.email or "", PASSWORD, locale)
    if person.enrolled_by:
        ambassador = story.users[person.enrolled_by]
        user: User | None = rights.enrol(session, ambassador, name, contact, password, locale, person.consent)
    else:
        user = accounts.sign_up(session, name, contact, password, locale)
    if contact.email:
        user = _confirm(story, contact.email)
        if person.phone:
            accounts.change_phone(session, user, person.phone)
    if user is None:
        raise ValueError(f"{person.key} has no account")
    return user


def _confirm(story: Story, email: str) -> User:
    """By the link that was sent, as its reader would."""
    story.session.flush()
    link = story.session.exec(
        select(Message.link).where(Message.address == email).order_by(col(Message.id).desc())
    ).first()
    user, _used = accounts.use_link(story.session, (link or "").rpartition("/")[2])
    return user


def _empower(story: Story, person: Person) -> None:
    scopes: list[tuple[str | None, str | None]] = [(region, None) for region in person.moderates_regions]
    scopes += [(None, country) for country in person.moderates_countries]
    administrator = next(user for user in story.users.values() if user.is_administrator)
    rights.set_rights(story.session, administrator, story.users[person.key], person.role, scopes, list(person.grants))
