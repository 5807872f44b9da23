"""What the demonstration tells, once it is told: loaded once for the whole file, by the application's own actions."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import Connection, DateTime, Engine, func
from sqlmodel import Session, SQLModel, col, select

from app.accounts.actions import check_sign_in
from app.accounts.contact import parse_contact
from app.accounts.models import Role, User
from app.contributions.models import Contribution, State
from app.contributions.queries import waiting_for
from app.demonstration import console, content, loading
from app.demonstration.people import PASSWORD
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.matching.chips import ChipState
from app.moderation.queries import counts
from app.moderation.rules import Kind
from app.news.models import NewsItem, NewsState
from app.notifications.models import Message, MessageState
from app.profiles.models import Profile, ProfileChip, ProfileKind
from app.projects.models import Moderation, Need, NeedChip, NeedState, Project, SectionVersion, Stage

TOLD = content.read()


@pytest.fixture(scope="module")
def connection(engine: Engine) -> Iterator[Connection]:
    """One transaction around the whole file."""
    with engine.connect() as connection:
        outer = connection.begin()
        connection.begin_nested()
        yield connection
        outer.rollback()


@pytest.fixture(scope="module")
def session(connection: Connection) -> Iterator[Session]:
    with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
        for _share in loading.load(session):
            pass
        yield session


def user(session: Session, key: str) -> User:
    email = next(person.email for person in TOLD.person if person.key == key)
    return session.exec(select(User).where(User.email == email)).one()


def count(session: Session, column) -> Counter:
    return Counter(dict(session.exec(select(column, func.count()).group_by(column)).all()))


def test_forty_people_and_two_groups_can_help(session):
    kinds = count(session, col(Profile.kind))
    assert kinds[ProfileKind.PERSON] == 42
    assert kinds[ProfileKind.GROUP] == 2


def test_a_third_of_the_projects_are_in_arabic(session):
    languages = count(session, col(Project.language))
    assert languages["ar"] >= languages.total() / 3


def test_every_project_is_where_the_story_leaves_it(session):
    assert count(session, col(Project.moderation)) == Counter(project.moderation for project in TOLD.project)
    assert set(count(session, col(Project.stage))) == set(Stage)


def test_every_contribution_is_in_the_state_that_the_story_tells(session):
    states = count(session, col(Contribution.state))
    assert states == Counter(contribution.state for contribution in TOLD.contribution)
    assert set(states) == set(State) - {State.CLOSED}, "what is stuck is for whoever looks at the desk to close"


def test_needs_are_open_and_filled(session):
    states = count(session, col(Need.state))
    assert states[NeedState.OPEN] > 20
    assert states[NeedState.FILLED] > 5


def test_news_are_published_waiting_and_returned(session):
    states = count(session, col(NewsItem.state))
    assert states == Counter(news.state for news in TOLD.news)
    assert set(states) == set(NewsState)


def test_a_fiche_was_written_by_several_hands(session):
    hands = func.count(col(SectionVersion.edited_by_id).distinct())
    most = select(hands).group_by(col(SectionVersion.project_id)).order_by(hands.desc()).limit(1)
    assert session.exec(most).one() > 1


def test_the_journal_tells_it_all_with_its_actors_and_its_words(session):
    kinds = count(session, col(Entry.subject_kind))
    assert set(kinds) >= {Subject.MEMBERSHIP, Subject.PROFILE, Subject.PROJECT, Subject.CONTRIBUTION, Subject.NEWS}
    begun = session.exec(select(Entry).where(Entry.subject_kind == Subject.CONTRIBUTION, Entry.verb == "offer")).all()
    assert all(entry.actor_id and entry.note for entry in begun)


TO_COME = {
    "account_session.expires_at",
    "access_link.expires_at",
    "message.not_before",
    "message.visible_from",
    "open_step.since",
}
"""A mission that is agreed to is still to be held, and reminded of."""


def test_it_spreads_over_fourteen_months_and_nothing_of_it_is_still_to_come(session):
    first, last = session.exec(select(func.min(Entry.at), func.max(Entry.at))).one()
    assert 400 < (last - first).days < 430
    for table in SQLModel.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, DateTime) and str(column) not in TO_COME:
                latest = session.execute(select(func.max(column))).scalar_one()
                assert latest is None or latest <= now(), f"{column} is in the future: {latest}"


@pytest.mark.parametrize("key", ["mod-souss", "mod-draa", "admin"])
def test_work_of_every_kind_waits_on_the_desk_of_a_moderator_of_the_south(session, key):
    assert all(counts(session, user(session, key)).values())


def test_the_moderator_of_the_diaspora_has_offers_to_approve(session):
    assert counts(session, user(session, "mod-diaspora"))[Kind.CONTRIBUTION] >= 2


def test_people_said_whether_their_words_were_understood(session):
    for chips in (ProfileChip, NeedChip):
        states = count(session, col(chips.state))
        assert states[ChipState.KEPT] >= 15
        assert states[ChipState.REMOVED] >= 5


@pytest.mark.parametrize("key", ["agent-arbaa-sahel", "agent-tinzert", "sanae-ferme", "brahim-cooperatives"])
def test_an_answer_waits_for_agents_and_contributors(session, key):
    assert waiting_for(session, user(session, key)) >= 1


def test_whoever_is_shown_at_the_start_signs_in(session):
    roles = set()
    for email, _who in console.ROLES:
        roles.add(check_sign_in(session, parse_contact(email), PASSWORD).role)
    assert roles == set(Role)


def test_who_has_only_a_telephone_signs_in_too(session):
    phones = [person.phone for person in TOLD.person if person.phone and not person.email]
    assert len(phones) == 3
    for phone in phones:
        assert check_sign_in(session, parse_contact(phone), PASSWORD)


def test_nobody_real_is_named(session):
    for person in session.exec(select(User)):
        assert person.email is None or person.email.endswith("@example.org")
        assert person.phone is None or re.fullmatch(r"\+2125000000\d\d", person.phone)


def test_no_message_of_the_past_leaves_now(session):
    due = select(Message.state).where(Message.not_before <= now())
    assert not set(session.exec(due)) & {MessageState.QUEUED, MessageState.SENDING}
    assert session.exec(select(Message).where(col(Message.read_at).is_(None))).first()


def test_every_project_has_its_page_in_both_languages(browser, session, locale):
    published = session.exec(select(Project).where(Project.moderation == Moderation.PUBLISHED)).all()
    for project in published:
        page = browser.get(f"/{locale}/projects/{project.id}")
        assert page.select_one("h1")


def test_the_first_pages_have_something_to_show(browser, session, locale):
    for path in ("/", "/projects", "/news"):
        assert len(browser.get(f"/{locale}{path}").select("article, .card")) > 5
