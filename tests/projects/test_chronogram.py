from datetime import date, datetime, timedelta

import pytest
from icalendar import Calendar
from sqlmodel import select

from app.accounts.models import User
from app.journal.models import Entry, Subject
from app.kernel.database import at
from app.kernel.days import today
from app.kernel.errors import Forbidden, NotFound
from app.kernel.i18n import ZONE, speaking
from app.projects import fiche, phases, sections, translating
from app.projects.chronogram import MOST_TICKS, chart
from app.projects.fiche import StaleSection
from app.projects.models import Moderation, Stage
from app.projects.sections import Phase, PhaseState

CHRONOGRAM = sections.BY_NAME["chronogram"]
BUY = {"title": "Acheter le camion", "responsible": "La commune", "starts_on": "2027-01-04", "ends_on": "2027-01-29"}
SORT = {"title": "Apprendre à trier", "starts_on": "2027-03-22", "ends_on": "2027-04-02"}
DAY = date(2027, 2, 10)


def phase(starts, ends, state=None):
    return Phase(title="Étape", starts_on=starts, ends_on=ends, state=state)


@pytest.fixture
def write(session, project, author, stands):
    def write(*rows):
        version = fiche.section(session, project, CHRONOGRAM).version
        return fiche.save(session, stands(author), project, CHRONOGRAM, {"phases": list(rows)}, "fr", version)

    return write


@pytest.fixture
def kept(session, project):
    return lambda: [row.get("state") for row in fiche.section(session, project, CHRONOGRAM).content["phases"]]


@pytest.mark.parametrize(
    ("state", "starts", "ends", "kind", "words"),
    [
        ("done", "2027-01-01", "2027-01-10", "done", "Fait"),
        ("done", "2027-03-01", "2027-03-10", "done", "Fait"),
        ("under_way", "2027-02-01", "2027-02-10", "under_way", "En cours"),
        ("under_way", "2027-02-01", "2027-02-09", "late", "En retard de 1 jour"),
        ("to_do", "2027-02-11", "2027-02-20", "to_do", "À faire"),
        ("to_do", "2027-02-09", "2027-02-20", "late", "Devait commencer le 9 février 2027"),
        ("to_do", "2027-01-01", "2027-01-31", "late", "En retard de 10 jours"),
        (None, "2027-02-11", "2027-02-20", "to_do", "Prévu"),
        (None, "2027-02-01", "2027-02-10", "under_way", "En cours, d’après les dates"),
        (None, "2027-01-01", "2027-02-09", "unsaid", "Les dates sont passées\u00a0: est-ce fait\u202f?"),
    ],
)
def test_each_phase_says_in_words_where_it_is(state, starts, ends, kind, words):
    bar = chart([phase(starts, ends, state)], DAY, is_over=False).bars[0]
    assert (bar.kind, bar.words) == (kind, words)


def test_of_a_realised_project_nobody_asks_whether_old_phases_are_done():
    assert chart([phase("2026-01-01", "2026-02-09")], DAY, is_over=True).bars[0].kind == "done"


def test_bars_are_where_their_days_are():
    drawn = chart([phase("2027-01-01", "2027-01-31"), phase("2027-02-01", "2027-02-28")], DAY, is_over=False)
    first, second = drawn.bars
    assert (first.start, first.width) == (0, pytest.approx(100 * 31 / 59, abs=0.01))
    assert second.start == pytest.approx(first.width, abs=0.01)
    assert second.start + second.width == pytest.approx(100, abs=0.02)
    assert drawn.today == pytest.approx(100 * 40.5 / 59, abs=0.02)


@pytest.mark.parametrize(
    ("starts", "ends"),
    [
        ("2027-01-31", "2027-01-31"),
        ("2027-12-31", "2028-01-01"),
        ("2027-01-01", "2029-12-31"),
        ("2020-05-05", "2040-05-05"),
        ("1950-01-01", "2099-12-31"),
        ("2099-12-31", "2099-12-31"),
    ],
)
@pytest.mark.parametrize("locale_", ["fr", "ar"])
def test_a_chart_of_any_length_fits(starts, ends, locale_):
    with speaking(locale_):
        drawn = chart([phase(starts, ends), phase(starts, starts)], DAY, is_over=False)
    assert 1 <= len(drawn.ticks) <= MOST_TICKS + 2 and drawn.ticks[0].year
    assert all(0 <= tick.at < 100 for tick in drawn.ticks)
    assert all(bar.start >= 0 and bar.width >= 1.5 and bar.start + bar.width <= 100.02 for bar in drawn.bars)


def test_months_have_the_names_that_morocco_gives_them():
    with speaking("ar"):
        drawn = chart([phase("2027-07-01", "2027-12-31")], date(2027, 8, 1), is_over=False)
    assert [tick.month for tick in drawn.ticks] == ["يوليوز", "غشت", "شتنبر", "أكتوبر", "نونبر", "دجنبر"]


def test_today_is_not_drawn_far_away_and_no_phase_is_no_chart():
    assert chart([phase("2017-01-01", "2017-02-09")], DAY, is_over=False).today is None
    assert chart([], DAY, is_over=False) is None


def test_one_tap_says_where_a_phase_is_and_the_journal_keeps_it(session, project, author, stands, write, kept):
    write(BUY, SORT)
    said = phases.say(session, stands(author), project, 1, PhaseState.UNDER_WAY, 1)
    assert kept() == [None, "under_way"] and (said.before, said.version) == (None, 2)
    entry = session.exec(select(Entry).where(Entry.subject_kind == Subject.PROJECT, Entry.verb == "phase")).one()
    assert (entry.to_state, entry.data) == ("under_way", {"number": 1, "title": "Apprendre à trier"})
    phases.say(session, stands(author), project, 1, PhaseState.UNDER_WAY, 2)
    assert fiche.section(session, project, CHRONOGRAM).version == 2


def test_the_phase_that_was_read_is_found_again_when_another_was_put_before_it(
    session, project, author, co_author, stands, write, kept
):
    write(SORT)
    write(BUY, SORT)
    phases.say(session, stands(co_author), project, 0, PhaseState.DONE, 1)
    assert kept() == [None, "done"]


def test_a_phase_that_changed_is_not_touched_blindly(session, project, author, stands, write, kept):
    write(BUY)
    write({**BUY, "title": "Louer un camion"})
    with pytest.raises(StaleSection):
        phases.say(session, stands(author), project, 0, PhaseState.DONE, 1)
    with pytest.raises(NotFound):
        phases.say(session, stands(author), project, 4, PhaseState.DONE, 2)
    assert kept() == [None]


def test_readers_say_nothing(session, project, stands, write, make):
    write(BUY)
    with pytest.raises(Forbidden):
        phases.say(session, stands(make(User)), project, 0, PhaseState.DONE, 1)


def test_a_tap_leaves_translations_as_they_are(session, project, author, stands, write):
    write(BUY)
    text = fiche.text_of(fiche.section(session, project, CHRONOGRAM))
    words = {"phases-0-title": "شراء الشاحنة", "phases-0-responsible": "الجماعة"}
    translating.translate(session, stands(author), project, text, words, 1, "")
    phases.say(session, stands(author), project, 0, PhaseState.DONE, 1)
    one = fiche.view(session, project, stands(None), "ar").sections[0]
    assert not one.reading.has_moved
    assert (one.content.phases[0].title, one.content.phases[0].state) == ("شراء الشاحنة", PhaseState.DONE)
    write({**BUY, "title": "Louer un camion"})
    assert fiche.view(session, project, stands(None), "ar").sections[0].reading.has_moved


def test_an_editor_taps_and_takes_it_back(browser, project, author, write, kept, locale):
    start = today()
    write(
        {
            "title": "Acheter",
            "starts_on": str(start - timedelta(30)),
            "ends_on": str(start - timedelta(3)),
            "state": "to_do",
        }
    )
    page = browser.login(author).get(f"/{locale}/projects/{project.id}")
    assert page.select_one("#section-chronogram .phase.late .state.late")
    page = browser.submit(page, "/chronogram/0/done")
    assert kept() == ["done"] and page.select_one("#section-chronogram .phase.done")
    browser.post(page.select_one('form[action*="/chronogram/0/to_do"]')["action"])
    assert kept() == ["to_do"]


def test_the_chart_begins_at_the_right_in_arabic(browser, project, author, write, locale):
    write(BUY, SORT)
    page = browser.get(f"/{locale}/projects/{project.id}")
    first, last = (float(bar["x"].rstrip("%")) for bar in page.select(".phase-bar rect"))
    assert (first < last) == (locale == "fr")
    assert not page.select("#section-chronogram form")
    assert all(svg["aria-hidden"] == "true" for svg in page.select(".chronogram svg"))
    assert "Acheter le camion" in page.select_one("#section-chronogram ol").text


def test_a_phase_that_is_over_in_a_realised_project_reads_as_done(browser, project, author, write):
    project.stage = Stage.REALISED
    write({"title": "Acheter", "starts_on": "2020-01-01", "ends_on": "2020-02-01"})
    assert browser.get(f"/fr/projects/{project.id}").select_one(".phase.done")


def test_the_form_keeps_the_state_of_each_phase(browser, project, author, write, kept):
    write({**BUY, "state": "done"}, SORT)
    form = browser.login(author).get(f"/fr/projects/{project.id}/sections/chronogram/edit")
    assert form.select_one("#f-phases-0-state option[selected]")["value"] == "done"
    browser.submit(form, "/edit", **{"phases-1-state": "under_way"})
    assert kept() == ["done", "under_way"]
    form = browser.get(f"/fr/projects/{project.id}/sections/chronogram/edit")
    page = browser.submit(form, "/edit", status=422, **{"phases-1-state": "magic"})
    assert page.error_of("phases-1-state")
    history = browser.get(f"/fr/projects/{project.id}/sections/chronogram/history")
    assert "En cours" in history.select_one("#version-2").text


@pytest.mark.parametrize("rest", ["0/magic", "9/done", f"{2**31}/done", f"{10**30}/done"])
def test_a_tap_on_nothing_is_not_found(browser, project, author, write, rest):
    write(BUY)
    browser.login(author).post(f"/fr/projects/{project.id}/chronogram/{rest}?version=1", status=404)


@pytest.mark.parametrize("version", ["", "-1", "deux", "999999999999"])
def test_a_tap_of_a_version_that_does_not_exist(browser, project, author, write, kept, version):
    write(BUY)
    browser.login(author).post(f"/fr/projects/{project.id}/chronogram/0/done?version={version}", status=404)
    assert kept() == [None]


def events(browser, project, locale="fr"):
    answer = browser.client.get(f"/{locale}/projects/{project.id}/chronogram.ics")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content).walk("VEVENT")


def test_the_dates_go_to_an_agenda_as_whole_days_whatever_the_clocks_do(
    browser, project, author, stands, write, session
):
    """Europe changes its hour on 28 March 2027; Morocco around Ramadan."""
    write(BUY, SORT)
    with at(datetime(2027, 3, 27, 23, 30, tzinfo=ZONE)):
        first, second = events(browser, project)
    assert (second["dtstart"].dt, second["dtend"].dt) == (date(2027, 3, 22), date(2027, 4, 3))
    assert "T" not in second["dtstart"].to_ical().decode()
    assert first["summary"] == "Acheter le camion" and "La commune" in first["description"]
    uids = [event["uid"] for event in (first, second)]
    phases.say(session, stands(author), project, 0, PhaseState.DONE, 1)
    again = events(browser, project)
    assert [event["uid"] for event in again] == uids and again[0]["sequence"] == 2


def test_the_agenda_is_in_the_reader_s_language(browser, project, author, stands, write, session):
    write(BUY)
    text = fiche.text_of(fiche.section(session, project, CHRONOGRAM))
    words = {"phases-0-title": "شراء الشاحنة", "phases-0-responsible": "الجماعة"}
    translating.translate(session, stands(author), project, text, words, 1, "")
    assert events(browser, project, "ar")[0]["summary"] == "شراء الشاحنة"
    assert "/ar/projects/" in events(browser, project, "ar")[0]["url"]


def test_there_is_no_agenda_of_what_is_not_there_or_not_public(browser, project, write):
    browser.get(f"/fr/projects/{project.id}/chronogram.ics", status=404)
    write(BUY)
    project.moderation, project.published_at = Moderation.WAITING, None
    browser.get(f"/fr/projects/{project.id}/chronogram.ics", status=404)
