"""Every route with every role, held against one table (`access.tsv`): what each of them is answered.

`page` it is shown · `done` it was done, or leads on · `form` it comes back with what lacks · `in` to the sign-in page ·
`gone` absent · `no` forbidden · `late` something came before.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from fastapi.routing import APIRoute

from app.accounts.models import User
from app.assistance.models import AssistanceRequest
from app.contributions.models import Contribution, ContributionDocument, Origin, State
from app.deliveries.models import Delivery, DeliveryState
from app.files.models import FileKind, StoredFile
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.days import today
from app.main import ROUTERS
from app.matching.models import Objection
from app.missions.models import Mission
from app.news.models import NewsItem, NewsState
from app.organisations.models import Membership, MembershipState, Organisation
from app.profiles.models import Profile, ProfilePlace
from app.projects.models import Moderation, Need, NeedKind, Photo, Project, Thanks
from app.projects.suggesting.models import Suggestion
from app.relays.calls.models import CalledNeed, CallState, GroupedCall
from app.relays.models import KnownPerson, Relay
from app.threads.models import Post, Thread
from tests.browser_client import Browser
from tests.factories import ARBAA_SAHEL, Factory

ROLES = ("nobody", "stranger", "author", "agent", "contributor", "moderator", "elsewhere", "administrator")
TABLE = Path(__file__).parent / "access.tsv"


@dataclass
class World:
    """A project that waits, one that is published, and something of each other kind, all of Arbaa Sahel (region 09)."""

    people: dict[str, User | None]
    ids: dict[str, dict[str, object]]
    """Route name, or "" for all → the values of its path."""


def build(make: Factory) -> World:
    author, agent, contributor, stranger = (make(User) for _ in range(4))
    moderator, elsewhere, administrator = make.moderator("09"), make.moderator("01"), make.administrator()
    commune = make(Organisation, kind="commune", commune_code=ARBAA_SAHEL, province_code="09.581", region_code="09")
    make(Membership, organisation_id=commune.id, user_id=agent.id, state=MembershipState.VERIFIED)
    waiting = make(Membership, organisation_id=commune.id, user_id=make(User).id, state=MembershipState.WAITING)
    private = make(
        Project, author_id=author.id, commune_code=ARBAA_SAHEL, moderation=Moderation.WAITING, published_at=None
    )
    public = make(Project, author_id=author.id, commune_code=ARBAA_SAHEL)
    unseen, need = make(Need, project_id=private.id), make(Need, project_id=public.id)
    suggestion = make(Suggestion, project_id=private.id, author_id=contributor.id, section="objective")
    profile = make(Profile, owner_id=contributor.id, country="MA")
    make(ProfilePlace, profile_id=profile.id, commune_code=ARBAA_SAHEL)
    offer = make(
        Contribution, need_id=need.id, profile_id=profile.id, origin=Origin.OFFER, created_by_id=contributor.id
    )
    agreed = make(
        Contribution,
        need_id=make(Need, project_id=public.id).id,
        profile_id=profile.id,
        created_by_id=contributor.id,
        approved_by_id=administrator.id,
        state=State.ACCEPTED,
    )
    days = {"contribution_id": agreed.id, "starts_on": today()}
    mission, held = make(Mission, state="agreed", **days), make(Mission, state="held", **days)
    closed = make(Mission, state="closed", **{**days, "starts_on": today() - timedelta(days=60)})
    photo = make(Photo, project_id=private.id)
    make(Thanks, project_id=private.id, user_id=contributor.id)
    kept = make(
        StoredFile,
        kind=FileKind.DOCUMENT,
        name="cv.pdf",
        media_type="x",
        size=1,
        width=None,
        height=None,
        content=b"x",
        owner_id=contributor.id,
    )
    document = make(ContributionDocument, contribution_id=offer.id, file_id=kept.id)
    books = make(Need, project_id=public.id, kind=NeedKind.EQUIPMENT, quantity=40)
    gift = make(
        Contribution,
        need_id=books.id,
        profile_id=profile.id,
        state=State.ACCEPTED,
        approved_by_id=moderator.id,
        pledged=20,
        sent=5,
    )
    delivery = make(
        Delivery,
        contribution_id=gift.id,
        quantity=5,
        state=DeliveryState.ON_THE_WAY,
        created_by_id=contributor.id,
    )
    news = make(NewsItem, author_id=author.id, commune_code=ARBAA_SAHEL, state=NewsState.WAITING, published_at=None)
    request = make(AssistanceRequest)
    thread = make(Thread, subject_kind=Subject.PROJECT, subject_id=public.id)
    post = make(Post, thread_id=thread.id, author_id=contributor.id)
    people = dict(
        zip(ROLES, (None, stranger, author, agent, contributor, moderator, elsewhere, administrator), strict=True)
    )
    entry = make(Entry, actor_id=make(User).id, subject_kind=Subject.PROJECT, subject_id=private.id, verb="publish")
    left = make(
        Contribution,
        need_id=need.id,
        profile_id=make(Profile).id,
        state=State.APPROVED,
        approved_by_id=moderator.id,
        state_since=now() - timedelta(days=90),
    )
    relay = make(Relay, need_id=need.id, user_id=contributor.id, code="k7m2w9pq")
    known = make(KnownPerson, recorded_by_id=agent.id, reach_id=agent.id)
    call = make(GroupedCall, author_id=moderator.id, state=CallState.OPEN, opened_at=now(), meets_on=today())
    make(CalledNeed, call_id=call.id, need_id=need.id, added_by_id=moderator.id)
    objection = make(Objection, said_by_id=make(User).id, need_id=need.id, profile_id=profile.id)
    everywhere: dict[str, object] = {
        "project_id": private.id,
        "need_id": unseen.id,
        "section": "objective",
        "text": "idea",
        "suggestion_id": suggestion.id,
        "number": 0,
        "state": "done",
        "code": uuid4(),
        "device": uuid4(),
        "user_id": stranger.id,
        "profile_id": profile.id,
        "organisation_id": commune.id,
        "membership_id": waiting.id,
        "contribution_id": offer.id,
        "mission_id": mission.id,
        "point_id": 0,
        "photo_id": photo.id,
        "document_id": 0,
        "delivery_id": delivery.id,
        "news_id": news.id,
        "request_id": request.id,
        "entry_id": entry.id,
        "objection_id": objection.id,
        "relay_id": relay.id,
        "call_id": call.id,
        "known_id": known.id,
        "verb": "publish",
        "purpose": "thanked",
        "step": "offer_answered",
        "kind": "project",
        "subject_id": public.id,
        "post_id": post.id,
        "message_id": 1,
        "token": "x",
        "key": str(private.id),
        "short": f"p{private.id}",
    }
    late = {"kind": "contribution", "subject_id": left.id}
    own = {
        "left_waiting": late,
        "leave_more_time": late,
        "close_waiting": late,
        "offer": {"need_id": need.id},
        "send_offer": {"need_id": need.id},
        "need_people": {"need_id": need.id},
        "why_not": {"need_id": need.id},
        "compare_offers": {"need_id": need.id},
        "decide_offers": {"need_id": need.id},
        "share_work": {"need_id": need.id},
        "say_wrong": {"need_id": need.id},
        "invite": {"need_id": need.id},
        "send_invitation": {"need_id": need.id},
        "answer_contribution": {"verb": "approve"},
        "move_call": {"verb": "close"},
        "answer_join": {"need_id": need.id, "answer": "leave"},
        "move_known_person": {"verb": "end"},
        "ask_to_relay": {"need_id": need.id},
        "new_mission": {"contribution_id": agreed.id},
        "propose_mission": {"contribution_id": agreed.id},
        **{name: {"mission_id": held.id} for name in ("evaluate_mission", "save_mission_evaluation")},
        "mission_certificate": {"mission_id": held.id},
        **{name: {"mission_id": closed.id} for name in ("follow_up_mission", "save_follow_up")},
        "relay_need": {"need_id": need.id},
        "make_relay": {"need_id": need.id},
        "move_relay": {"verb": "stop"},
        "opened_relay": {"code": relay.code},
        "count_opening": {"code": relay.code},
        "move_photo": {"verb": "remove"},
        **{
            name: {"contribution_id": gift.id}
            for name in ("deliveries", "send_objects", "receive_objects", "give_up_objects", "promise_objects")
        },
        "read_document": {"document_id": document.id},
        "remove_document": {"document_id": document.id},
        "need_deliveries": {"need_id": books.id},
        "territory": {"code": "09"},
        "commune": {"code": ARBAA_SAHEL},
    }
    return World(people, {"": everywhere, **own})


def routes() -> Iterator[tuple[str, str, APIRoute]]:
    for router in ROUTERS:
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in sorted(route.methods - {"HEAD"}):
                yield route.name, method, route


def outcome(browser: Browser, method: str, path: str) -> str:
    answer = browser.client.request(method, f"/fr{path}")
    if answer.status_code in (301, 302, 303, 307):
        return "in" if "/account/sign-in" in answer.headers["location"] else "done"
    return {200: "page", 204: "done", 404: "gone", 403: "no", 409: "late", 422: "form"}.get(
        answer.status_code, str(answer.status_code)
    )


def expected() -> dict[str, dict[str, str]]:
    with TABLE.open(encoding="utf-8") as lines:
        return {row["route"]: row for row in csv.DictReader(lines, delimiter="\t")}


def answers(make: Factory, browser: Browser, connection: object, role: str) -> dict[str, str]:
    """Route name → outcome for one role; whatever a request does is taken back before the next."""
    world = build(make)
    if user := world.people[role]:
        browser.login(user)
    cookies = dict(browser.client.cookies)
    make.session.flush()
    found = {}
    for name, method, route in routes():
        values = {**world.ids[""], **world.ids.get(name, {})}
        path = str(route.url_path_for(name, **{key: values[key] for key in route.param_convertors}))
        before = connection.begin_nested()
        found[name] = outcome(browser, method, path)
        before.rollback()
        make.session.expire_all()
        browser.client.cookies.clear()
        browser.client.cookies.update(cookies)
    return found


@pytest.mark.parametrize("role", ROLES)
def test_each_route_answers_each_role_as_the_table_says(make, browser, connection, role):
    table = expected()
    found = answers(make, browser, connection, role)
    assert set(found) == set(table), "a route came or went: say in access.tsv what each role is answered"
    wrong = {name: f"{found[name]}, not {table[name][role]}" for name in found if found[name] != table[name][role]}
    assert wrong == {}


@pytest.mark.parametrize("number", [0, 2**31, 2**63, 10**30])
def test_a_number_that_no_row_has_is_absent(make, browser, number):
    """Never a 500: a number may be larger than the database's."""
    world = build(make)
    browser.login(world.people["administrator"])
    for name, method, route in routes():
        numbers = [key for key in route.param_convertors if key.endswith("_id")]
        if not numbers:
            continue
        values = {**world.ids[""], **world.ids.get(name, {}), **dict.fromkeys(numbers, number)}
        path = str(route.url_path_for(name, **{key: values[key] for key in route.param_convertors}))
        assert outcome(browser, method, path) in ("gone", "form"), f"{method} {path}"
