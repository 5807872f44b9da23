"""What a card of the desk says: all that judging needs, and what this person may answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import selectinload
from sqlmodel import Session, col, select

from app.accounts.contact import shown_phone
from app.accounts.models import Role, User
from app.assistance.models import AssistanceRequest
from app.contributions import rules as contributions
from app.contributions.cards import ContributionCard, titles_of
from app.contributions.cards import card as contribution_card
from app.contributions.models import Contribution
from app.contributions.reasons import Why, concepts_of, say
from app.contributions.rules import Ties, Verb
from app.kernel.database import related
from app.kernel.i18n import gettext as _
from app.moderation.queries import Item
from app.moderation.reports import DECISIONS, ReportedPost, may_decide
from app.news import rules as news
from app.news.models import NewsItem
from app.organisations import rules as organisations
from app.organisations.models import Membership
from app.organisations.queries import member_names
from app.organisations.wording import KINDS
from app.profiles.cards import Card as ProfileCard
from app.profiles.cards import card as profile_card
from app.profiles.queries import theme_labels
from app.profiles.rules import Level
from app.projects import rules as projects
from app.projects.queries import Waiting
from app.projects.rules import Standing
from app.reminders.queries import LeftWaiting
from app.taxonomy.naming import Named

PROJECT_DECISIONS = ("publish", "ask", "help", "return")
CONTRIBUTION_DECISIONS = (Verb.APPROVE, Verb.REFUSE)


@dataclass(frozen=True)
class Card:
    item: Item
    verbs: Sequence[str]
    """What this person may answer; a coordinator may have none, and reminds those who may."""
    expected: Sequence[str]
    """The names of those moderators, where this person has no verb."""


@dataclass(frozen=True)
class OrganisationCard(Card):
    kind: str
    members: Sequence[str]
    """Who speaks for it already."""
    contact: str


@dataclass(frozen=True)
class MatchCard(Card):
    summary: ContributionCard
    person: ProfileCard | None
    """None once they hid their profile."""
    why: Why


@dataclass(frozen=True)
class CallCard(Card):
    phone: str


def cards(session: Session, user: User, items: Sequence[Item]) -> list[Card]:
    """In the order of the items; what all cards of a kind need is read once."""
    memberships = [item.row for item in items if isinstance(item.row, Membership)]
    matches = [item.row for item in items if isinstance(item.row, Contribution)]
    reading = _Reading(
        members=member_names(session, {row.organisation_id for row in memberships}),
        titles=titles_of(session, matches) if matches else {},
        themes=theme_labels(session) if matches else {},
        concepts=concepts_of(session, [row.reasons for row in matches]) if matches else {},
    )
    verbs = [_verbs(user, item) for item in items]
    moderators = [] if all(verbs) else _moderators(session)
    return [
        _card(user, item, may, [] if may else _expected(moderators, item), reading)
        for item, may in zip(items, verbs, strict=True)
    ]


@dataclass(frozen=True)
class _Reading:
    members: Mapping[int, Sequence[str]]
    titles: Mapping[int, str]
    themes: Mapping[str, str]
    concepts: Mapping[str, Named]


def _verbs(user: User, item: Item) -> list[str]:
    match item.row:
        case Membership() as membership:
            return ["verify", "refuse"] if organisations.can_judge(user, membership) else []
        case Waiting(project=project):
            return [verb for verb in projects.open_moves(Standing(user), project) if verb in PROJECT_DECISIONS]
        case Contribution() as contribution:
            return [
                verb for verb in contributions.open_verbs(Ties(user), contribution) if verb in CONTRIBUTION_DECISIONS
            ]
        case NewsItem() as story:
            return news.open_moves(user, story)
        case ReportedPost() as reported:
            return list(DECISIONS) if may_decide(user, reported) else []
        case AssistanceRequest():
            return ["finish"]
        case LeftWaiting():
            return ["more_time", "close"]


def _card(user: User, item: Item, verbs: Sequence[str], expected: Sequence[str], reading: _Reading) -> Card:
    row = item.row
    if isinstance(row, Membership):
        kind, members = _(KINDS[row.organisation.kind]), reading.members.get(row.organisation_id, ())
        phone = shown_phone(row.user.phone) if row.user.phone else ""
        return OrganisationCard(item, verbs, expected, kind, members, row.user.email or phone)
    if isinstance(row, Contribution):
        ties = Ties(user)
        level = contributions.level(ties, row)
        return MatchCard(
            item,
            verbs,
            expected,
            summary=contribution_card(ties, row, reading.titles),
            person=None if level is Level.NOTHING else profile_card(row.profile, level, reading.themes),
            why=say(row.reasons, reading.concepts, level, row.profile.owner.name, row.profile.name),
        )
    if isinstance(row, AssistanceRequest):
        return CallCard(item, verbs, expected, shown_phone(row.phone) if row.phone else "")
    return Card(item, verbs, expected)


def _moderators(session: Session) -> Sequence[User]:
    return session.exec(
        select(User)
        .where(User.role == Role.MODERATOR, col(User.closed_at).is_(None))
        .options(selectinload(related(User.scopes)), selectinload(related(User.grants)))
        .order_by(col(User.id))
    ).all()


def _expected(moderators: Sequence[User], item: Item) -> list[str]:
    """Those of the region or of the country; those of everything only where there is nobody nearer."""
    able = [one for one in moderators if _verbs(one, item)]
    near = [one for one in able if not any(scope.is_everything for scope in one.scopes)]
    return [one.name for one in near or able]
