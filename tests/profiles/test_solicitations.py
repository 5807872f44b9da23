"""Twice a month at most, and not before the day that somebody set."""

from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import Session, func, select

from app.accounts.models import User
from app.contributions import actions
from app.contributions.models import Contribution
from app.journal.models import Subject
from app.kernel.database import at, now
from app.kernel.days import today
from app.kernel.i18n import format_date
from app.profiles import solicitations
from app.profiles.models import Profile, Solicitation
from app.profiles.solicitations import AskedOften, OnPause
from app.projects.models import Need
from tests.factories import Factory
from tests.reference import sweep


@pytest.fixture
def invite(session, make):
    profile, moderator = make(Profile), make.moderator("09")

    def ask(by=moderator):
        return actions.invite(session, by, make(Need), profile, "Venez nous aider.")

    ask.profile, ask.moderator = profile, moderator
    return ask


def test_the_third_of_a_month_is_refused_with_the_day_from_which_it_can_be_asked(session, invite, locale):
    begun = datetime(2026, 9, 7, 9, tzinfo=UTC)
    for days in (0, 10):
        with at(begun + timedelta(days=days)):
            invite()
    with at(begun + timedelta(days=20)), pytest.raises(AskedOften) as refused:
        invite()
    day = refused.value.day
    assert format_date(day) in refused.value.sentence()
    with at(datetime(day.year, day.month, day.day, 8, tzinfo=UTC) - timedelta(days=1)), pytest.raises(AskedOften):
        invite()
    with at(datetime(day.year, day.month, day.day, 8, tzinfo=UTC)):
        invite()


def test_what_never_reached_the_person_does_not_count(session, make, invite):
    first = invite()
    actions.withdraw(session, invite.moderator, first)  # within ten minutes: it had not left
    for _ in range(2):
        invite()
    with pytest.raises(AskedOften):
        invite()


def test_a_refused_invitation_frees_its_place(session, make, invite):
    need = make(Need)
    asked = actions.invite(session, need.project.author, need, invite.profile, "Venez.")
    invite()
    entry = actions.refuse(session, invite.moderator, asked, "Pas pour ce besoin.")
    invite()
    with pytest.raises(AskedOften):
        invite()
    actions.undo(session, invite.moderator, asked, entry)
    assert session.exec(select(func.count()).select_from(Solicitation)).one() == 3


def test_nobody_is_asked_before_the_day_that_they_set(session, browser, invite):
    owner = invite.profile.owner
    until = today() + timedelta(days=40)
    page = browser.login(owner).post("/fr/profiles/pause", until=until.isoformat())
    assert format_date(until) in page.words
    with pytest.raises(OnPause) as refused:
        invite()
    assert format_date(until) in refused.value.sentence()
    with at(now() + timedelta(days=41)):
        invite()
    browser.post("/fr/profiles/pause")
    invite()


def test_an_invitation_that_waits_does_not_leave_during_a_pause(session, make, invite):
    need = make(Need)
    asked = actions.invite(session, need.project.author, need, invite.profile, "Venez.")
    solicitations.pause(session, invite.profile.owner, today() + timedelta(days=9))
    with pytest.raises(OnPause):
        actions.approve(session, invite.moderator, asked)


@pytest.mark.parametrize("until", ["2020-01-01", "0001-01-01", "hier", "2031-02-30", "99999-01-01", "2090-01-01"])
def test_a_day_that_cannot_be_comes_back_with_a_sentence(browser, make, until):
    page = browser.login(make(User)).post("/fr/profiles/pause", 422, until=until)
    assert page.select(".field-error")
    assert page.select_one('input[type="date"]')["value"] == until


def test_it_is_seen_beside_people_in_lists_and_on_the_page_of_an_invitation(session, browser, invite, make):
    need = make(Need)
    for _ in range(2):
        invite()
    browser.login(invite.moderator)
    page = browser.post(f"/fr/contributions/invite/{need.id}/{invite.profile.id}", 422, message="Venez nous voir.")
    assert "Venez nous voir." in page.text
    assert "sollicitée deux fois ce mois-ci" in page.words
    days = solicitations.profiles_free_from(session, [invite.profile.id])
    assert set(days) == {invite.profile.id}


def test_two_who_ask_at_once_do_not_both_find_the_last_place(engine):
    with Session(engine) as session:
        make = Factory(session)
        profile, moderator = make(Profile), make.moderator("09")
        session.add(Solicitation(user_id=profile.owner_id, subject_kind=Subject.RELAY, subject_id=1))
        needs = [make(Need).id for _ in range(4)]
        ids = profile.id, moderator.id
        session.commit()
    ready, reached = Barrier(4), []

    def ask(need_id):
        with Session(engine) as session:
            need, profile = session.get_one(Need, need_id), session.get_one(Profile, ids[0])
            user = session.get_one(User, ids[1])
            ready.wait()
            try:
                actions.invite(session, user, need, profile, "Venez.")
                session.commit()
                reached.append("asked")
            except AskedOften:
                reached.append("refused")

    threads = [Thread(target=ask, args=(need,)) for need in needs]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(reached) == ["asked", "refused", "refused", "refused"]
        with Session(engine) as session:
            assert session.exec(select(func.count()).select_from(Contribution)).one() == 1
    finally:
        sweep(engine)
