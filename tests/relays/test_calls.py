"""Grouped calls: prepared, opened, joined, answered for several needs, told."""

from datetime import date, time, timedelta

import pytest
from sqlmodel import select

from app.accounts.models import GrantKind, User
from app.contributions.models import Contribution, State
from app.deadlines.models import OpenStep
from app.deadlines.steps import Step
from app.journal.models import Entry, Subject
from app.kernel.database import at, now
from app.kernel.days import today
from app.kernel.errors import Forbidden, Invalid, NotFound
from app.notifications.models import Message
from app.organisations.models import Membership, Organisation, OrganisationKind
from app.profiles.models import Profile, ProfileKind
from app.projects.models import Need, NeedState, Project, Translation
from app.relays.calls import actions, answering, calendars, queries, rules
from app.relays.calls.actions import AlreadyMoved, ChangedMeanwhile, Content, NotReady
from app.relays.calls.models import CalledNeed, CallState, GroupedCall, PlaceState
from app.relays.calls.rules import Verb
from tests.factories import ARBAA_SAHEL, OUIJJANE, TINZART


@pytest.fixture
def province(make):
    return make(Organisation, kind=OrganisationKind.PROVINCE, name_fr="Province", province_code="09.581")


@pytest.fixture
def maker(make, province):
    user = make(User, name="Salma Province")
    make(Membership, organisation_id=province.id, user_id=user.id)
    return user


@pytest.fixture
def content(province):
    def of(**given):
        filled = {
            "title_fr": "L’eau, ensemble",
            "title_ar": "الماء معا",
            "intro_fr": "Trois communes cherchent la même chose.",
            "intro_ar": "ثلاث جماعات تبحث عن الشيء نفسه.",
            "theme_code": "water_sanitation",
            "organisation_id": province.id,
            "answers_by": today() + timedelta(days=30),
            "meets_on": None,
            "meets_at": None,
            "meets_zone": "Africa/Casablanca",
            "place": "",
            "link": "",
        }
        return Content(**filled | given)

    return of


@pytest.fixture
def water(make):
    """A published need of the sector in a commune, and its team."""

    def of(code, text="Un schéma du réseau d’eau.", **given):
        project = make(Project, commune_code=code, theme_code="water_sanitation")
        return make(Need, project_id=project.id, text=text, **given)

    return of


@pytest.fixture
def needs(water):
    return [water(ARBAA_SAHEL), water(OUIJJANE, "Former deux fontainiers.")]


@pytest.fixture
def call(session, maker, content, needs):
    made = actions.create(session, maker, content())
    actions.choose(session, maker, made, [need.id for need in needs], [])
    actions.move(session, maker, made, Verb.OPEN)
    return made


def step_of(session, call):
    row = session.exec(
        select(OpenStep)
        .where(OpenStep.subject_kind == Subject.GROUPED_CALL, OpenStep.subject_id == call.id)
        .execution_options(populate_existing=True)
    ).first()
    return (row.step, row.due_on) if row else None


def told(session, kind):
    return session.exec(select(Message).where(Message.kind == kind)).all()


def test_who_makes_them(session, make, maker, call):
    assert rules.may_make(queries.maker(session, maker))
    assert rules.may_make(queries.maker(session, make.moderator("01")))
    assert rules.may_make(queries.maker(session, make.granted(GrantKind.COORDINATOR)))
    agent = make(User)
    commune = make(Organisation, kind=OrganisationKind.COMMUNE, commune_code=ARBAA_SAHEL)
    make(Membership, organisation_id=commune.id, user_id=agent.id)
    assert not rules.may_make(queries.maker(session, agent))
    with pytest.raises(Forbidden):
        actions.move(session, agent, call, Verb.CLOSE)
    other = make(Organisation, kind=OrganisationKind.REGION, region_code="01")
    make(Membership, organisation_id=other.id, user_id=(stranger := make(User)).id)
    assert not rules.makes(queries.maker(session, stranger), call)


def test_it_opens_once_nothing_lacks(session, maker, content, needs, water):
    made = actions.create(session, maker, content(title_ar=""))
    actions.choose(session, maker, made, [needs[0].id, water(ARBAA_SAHEL).id], [])
    assert rules.lacks(made, [ARBAA_SAHEL, ARBAA_SAHEL]) == ["title_ar", "needs"]
    with pytest.raises(NotReady):
        actions.move(session, maker, made, Verb.OPEN)
    actions.edit(session, maker, made, content(), made.version)
    actions.choose(session, maker, made, [needs[1].id], [])
    actions.move(session, maker, made, Verb.OPEN)
    assert made.state is CallState.OPEN
    assert step_of(session, made) == (Step.CALL_CLOSED, made.answers_by)
    assert {m.recipient_id for m in told(session, "need_in_grouped_call")} >= {n.project.author_id for n in needs}
    with pytest.raises(AlreadyMoved):
        actions.move(session, maker, made, Verb.OPEN)


def test_two_who_write_at_once_do_not_lose_each_others_words(session, maker, call, content):
    actions.edit(session, maker, call, content(title_fr="L’eau d’abord"), 1)
    with pytest.raises(ChangedMeanwhile):
        actions.edit(session, maker, call, content(title_fr="Autre"), 1)


def test_what_was_written_is_changed_in_the_same_form(new_browser, maker, call, locale):
    browser = new_browser().login(maker)
    page = browser.get(f"/{locale}/relays/calls/{call.id}/edit")
    browser.submit(page, "/edit", place="Salle communale", meets_on=str(today() + timedelta(days=9)), meets_at="18 h")
    assert (call.place, call.meets_at, call.theme_code) == ("Salle communale", time(18), "water_sanitation")
    assert browser.get(f"/{locale}/relays/calls/{call.id}/edit").form("/edit")["meets_at"] == "18:00"


def test_a_draft_is_only_for_those_who_make_it(session, new_browser, make, maker, content):
    draft = actions.create(session, maker, content())
    new_browser().get(f"/fr/relays/calls/{draft.id}", status=404)
    new_browser().login(make(User)).get(f"/fr/relays/calls/{draft.id}", status=404)
    new_browser().login(maker).get(f"/fr/relays/calls/{draft.id}")
    new_browser().login(make.moderator("01")).get(f"/fr/relays/calls/{draft.id}")


def test_everybody_reads_it_in_their_language(browser, call, needs, locale, make):
    make(
        Translation,
        project_id=needs[0].project_id,
        name=f"need-{needs[0].id}",
        language="ar",
        content={"text": "مخطط شبكة الماء"},
        of_version=1,
        author_id=needs[0].project.author_id,
    )
    page = browser.get(f"/{locale}/relays/calls/{call.id}")
    assert page.select_one("h1").text.strip() == {"fr": "L’eau, ensemble", "ar": "الماء معا"}[locale]
    assert {"fr": needs[0].text, "ar": "مخطط شبكة الماء"}[locale] in page.words
    assert call.title_fr in browser.get("/fr/relays/calls").words
    assert f"/relays/calls/{call.id}" in browser.client.get("/sitemap.xml").text


def test_a_commune_joins_and_whoever_makes_it_answers(session, new_browser, make, maker, call, water, locale):
    need = water(TINZART, "Réparer deux forages.")
    agent = session.get(User, need.project.author_id)
    browser = new_browser().login(agent)
    page = browser.get(f"/{locale}/relays/calls/{call.id}/join")
    browser.submit(page, "/join")
    row = session.get(CalledNeed, (call.id, need.id))
    assert row.state is PlaceState.ASKED
    assert step_of(session, call)[0] is Step.CALL_JOIN_ANSWERED
    assert [m.recipient_id for m in told(session, "grouped_call_join_asked")] == [maker.id]
    assert need.text not in new_browser().get(f"/{locale}/relays/calls/{call.id}").words

    province = new_browser().login(maker)
    page = province.submit(province.get(f"/{locale}/relays/calls/{call.id}"), "/take-in")
    assert row.state is PlaceState.IN and need.text in page.words
    assert step_of(session, call)[0] is Step.CALL_CLOSED
    assert [m.recipient_id for m in told(session, "grouped_call_join_accepted")] == [agent.id]

    browser.submit(browser.get(f"/{locale}/relays/calls/{call.id}"), "/leave")
    assert row.state is PlaceState.OUT


def test_a_moderator_joins_at_once_and_a_stranger_never(session, make, call, water):
    need = water(TINZART)
    assert actions.join(session, make.moderator("09"), call, need) is PlaceState.IN
    with pytest.raises(NotFound):
        actions.join(session, make(User), call, water(TINZART))
    with pytest.raises(NotFound):
        actions.leave(session, make(User), call, need.id)


def test_turned_down_with_a_kind_word_and_taken_in_after_all(session, maker, call, water):
    need = water(TINZART)
    actions.join(session, session.get(User, need.project.author_id), call, need)
    actions.answer_join(session, maker, call, need.id, False, "La prochaine fois !")
    [message] = told(session, "grouped_call_join_declined")
    assert "La prochaine fois" in message.body
    actions.answer_join(session, maker, call, need.id, True, "")
    assert session.get(CalledNeed, (call.id, need.id)).state is PlaceState.IN


def test_a_group_answers_for_several_needs_at_once(session, new_browser, make, call, needs, water, locale):
    contact = make(User)
    group = make(Profile, owner_id=contact.id, kind=ProfileKind.GROUP, name="Les amis de l’eau")
    browser = new_browser().login(contact)
    page = browser.get(f"/{locale}/relays/calls/{call.id}/answer")
    page = browser.submit(page, "/answer", status=422, message="Nous venons en août.")
    assert page.error_of("needs") and "Nous venons en août." in page.words
    page = browser.submit(page, "/answer", needs=[str(need.id) for need in needs], message="Nous venons en août.")
    offers = session.exec(select(Contribution).order_by(Contribution.need_id)).all()
    assert [(o.need_id, o.profile_id, o.state) for o in offers] == [(n.id, group.id, State.PROPOSED) for n in needs]
    assert len(page.select(".card.linked")) == 2
    assert queries.figures(session, call) == queries.Figures(2, 2)


def test_what_cannot_be_offered_does_not_stop_the_rest(session, make, call, needs):
    contact = make(User)
    profile = make(Profile, owner_id=contact.id)
    needs[0].state = NeedState.CLOSED
    session.flush()
    first = answering.answer(session, contact, call, profile, [need.id for need in needs], "Bonjour")
    assert [(one.need.id, bool(one.why)) for one in first] == [(needs[0].id, True), (needs[1].id, False)]
    again = answering.answer(session, contact, call, profile, [needs[1].id], "Bonjour")
    assert again[0].why and again[0].contribution.id == first[1].contribution.id
    with pytest.raises(Invalid):
        answering.answer(session, contact, call, profile, [10**12], "Bonjour")


def test_after_its_last_day_it_takes_no_answer(session, make, call, needs):
    contact = make(User)
    profile = make(Profile, owner_id=contact.id)
    with at(now() + timedelta(days=40)), pytest.raises(AlreadyMoved):
        answering.answer(session, contact, call, profile, [needs[0].id], "Bonjour")


def test_closed_then_told(session, new_browser, maker, call):
    actions.move(session, maker, call, Verb.CLOSE)
    assert step_of(session, call)[0] is Step.CALL_REPORTED
    browser = new_browser().login(maker)
    page = browser.get(f"/fr/relays/calls/{call.id}")
    page = browser.submit(page, "/move/report", status=422, report="Bien")
    assert page.error_of("report")
    page = browser.submit(page, "/move/report", report="Deux associations ont répondu, la première mission est en mai.")
    assert call.state is CallState.HELD and step_of(session, call) is None
    assert "la première mission est en mai" in new_browser().get(f"/fr/relays/calls/{call.id}").words
    entries = session.exec(select(Entry).where(Entry.subject_kind == Subject.GROUPED_CALL).order_by(Entry.id)).all()
    assert [e.verb for e in entries] == ["create", "choose", "open", "close", "report"]


def test_the_meeting_goes_into_a_calendar_at_its_own_hour(session, browser, call):
    call.meets_on, call.meets_at, call.meets_zone = date(2027, 3, 27), time(18, 30), "Europe/Paris"
    call.place = "Maison de la vie associative, Paris"
    session.flush()
    assert b"DTSTART:20270327T173000Z" in calendars.calendar(call, "https://x.example/1", "x.example")
    call.meets_on = date(2027, 3, 28)  # Paris puts its clocks forward
    assert b"DTSTART:20270328T163000Z" in calendars.calendar(call, "https://x.example/1", "x.example")
    session.flush()
    answer = browser.client.get(f"/ar/relays/calls/{call.id}/meeting")
    assert answer.headers["content-type"].startswith("text/calendar") and "الماء معا" in answer.text
    assert "18:30" in browser.get(f"/fr/relays/calls/{call.id}").words


def test_without_a_meeting_there_is_nothing_for_a_calendar(browser, call):
    browser.get(f"/fr/relays/calls/{call.id}/meeting", status=404)


@pytest.mark.parametrize("paper", ["", "a5"])
def test_the_booklet_is_a_pdf_with_each_commune(browser, call, paper):
    answer = browser.client.get(f"/fr/relays/calls/{call.id}/booklet?paper={paper}")
    assert answer.headers["content-type"] == "application/pdf" and answer.content.startswith(b"%PDF")


def test_a_province_prepares_one_from_a_form(session, new_browser, make, maker, needs, locale):
    browser = new_browser().login(maker)
    page = browser.get(f"/{locale}/relays/calls/new")
    odd = {"answers_by": "0001-01-01", "meets_at": "25:00", "link": "javascript:alert(1)", "title_fr": "L’eau"}
    page = browser.submit(page, "/calls/new", status=422, **odd)
    assert all(page.error_of(field) for field in ("theme", "answers_by", "meets_at", "link"))
    assert page.select_one("#f-title_fr")["value"] == "L’eau"
    right = {"answers_by": str(today() + timedelta(days=20)), "meets_at": "", "link": "", "theme": "water_sanitation"}
    page = browser.submit(page, "/calls/new", **right)
    call = session.exec(select(GroupedCall)).one()
    page = browser.submit(page, "/needs", needs=[str(need.id) for need in needs])
    assert needs[0].text in page.words
    page = browser.submit(browser.get(f"/{locale}/relays/calls/{call.id}/needs"), "/needs", needs=[str(needs[1].id)])
    assert needs[0].text not in page.words
    assert not page.select('form[action$="/move/open"]')  # the page says what lacks instead
    browser.post(f"/{locale}/relays/calls/{call.id}/move/open")
    assert call.state is CallState.DRAFT


def test_an_hour_without_a_day_and_one_that_is_skipped_are_refused(new_browser, maker):
    browser = new_browser().login(maker)
    page = browser.get("/fr/relays/calls/new")
    assert browser.submit(page, "/calls/new", status=422, meets_at="18:30").error_of("meets_at")
    skipped = {"meets_on": "2027-03-28", "meets_at": "02:30", "meets_zone": "Europe/Paris"}
    assert browser.submit(page, "/calls/new", status=422, **skipped).error_of("meets_at")


def test_the_list_costs_the_same_however_long(session, browser, maker, content, needs, query_count):
    def one():
        made = actions.create(session, maker, content())
        actions.choose(session, maker, made, [need.id for need in needs], [])
        actions.move(session, maker, made, Verb.OPEN)

    one()
    browser.get("/fr/relays/calls")
    before = query_count()
    browser.get("/fr/relays/calls")
    few = query_count() - before
    for _n in range(3):
        one()
    before = query_count()
    assert len(browser.get("/fr/relays/calls").select(".card.linked")) == 4
    assert query_count() - before == few
