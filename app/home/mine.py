"""What somebody finds on their own page: only what is theirs, what waits for them first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import tuple_
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import queries as contributions
from app.contributions import sides, suggestions
from app.contributions.cards import ContributionCard, card, titles_of
from app.contributions.rules import Ties
from app.contributions.suggestions import SuggestedNeed
from app.home.showing import ShownNeed, shown_needs
from app.kernel import pagination
from app.kernel.i18n import current_locale
from app.kernel.pagination import Page
from app.profiles.cards import Card
from app.profiles.cards import card as profile_card
from app.profiles.models import Profile, ProfileKind
from app.profiles.queries import shared_profiles, theme_labels
from app.profiles.rules import Level
from app.projects import rules, translating
from app.projects.models import Moderation, Project
from app.projects.queries import threads, with_place
from app.projects.rules import NextStep, Standing
from app.projects.suggesting import queries as suggesting
from app.projects.suggesting.showing import Listed, listed

FEW = 4
PAGE = 12
SUGGESTED = 3

WAITS_FOR_ITS_AUTHOR = (Moderation.QUESTION, Moderation.RETURNED, Moderation.HELPING)


@dataclass(frozen=True)
class MyProject:
    """A project of one's own, with who acts next and, where a moderator asked something, their words."""

    project: Project
    title: str
    title_language: str
    next: NextStep
    words: str = ""


def waiting_projects(session: Session, ties: Ties) -> list[MyProject]:
    """Those about which a moderator said something, the oldest first."""
    rows = session.exec(
        with_place(select(Project).where(contributions.of_team(ties)))
        .where(col(Project.moderation).in_(WAITS_FOR_ITS_AUTHOR))
        .order_by(col(Project.moderation_since), col(Project.id))
    ).all()
    said = threads(session, [project.id for project in rows]) if rows else {}
    words = {number: spoken[-1].words for number, spoken in said.items() if spoken}
    return _mine(session, ties, rows, words)


def other_projects(session: Session, ties: Ties, after: str, size: int) -> Page[MyProject]:
    """The rest, the last moved first."""
    statement = (
        with_place(select(Project).where(contributions.of_team(ties)))
        .where(col(Project.moderation).not_in(WAITS_FOR_ITS_AUTHOR))
        .order_by(col(Project.updated_at).desc(), col(Project.id).desc())
        .limit(size + 1)
    )
    match pagination.decode(after):
        case (datetime() as moved, int() as number):
            statement = statement.where(tuple_(col(Project.updated_at), col(Project.id)) < (moved, number))
    page = pagination.cut(session.exec(statement).all(), size, lambda project: (project.updated_at, project.id))
    return Page(_mine(session, ties, page.rows, {}), page.next)


def _mine(session: Session, ties: Ties, rows: Sequence[Project], words: dict[int, str]) -> list[MyProject]:
    titles = translating.titles(session, rows, current_locale())
    return [
        MyProject(
            project,
            titles.get(project.id, project.title),
            current_locale() if project.id in titles else project.language,
            rules.who_acts_next(_standing(ties, project), project),
            words.get(project.id, ""),
        )
        for project in rows
    ]


def _standing(ties: Ties, project: Project) -> Standing:
    return Standing(ties.user, ties.organisations, is_co_author=project.id in ties.co_authored)


@dataclass(frozen=True)
class MyContributions:
    waiting: list[ContributionCard]
    others: list[ContributionCard]
    more: bool


def my_contributions(session: Session, ties: Ties) -> MyContributions:
    mine = contributions.mine(session, ties)
    others = mine.others.rows[:FEW]
    titles = titles_of(session, [*mine.waiting, *others])
    return MyContributions(
        waiting=[card(ties, one, titles) for one in mine.waiting],
        others=[card(ties, one, titles) for one in others],
        more=len(mine.others.rows) > FEW,
    )


@dataclass(frozen=True)
class MySuggestions:
    to_answer: list[Listed]
    own: list[Listed]
    more: bool


def my_suggestions(session: Session, user: User) -> MySuggestions:
    """Ideas for the fiches of one's teams, which wait for an answer; and one's own for those of others."""
    own = suggesting.of_author(session, user, size=FEW)
    return MySuggestions(
        to_answer=listed(session, suggesting.to_answer(session, user, FEW)),
        own=listed(session, own.rows),
        more=own.next is not None,
    )


@dataclass(frozen=True)
class MyProfiles:
    """One's own, then the groups and associations that one answers for or belongs to; with what they could do."""

    own: Card | None
    shared: list[Card]
    suggested: list[tuple[SuggestedNeed, ShownNeed]]


def my_profiles(session: Session, ties: Ties) -> MyProfiles:
    """Suggestions are for one's own profile, else for the first of those that one answers for."""
    answered_for = list(sides.profiles_of(session, ties.user))
    own = next((profile for profile in answered_for if profile.kind is ProfileKind.PERSON), None)
    ids = {profile.id for profile in answered_for}
    joined = [profile for profile in shared_profiles(session, ties.user) if profile.id not in ids]
    labels = theme_labels(session)

    def full(profile: Profile) -> Card:
        return profile_card(profile, Level.FULL, labels)

    return MyProfiles(
        own=full(own) if own else None,
        shared=[full(profile) for profile in (*answered_for, *joined) if profile is not own],
        suggested=_new_to(session, answered_for[0], ties) if answered_for else [],
    )


def _new_to(session: Session, profile: Profile, ties: Ties) -> list[tuple[SuggestedNeed, ShownNeed]]:
    """The best of the needs about which nothing is under way, each as this reader reads it."""
    best = suggestions.needs_for(session, profile, ties, 2 * SUGGESTED)
    new = [one for one in best if not one.taken][:SUGGESTED]
    read = {need.id: need for need in contributions.open_needs_shown(session, [one.need.id for one in new])}
    still = [one for one in new if one.need.id in read]
    return list(zip(still, shown_needs(session, [read[one.need.id] for one in still]), strict=True))
