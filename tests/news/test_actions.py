from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import GrantKind, User
from app.journal.actions import TooLateToUndo
from app.journal.models import Subject
from app.journal.queries import history
from app.kernel.database import at, now
from app.kernel.days import today
from app.kernel.errors import Forbidden, Invalid
from app.news import actions, queries
from app.news.actions import AlreadyMoved, ChangedMeanwhile, Content
from app.news.models import NewsItem, NewsState
from app.notifications.models import Message, MessageState
from app.territories import queries as territories
from tests.factories import ARBAA_SAHEL, OUISSELSATE, TINZART

TODAY = today()


def content(**given):
    return Content(**{"title": "Le bus scolaire est là", "text": "Il roule depuis lundi.", "language": "fr", **given})


@pytest.fixture
def author(make):
    return make(User)


@pytest.fixture
def item(session, author):
    return actions.write(session, author, content(territory=territories.get(session, ARBAA_SAHEL)))


def messages_to(session, user):
    return session.exec(select(Message).where(Message.recipient_id == user.id)).all()


def test_what_a_member_writes_waits_and_what_a_trusted_author_writes_does_not(session, make, item):
    assert (item.state, item.published_at) == (NewsState.WAITING, None)
    trusted = actions.write(session, make.granted(GrantKind.TRUSTED_AUTHOR), content())
    assert trusted.state is NewsState.PUBLISHED
    assert trusted.published_at is not None


def test_a_deadline_that_is_past_is_refused_until_it_is_merely_kept(session, author):
    with pytest.raises(Invalid) as refused:
        actions.write(session, author, content(deadline=TODAY - timedelta(days=1)))
    assert refused.value.field == "deadline"
    item = actions.write(session, author, content(deadline=TODAY))
    item.deadline = TODAY - timedelta(days=3)
    actions.edit(session, author, item, content(title="Titre repris", deadline=item.deadline), item.version)
    assert item.title == "Titre repris"


def test_a_moderator_publishes_and_the_author_is_told_after_a_while(session, make, author, item):
    actions.move(session, make.moderator("09"), item, "publish", "", item.version)
    assert item.state is NewsState.PUBLISHED
    (message,) = messages_to(session, author)
    assert message.not_before > now() + timedelta(minutes=9)
    assert item.title in message.body


def test_a_returned_item_comes_with_a_reason(session, make, author, item):
    moderator = make.moderator("09")
    with pytest.raises(Invalid) as refused:
        actions.move(session, moderator, item, "return", "", None)
    assert refused.value.field == "words"
    actions.move(session, moderator, item, "return", "Dites quel jour.", None)
    assert item.state is NewsState.RETURNED
    assert "Dites quel jour." in messages_to(session, author)[0].body
    actions.edit(session, author, item, content(text="Il roule depuis lundi 2 novembre."), item.version)
    assert item.state is NewsState.WAITING


def test_a_moderator_of_another_region_decides_nothing(session, make, item):
    for stranger in (make.moderator("08"), make(User)):
        with pytest.raises(Forbidden):
            actions.move(session, stranger, item, "publish", "", None)
        with pytest.raises(Forbidden):
            actions.edit(session, stranger, item, content(), item.version)


def test_the_second_of_two_moderators_hears_that_it_is_done(session, make, item):
    actions.move(session, make.moderator("09"), item, "publish", "", None)
    with pytest.raises(AlreadyMoved):
        actions.move(session, make.moderator("09"), item, "return", "non", None)


def test_nothing_is_published_that_was_not_read(session, make, author, item):
    read = item.version
    actions.edit(session, author, item, content(text="Tout autre chose à présent."), read)
    with pytest.raises(ChangedMeanwhile):
        actions.move(session, make.moderator("09"), item, "publish", "", read)
    with pytest.raises(ChangedMeanwhile):
        actions.edit(session, author, item, content(), read)


def test_undoing_brings_back_the_moment_since_when_it_waits(session, make, author, item):
    moderator = make.moderator("09")
    item.state_since = since = now() - timedelta(days=2)
    entry = actions.move(session, moderator, item, "publish", "", None)
    actions.undo(session, moderator, item, entry)
    assert (item.state, item.state_since, item.published_at) == (NewsState.WAITING, since, None)
    assert messages_to(session, author)[0].state is MessageState.CANCELLED


def test_unpublishing_is_undone_with_its_first_date(session, make, item):
    moderator = make.moderator("09")
    actions.move(session, moderator, item, "publish", "", None)
    item.published_at = first = now() - timedelta(days=30)
    entry = actions.move(session, moderator, item, "unpublish", "Une erreur de lieu.", None)
    assert item.published_at is None
    actions.undo(session, moderator, item, entry)
    assert item.published_at == first


def test_only_the_last_decision_of_ones_own_is_undone(session, make, author, item):
    moderator = make.moderator("09")
    entry = actions.move(session, moderator, item, "publish", "", None)
    with pytest.raises(TooLateToUndo):
        actions.undo(session, make.moderator("09"), item, entry)
    actions.edit(session, author, item, content(title="Un autre titre"), item.version)
    with pytest.raises(TooLateToUndo):
        actions.undo(session, moderator, item, entry)


def test_an_author_takes_their_own_off_the_list_without_a_reason(session, make, author, item):
    actions.move(session, make.moderator("09"), item, "publish", "", None)
    actions.move(session, author, item, "unpublish", "", None)
    assert item.state is NewsState.RETURNED


def test_what_it_said_before_a_change_stays_in_the_journal(session, author, item):
    actions.edit(session, author, item, content(title="Un autre titre"), item.version)
    entry = history(session, Subject.NEWS, item.id)[-1]
    assert entry.data["title"] == "Le bus scolaire est là"


def test_what_waits_is_listed_for_its_moderators_oldest_first(session, make, author, item):
    everybody = actions.write(session, author, content())
    with at(now() - timedelta(days=12)):
        late = actions.write(session, author, content(territory=territories.get(session, "08.401")))

    def seen_by(user):
        return [one.id for one in queries.waiting_news(session, user, 50)]

    assert seen_by(make.moderator("09")) == [item.id, everybody.id]
    assert seen_by(make.moderator("08")) == [late.id, everybody.id]
    assert seen_by(make.moderator(countries=("FR",))) == [everybody.id]
    assert seen_by(make.administrator()) == [late.id, item.id, everybody.id]
    assert seen_by(make.granted(GrantKind.COORDINATOR)) == [late.id]
    assert seen_by(author) == []


def published(session, make, **given):
    return make(NewsItem, state=NewsState.PUBLISHED, published_at=given.pop("at", now()), **given)


def test_news_of_a_territory_are_its_own_and_those_inside(session, make):
    commune = published(session, make, commune_code=ARBAA_SAHEL)
    province = published(session, make, province_code="09.581")
    region = published(session, make, region_code="09")
    neighbour = published(session, make, commune_code=TINZART)
    published(session, make, commune_code=OUISSELSATE)
    published(session, make)
    make(NewsItem, commune_code=ARBAA_SAHEL)

    def of(code):
        return {item.id for item in queries.latest_news(session, 9, territories.get(session, code))}

    assert of(ARBAA_SAHEL) == {commune.id}
    assert of("09.581") == {commune.id, province.id}
    assert of("09") == {commune.id, province.id, region.id, neighbour.id}


def test_the_list_goes_on_after_the_last_one_seen_whatever_happens_above(session, make):
    moment = now() - timedelta(days=1)
    wanted = [published(session, make, at=moment - timedelta(minutes=n // 2)).id for n in range(7)]
    first = queries.published_news(session, size=3)
    published(session, make)
    second = queries.published_news(session, size=3, cursor=first.next)
    third = queries.published_news(session, size=3, cursor=second.next)
    seen = [item.id for page in (first, second, third) for item in page.rows]
    assert sorted(seen) == sorted(wanted)
    assert len(set(seen)) == 7
    assert third.next is None


def test_open_funding_calls_come_by_their_last_day(session, make):
    days = [9, 2, 5, 2]
    rows = [published(session, make, deadline=TODAY + timedelta(days=n)) for n in days]
    published(session, make, deadline=TODAY - timedelta(days=1))
    published(session, make)
    first = queries.published_news(session, calls=True, size=2)
    second = queries.published_news(session, calls=True, size=2, cursor=first.next)
    seen = [item.id for page in (first, second) for item in page.rows]
    assert seen == [rows[1].id, rows[3].id, rows[2].id, rows[0].id]
    assert queries.open_calls(session) == 4


@pytest.mark.parametrize("cursor", ["", "x", "W10", "WyJ4IiwxXQ", "eyJhdCI6MX0", "WzEsMl0"])
def test_a_cursor_that_nobody_made_is_the_beginning(session, make, cursor):
    item = published(session, make, deadline=TODAY)
    for calls in (True, False):
        assert [one.id for one in queries.published_news(session, calls=calls, cursor=cursor).rows] == [item.id]
