"""How long steps took, read from the journal."""

from datetime import UTC, datetime, timedelta

import pytest

from app.accounts.models import GrantKind
from app.contributions import actions
from app.deadlines.steps import Step
from app.kernel.database import at
from app.profiles.models import Profile
from app.projects.models import Need, Project
from app.reminders.times import times
from tests.factories import ARBAA_SAHEL, OUISSELSATE

BEGAN = datetime(2026, 9, 7, 9, tzinfo=UTC)


@pytest.fixture
def answered(session, make):
    """An offer in that commune, approved after so many days, and answered after so many more."""

    def build(commune, approved, answered):
        region = commune[:2]
        need = make(Need, project_id=make(Project, commune_code=commune).id, people_wanted=9)
        profile = make(Profile)
        with at(BEGAN):
            offer = actions.offer(session, profile.owner, need, profile, "Je peux.")
        moderator = make.moderator(region)
        with at(BEGAN + timedelta(days=approved)):
            actions.approve(session, moderator, offer)
        with at(BEGAN + timedelta(days=approved + answered)):
            actions.accept(session, need.project.author, offer)
        return offer

    return build


def test_the_median_and_the_ninetieth_percentile_of_each_step_by_region_and_by_month(session, answered):
    for days in (2, 4, 10):
        answered(ARBAA_SAHEL, 1, days)
    answered(OUISSELSATE, 3, 40)
    with at(BEGAN + timedelta(days=60)):
        found = {(one.step, one.region, one.month): one for one in times(session)}
        here = {(one.step, one.region, one.month): one for one in times(session, "09")}
    whole = found[Step.OFFER_ANSWERED, None, None]
    assert (whole.times, whole.median) == (4, 7)
    assert whole.ninetieth == pytest.approx(31)
    assert found[Step.OFFER_ANSWERED, "09", None].median == 4
    assert found[Step.OFFER_ANSWERED, "08", None].median == 40
    assert found[Step.OFFER_READ, None, None].median == 1
    assert {month.month for step, _region, month in found if step is Step.OFFER_ANSWERED and month} == {9, 10}
    assert here[Step.OFFER_ANSWERED, None, None].times == 3


def test_what_was_undone_did_not_happen(session, make):
    need, profile = make(Need), make(Profile)
    moderator = make.moderator("09")
    with at(BEGAN):
        offer = actions.offer(session, profile.owner, need, profile, "Je peux.")
    with at(BEGAN + timedelta(days=2)):
        entry = actions.approve(session, moderator, offer)
        actions.undo(session, moderator, offer, entry)
    with at(BEGAN + timedelta(days=6)):
        actions.approve(session, moderator, offer)
    with at(BEGAN + timedelta(days=7)):
        found = times(session)
    assert {(one.step, one.times, one.median) for one in found} == {(Step.OFFER_READ, 1, 6)}


def test_moderators_and_coordinators_read_it_in_both_languages(browser, make, answered, locale):
    answered(ARBAA_SAHEL, 1, 4)
    for user in (make.moderator("09"), make.granted(GrantKind.COORDINATOR)):
        page = browser.login(user).get(f"/{locale}/reminders/times?step=offer_answered&region=09")
        assert len(page.select("table")) == 3
        assert {"fr": "4 jours", "ar": "4 أيام"}[locale] in page.words


def test_what_is_no_step_and_no_region_shows_all(browser, make):
    browser.login(make.moderator("09")).get("/fr/reminders/times?step=x&region=zz")
