"""An administrator changes how long a step may take, and how it is recalled."""

from app.deadlines import actions, queries
from app.deadlines.models import StepDelay
from app.deadlines.steps import DELAYS, Step
from app.journal.models import Subject
from app.kernel.database import now

FIELDS = {"days": "20", "soon": "3", "late": "2", "moderator": "5", "coordinator": "9", "stuck": "30"}


def test_all_steps_are_listed_in_both_languages(browser, make, locale):
    page = browser.login(make.administrator()).get(f"/{locale}/reminders/delays")
    assert len(page.select("tbody tr")) == len(Step)


def test_a_changed_delay_holds_for_the_next_step_and_a_promise_stays(session, make, browser):
    promised = actions.begin(session, Subject.MISSION, 1, Step.MISSION_EVALUATED, now())
    browser.login(make.administrator()).post("/fr/reminders/delays/mission_evaluated", **FIELDS)
    later = actions.begin(session, Subject.MISSION, 2, Step.MISSION_EVALUATED, now())
    rows = queries.under_way(session, Subject.MISSION, [1, 2])
    assert (later - promised).days == 6
    assert (rows[2].due_on - rows[2].next_on).days == 3
    assert "Changé" in browser.get("/fr/reminders/delays").words
    browser.post("/fr/reminders/delays/mission_evaluated/usual")
    session.expire_all()
    assert session.get(StepDelay, Step.MISSION_EVALUATED) is None
    assert queries.delay_of(session, Step.MISSION_EVALUATED) == DELAYS[Step.MISSION_EVALUATED]


def test_numbers_that_make_no_sense_come_back_with_a_sentence(make, browser):
    browser.login(make.administrator())
    for wrong in ({"days": "0"}, {"days": "99999999999"}, {"soon": "deux"}, {"stuck": "1"}, {"late": "-1"}):
        page = browser.post("/fr/reminders/delays/offer_answered", 422, **{**FIELDS, **wrong})
        assert page.select(".field-error, .error-summary")
        assert page.select_one('input[name="coordinator"]')["value"] == "9"
