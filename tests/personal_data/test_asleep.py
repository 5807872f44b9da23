"""Accounts to which nobody came for two years."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.accounts.models import Departure, DepartureStep, User
from app.contributions.models import Contribution
from app.kernel.database import at, now
from app.kernel.days import today
from app.notifications.models import Message
from app.organisations.models import Membership, Organisation
from app.personal_data import asleep
from app.profiles.models import Profile


def kinds_to(session, user):
    rows = session.exec(select(Message.kind).where(Message.recipient_id == user.id).order_by(col(Message.id)))
    return list(rows.all())


def slept(days):
    return today() - timedelta(days=days)


def test_two_warnings_two_months_and_one_month_before_then_the_account_is_empty(session, make, go_on):
    user = make(User, last_seen_on=slept(670), locale="ar")
    assert asleep.notice(session, 50) == 1
    assert kinds_to(session, user) == ["asleep_warning"]
    first = session.exec(select(Message).where(Message.recipient_id == user.id)).one()
    assert first.locale == "ar"
    assert "سنتين" in first.body
    go_on(timedelta(days=29))
    assert kinds_to(session, user) == ["asleep_warning"]
    go_on(timedelta(days=30))
    assert kinds_to(session, user) == ["asleep_warning", "asleep_warning"]
    go_on(timedelta(days=61))
    go_on(timedelta(days=61, hours=1))
    session.expire_all()
    assert (user.email, session.get(Departure, user.id)) == (None, None)


def test_nobody_is_warned_before_or_twice(session, make):
    user, awake = make(User, last_seen_on=slept(670)), make(User, last_seen_on=slept(669))
    asleep.notice(session, 50)
    assert asleep.notice(session, 50) == 0
    assert (kinds_to(session, user), kinds_to(session, awake)) == (["asleep_warning"], [])


def test_whoever_comes_back_stays(session, make, go_on, browser):
    user = make(User, last_seen_on=slept(670))
    asleep.notice(session, 50)
    browser.login(user).get("/fr/account")
    session.refresh(user)
    assert user.last_seen_on == today()
    go_on(timedelta(days=100))
    assert session.get(Departure, user.id) is None
    assert (user.closed_at, kinds_to(session, user)) == (None, ["asleep_warning"])


@pytest.mark.parametrize("why", ["speaks alone", "open contribution"])
def test_whoever_others_count_on_is_first_looked_for_by_a_moderator(session, make, go_on, why):
    moderator = make.moderator("09", countries=("FR",))
    user = make(User, last_seen_on=slept(640), name="Zineb")
    idle = make(User, last_seen_on=slept(640))
    if why == "speaks alone":
        make(Membership, organisation_id=make(Organisation, region_code="09").id, user_id=user.id)
    else:
        make(Contribution, profile_id=make(Profile, owner_id=user.id).id)
    assert asleep.notice(session, 50) == 1
    told = session.exec(select(Message).where(Message.recipient_id == moderator.id)).one()
    assert "Zineb" in told.subject
    assert kinds_to(session, user) == kinds_to(session, idle) == []
    go_on(timedelta(days=30))
    assert kinds_to(session, user) == ["asleep_warning"]


def test_somebody_beside_whom_another_speaks_is_not_waited_for(session, make):
    organisation = make(Organisation, region_code="09")
    user = make(User, last_seen_on=slept(640))
    for person in (user, make(User)):
        make(Membership, organisation_id=organisation.id, user_id=person.id)
    assert asleep.notice(session, 50) == 0


def test_the_last_administrator_is_warned_and_kept(session, make, go_on):
    user = make.administrator()
    user.last_seen_on = slept(800)
    asleep.notice(session, 50)
    for days in (30, 60, 61, 90, 91):
        go_on(timedelta(days=days))
    session.refresh(user)
    assert user.closed_at is None
    assert session.get_one(Departure, user.id).step is DepartureStep.WARNED_AGAIN


def test_a_day_is_noted_once_a_day_and_not_at_each_page(session, make, browser, query_count):
    user = make(User, last_seen_on=slept(3))
    browser.login(user)
    counts = []
    for _visit in range(3):
        before = query_count()
        browser.get("/fr/account")
        counts.append(query_count() - before)
    assert counts[0] > counts[1] == counts[2]
    with at(now() + timedelta(days=1)):
        browser.get("/fr/account", status=303)  # that session is over; nothing breaks
