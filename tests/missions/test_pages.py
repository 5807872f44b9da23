"""The path of a mission as both sides walk it, page by page, in each language."""

from datetime import datetime, timedelta
from io import BytesIO

import icalendar
import pikepdf
import pytest
from sqlmodel import select

from app.accounts.models import User
from app.contributions.models import State
from app.deadlines import queries as deadlines
from app.deadlines.steps import Step
from app.journal.models import Subject
from app.kernel.database import at
from app.kernel.days import today
from app.kernel.i18n import ZONE, gettext
from app.missions.models import Mission, MissionState, Side
from app.notifications.models import Message, MessageState
from tests.files.samples import pdf
from tests.missions.conftest import terms


def _(sentence: str) -> str:
    """As a page's words read it: one kind of space."""
    return " ".join(gettext(sentence).split())


def step_of(session, mission_id):
    row = deadlines.under_way(session, Subject.MISSION, [mission_id]).get(mission_id)
    return row.step if row else None


def told(session, user):
    rows = session.exec(select(Message).where(Message.recipient_id == user.id, Message.state != MessageState.CANCELLED))
    return [row.kind for row in rows]


@pytest.fixture
def proposed(pair, new_browser, locale):
    """Zahra proposed a mission to Samir: her phone, his, and the mission's address."""
    zahra, samir = new_browser().login(pair.author), new_browser().login(pair.helper)
    page = zahra.get(f"/{locale}/contributions/{pair.contribution.id}/missions/new")
    assert page.form("missions/new")["objective"] == pair.need.text, "what is known is filled in"
    page = zahra.submit(page, "missions/new", **terms())
    return zahra, samir, page.url.split("testserver")[1]


def test_from_a_date_to_what_came_of_it(proposed, pair, session, locale):
    zahra, samir, url = proposed
    mission = session.exec(select(Mission)).one()
    assert step_of(session, mission.id) is Step.MISSION_AGREED
    assert "mission_proposed" in told(session, pair.helper)

    page = samir.get(url)
    assert page.select_one(".next.you") is not None
    page = samir.submit(page, "/agree", word="Avec plaisir.")
    assert _("Mission convenue") in page.words
    assert _("Qui accueille, et où se retrouve-t-on ?") in page.words
    assert "mission_agreed" in told(session, pair.author)
    assert told(session, pair.author).count("mission_soon") == 2

    with at(datetime.combine(mission.ends_on, datetime.min.time(), ZONE) + timedelta(days=1, hours=9)):
        zahra.login(pair.author), samir.login(pair.helper)
        page = zahra.submit(zahra.get(url), "/held", women="9", men="8", young_people="12")
        assert "/evaluation" in page.url
        page = zahra.submit(page, "/evaluation", useful="Tout le monde a pratiqué.", carry_on="yes", adequacy="4")
        assert step_of(session, mission.id) is Step.MISSION_EVALUATED
        page = samir.submit(
            samir.get(f"{url}/evaluation"), "/evaluation", useful="L’accueil.", carry_on="later", hours="30"
        )
        assert "17" in page.words
        assert mission.state is MissionState.CLOSED
        assert step_of(session, mission.id) is Step.MISSION_FOLLOWED
    for months, left in ((1, Step.MISSION_FOLLOWED), (6, None)):
        with at(datetime.combine(mission.ends_on, datetime.min.time(), ZONE) + timedelta(days=31 * months)):
            zahra.login(pair.author)
            page = zahra.submit(
                zahra.get(f"{url}/follow-up"), "/follow-up", practice="partly", text="Deux bureaux.", again="yes"
            )
        assert step_of(session, mission.id) is left
    assert "mission_followed_up" in told(session, pair.helper)


def test_the_other_side_changes_what_does_not_suit_and_it_is_agreed_anew(proposed, pair, session, locale):
    zahra, samir, url = proposed
    later = (today() + timedelta(days=40)).isoformat()
    samir.submit(samir.get(f"{url}/edit"), "/edit", starts_on=later, ends_on=later)
    mission = session.exec(select(Mission)).one()
    assert (mission.version, mission.proposed_by, mission.state) == (2, Side.CONTRIBUTOR, MissionState.PROPOSED)
    samir.post(f"{url}/agree", status=403, seen="2")
    page = zahra.submit(zahra.get(url), "/agree")
    assert _("Mission convenue") in page.words


def test_who_answers_an_old_version_is_shown_the_new_one(proposed, pair, session):
    zahra, samir, url = proposed
    page = samir.get(url)
    zahra.submit(zahra.get(f"{url}/edit"), "/edit", place="Au souk")
    page = samir.submit(page, "/agree", status=409, word="Oui.")
    assert _("La mission a changé entre-temps : relisez-la avant de répondre.") in page.words
    assert "Au souk" in page.words
    assert page.form("/agree")["word"] == "Oui."
    assert session.exec(select(Mission)).one().state is MissionState.PROPOSED


def test_reminders_of_an_agreed_date_are_called_back_when_it_changes(proposed, pair, session):
    zahra, samir, url = proposed
    samir.submit(samir.get(url), "/agree")
    zahra.submit(zahra.get(f"{url}/edit"), "/edit", place="Au souk")
    assert "mission_soon" not in told(session, pair.helper)


def test_a_cancelled_mission_leaves_the_team_to_date_another(proposed, pair, session):
    zahra, samir, url = proposed
    samir.submit(samir.get(url), "/cancel", status=422)
    page = samir.submit(samir.get(url), "/cancel", reason="unwell", word="Je suis malade.")
    assert _("Mission annulée") in page.words
    assert "mission_cancelled" in told(session, pair.author)
    row = deadlines.under_way(session, Subject.CONTRIBUTION, [pair.contribution.id])[pair.contribution.id]
    assert row.step is Step.MISSION_DATED
    assert zahra.get(url).select_one("a[href$='/missions/new']") is not None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"ends_on": (today() - timedelta(days=1)).isoformat()}, "ends_on"),
        ({"starts_on": (today() - timedelta(days=1)).isoformat(), "ends_on": ""}, "starts_on"),
        ({"starts_on": "0001-01-01"}, "starts_on"),
        ({"starts_on": "2027-03-14", "ends_on": "", "starts_at": "02:30"}, "starts_at"),
        ({"starts_at": "25:00"}, "starts_at"),
        ({"place": ""}, "place"),
        ({"mode": "remote", "call_link": "http://meet.example.org"}, "call_link"),
        ({"days": "9"}, "days"),
        ({"objective": " "}, "objective"),
        ({"objective": "a" * 2000}, "objective"),
        ({"image_rights": "perhaps"}, "image_rights"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_is_refused_by_its_field_and_all_is_kept(pair, browser, session, locale, changes, field):
    browser.login(pair.author)
    page = browser.get(f"/{locale}/contributions/{pair.contribution.id}/missions/new")
    page = browser.submit(page, "missions/new", status=422, **terms(**changes))
    assert page.error_of(field)
    assert page.form("missions/new")["expenses"] == ""
    assert page.form("missions/new")["lodging"] == "yes"
    assert session.exec(select(Mission)).all() == []


def test_an_hour_may_be_written_as_people_write_it(pair, browser, session):
    browser.login(pair.author)
    page = browser.get(f"/ar/contributions/{pair.contribution.id}/missions/new")
    browser.submit(page, "missions/new", **terms(ends_on="", starts_at="١٨:٣٠", days=""))
    mission = session.exec(select(Mission)).one()
    assert (mission.starts_at.hour, mission.starts_at.minute, mission.days) == (18, 30, 1)


def test_sent_twice_it_is_proposed_once(pair, browser, session):
    browser.login(pair.author)
    page = browser.get(f"/fr/contributions/{pair.contribution.id}/missions/new")
    for _again in range(2):
        browser.submit(page, "missions/new", **terms())
    assert len(session.exec(select(Mission)).all()) == 1


def test_nobody_else_knows_of_a_mission(proposed, pair, new_browser, make):
    _zahra, _samir, url = proposed
    stranger = new_browser().login(make(User))
    for part in ("", "/edit", "/evaluation", "/agreement.pdf", "/mission.ics", "/certificate.pdf"):
        stranger.get(url + part, status=404)
    stranger.post(f"{url}/agree", status=404, seen="1")
    moderator = new_browser().login(make.moderator("09"))
    assert not moderator.get(url).select("main form")
    moderator.get(f"{url}/edit", status=404)


def test_an_agreement_speaks_both_languages_and_says_who_agreed(proposed, locale):
    zahra, samir, url = proposed
    samir.submit(samir.get(url), "/agree")
    answer = zahra.client.get(f"{url}/agreement.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert len(pikepdf.open(BytesIO(answer.content)).pages) == 1, "one page, which is signed at a glance"
    assert samir.client.get(f"{url}/certificate.pdf").status_code == 404


def test_the_date_is_for_a_telephone(pair, new_browser, session):
    zahra = new_browser().login(pair.author)
    page = zahra.get(f"/fr/contributions/{pair.contribution.id}/missions/new")
    day = "2027-03-16"
    page = zahra.submit(page, "missions/new", **terms(starts_on=day, ends_on="", starts_at="18:30", days=""))
    url = page.url.split("testserver")[1]
    event = icalendar.Calendar.from_ical(zahra.client.get(f"{url}/mission.ics").content).walk("VEVENT")[0]
    assert event.decoded("dtstart").isoformat() == "2027-03-16T17:30:00+00:00"
    assert str(event["status"]) == "TENTATIVE"
    zahra.submit(zahra.get(f"{url}/edit"), "/edit", ends_on="2027-03-18", starts_at="")
    changed = icalendar.Calendar.from_ical(zahra.client.get(f"{url}/mission.ics").content).walk("VEVENT")[0]
    assert (changed["uid"], changed["sequence"] > event["sequence"]) == (event["uid"], True)
    assert changed.decoded("dtend").isoformat() == "2027-03-19"


def test_each_side_gets_ready_and_asks_the_other(proposed, pair, session, locale):
    zahra, samir, url = proposed
    samir.submit(samir.get(url), "/agree")
    page = samir.submit(samir.get(url), f"{url}/preparation", text="Y a-t-il un projecteur ?", asked_of="team")
    assert "Y a-t-il un projecteur ?" in page.words
    samir.submit(page, f"{url}/preparation", status=422, text="", asked_of="team")
    page = zahra.get(url)
    forms = [form["action"] for form in page.select("form") if "/preparation/" in str(form["action"])]
    page = zahra.post(forms[-1], answer="Oui, à la Maison des jeunes.")
    assert "Oui, à la Maison des jeunes." in page.words
    samir.post(forms[-1], status=403, answer="Non.")
    zahra.post(url + "/preparation/999999999999", status=404, answer="x")


def test_what_a_mission_produced_is_kept_for_both_sides(proposed, pair, new_browser, make):
    zahra, samir, url = proposed
    samir.submit(samir.get(url), "/agree")
    page = samir.submit(
        samir.get(url), f"{url}/documents", files=[("file", ("../rapport.pdf", pdf()))], title="Rapport"
    )
    document = page.select_one("#documents a")["href"]
    answer = zahra.client.get(document)
    assert answer.content == pdf()
    assert "rapport.pdf" in answer.headers["content-disposition"]
    assert new_browser().login(make(User)).client.get(document).status_code == 404
    refused = zahra.submit(
        zahra.get(url), f"{url}/documents", 422, files=[("file", ("a.pdf", b"MZ"))], title="Un programme"
    )
    assert refused.error_of("file")
    assert refused.form(f"{url}/documents")["title"] == "Un programme"
    zahra.post(document + "/remove", status=403)
    assert not samir.post(document + "/remove").select("#documents a")


def test_a_mission_of_a_contribution_that_ended_waits_for_nobody(proposed, pair, session):
    from app.missions import actions

    _zahra, samir, url = proposed
    pair.contribution.state = State.WITHDRAWN
    session.flush()
    assert "agree" not in str(samir.get(url).select("form"))
    assert actions.cancel_left_over(session, 20) == 1
    assert actions.cancel_left_over(session, 20) == 0
    assert step_of(session, session.exec(select(Mission)).one().id) is None
    assert "mission_cancelled" in told(session, pair.helper)
