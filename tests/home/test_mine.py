from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from app.accounts.models import GrantKind, User
from app.contributions.models import Contribution, Origin, State
from app.home import mine
from app.journal import actions as journal
from app.journal.models import Subject
from app.kernel.database import now
from app.news.models import NewsState
from app.notifications.models import Message, MessageState
from app.organisations.models import Membership, MembershipState, Organisation
from app.profiles import chips as profile_chips
from app.profiles.models import GroupMember, Profile, ProfileKind
from app.projects import chips as need_chips
from app.projects.models import CoAuthor, Moderation, Need, Project, Translation
from tests.browser_client import Browser, Page
from tests.factories import Factory
from tests.home.test_front import news

LOCALES = ("fr", "ar")


def section(page: Page, name: str) -> str:
    """The words of one section of the page; empty if it is not there."""
    heading = page.select_one(f"h2#{name}")
    found = heading.find_parent("section") if heading else None
    return " ".join(found.get_text(" ").split()) if found else ""


def message(make: Factory, user: User, **given: object) -> Message:
    plausible = {"kind": "note", "locale": "fr", "subject": "On vous attend", "body": "Un mot.\n\nUn autre."}
    return make(Message, **{"recipient_id": user.id, "state": MessageState.ON_SITE, **plausible, **given})


@pytest.mark.parametrize("lang", LOCALES)
def test_whoever_is_not_signed_in_is_led_to_it_and_back(browser: Browser, lang: str) -> None:
    for address in ("me", "me/projects"):
        page = browser.get(f"/{lang}/{address}", status=303)
        assert page.headers["location"] == f"/{lang}/account/sign-in?then=%2F{lang}%2F{address.replace('/', '%2F')}"


@pytest.mark.parametrize("lang", LOCALES)
def test_a_newcomer_is_told_where_to_begin(browser: Browser, make: Factory, lang: str) -> None:
    page = browser.login(make(User, name="Salma")).get(f"/{lang}/me")
    assert "Salma" in page.select_one("h1").text
    main = {link["href"] for link in page.select("main a")}
    assert {
        f"/{lang}/projects/new",
        f"/{lang}/profiles/mine",
        f"/{lang}/organisations/join",
        f"/{lang}/account",
    } <= main
    assert not main & {f"/{lang}/desk", f"/{lang}/account/enrol", f"/{lang}/account/people"}
    assert not page.select("h2#messages, h2#for-me, h2#contributions, h2#news")


@pytest.mark.parametrize("lang", LOCALES)
def test_ways_go_by_what_somebody_may_do(browser: Browser, make: Factory, lang: str) -> None:
    def ways(user: User) -> set[str]:
        page = browser.logout().login(user).get(f"/{lang}/me")
        return {str(link["href"]).removeprefix(f"/{lang}/") for link in page.select("main .links a")}

    assert "desk" in ways(make.moderator("09"))
    assert "account/enrol" in ways(make.granted(GrantKind.AMBASSADOR))
    assert {"desk", "account/enrol", "account/people"} <= ways(make.administrator())


@pytest.mark.parametrize("lang", LOCALES)
def test_whoever_has_a_desk_is_told_what_waits_there(browser: Browser, make: Factory, lang: str) -> None:
    browser.login(make.moderator("09"))
    assert f"/{lang}/desk" not in {link["href"] for link in browser.get(f"/{lang}/me").select("#waiting ~ * a")}
    for _ in range(3):
        make(Project, moderation=Moderation.WAITING)
    page = browser.get(f"/{lang}/me")
    assert "3" in section(page, "waiting")
    assert page.select(f'section.shelf .next a[href="/{lang}/desk"]')


@pytest.mark.parametrize("lang", LOCALES)
def test_an_offer_to_answer_comes_first(browser: Browser, make: Factory, lang: str) -> None:
    author, moderator = make(User), make.moderator(everywhere=True)
    need = make(Need, project_id=make(Project, author_id=author.id, title="Le tri au village").id)
    approved = make(Contribution, need_id=need.id, state=State.APPROVED, approved_by_id=moderator.id)
    make(Contribution, need_id=need.id)  # the moderator still looks at it
    page = browser.login(author).get(f"/{lang}/me")
    assert "Le tri au village" in section(page, "waiting")
    links = {str(link["href"]) for link in page.select("main a") if "/contributions/" in str(link["href"])}
    assert {link for link in links if link.rpartition("/")[2].isdigit()} == {f"/{lang}/contributions/{approved.id}"}


def test_an_invitation_waits_for_the_person_invited(browser: Browser, make: Factory) -> None:
    profile = make(Profile)
    moderator = make.moderator(everywhere=True)
    make(
        Contribution,
        profile_id=profile.id,
        origin=Origin.INVITATION,
        created_by_id=moderator.id,
        state=State.APPROVED,
        approved_by_id=moderator.id,
    )
    page = browser.login(profile.owner).get("/fr/me")
    assert "On vous invite à aider" in section(page, "waiting")


@pytest.mark.parametrize("lang", LOCALES)
def test_the_question_of_a_moderator_waits_with_its_words(
    browser: Browser, make: Factory, session: Session, lang: str
) -> None:
    author, moderator = make(User), make.moderator("09")
    asked = make(Project, author_id=author.id, moderation=Moderation.QUESTION)
    published = make(Project, author_id=author.id)
    journal.record(
        session, moderator.id, Subject.PROJECT, asked.id, "ask", note="Combien de familles sont concernées ?"
    )
    page = browser.login(author).get(f"/{lang}/me")
    assert asked.title in section(page, "waiting")
    assert "Combien de familles sont concernées ?" in section(page, "waiting")
    assert published.title in section(page, "projects")
    assert asked.title not in section(page, "projects")


def test_what_was_returned_waits_for_its_author(browser: Browser, make: Factory) -> None:
    author = make(User)
    returned = make(Project, author_id=author.id, moderation=Moderation.RETURNED)
    news(make, author_id=author.id, title="À mieux dire", state=NewsState.RETURNED)
    news(make, author_id=author.id, title="Pas encore lue", state=NewsState.WAITING)
    page = browser.login(author).get("/fr/me")
    assert returned.title in section(page, "waiting")
    assert "À mieux dire" in section(page, "waiting")
    assert "Pas encore lue" in section(page, "news")
    assert "À mieux dire" not in section(page, "news")


def test_everybody_who_writes_a_project_finds_it(browser: Browser, make: Factory) -> None:
    organisation = make(Organisation)
    speaker, co_author, stranger = make(Membership, organisation_id=organisation.id).user, make(User), make(User)
    project = make(Project, organisation_id=organisation.id, moderation=Moderation.WAITING)
    make(CoAuthor, project_id=project.id, user_id=co_author.id)
    for user, finds in ((speaker, True), (co_author, True), (stranger, False)):
        page = browser.logout().login(user).get("/fr/me")
        assert (project.title in page.words) is finds


def test_nothing_of_others_leaks(browser: Browser, make: Factory) -> None:
    other = make(User, name="Nom Secret")
    project = make(Project, author_id=other.id, title="SECRET", moderation=Moderation.QUESTION)
    need = make(Need, project_id=project.id, text="SECRET")
    make(Contribution, need_id=need.id, message="SECRET")
    make(Profile, owner_id=other.id, abilities="SECRET")
    make(Profile, owner_id=make(User).id, kind=ProfileKind.GROUP, name="SECRET")
    news(make, author_id=other.id, title="SECRET", state=NewsState.RETURNED)
    make(Membership, user_id=other.id, organisation_id=make(Organisation, name_fr="SECRET").id)
    message(make, other, subject="SECRET")
    for user in (make(User), make.moderator("09"), make.granted(GrantKind.COORDINATOR)):
        words = browser.logout().login(user).get("/fr/me").words + browser.get("/fr/me/projects").words
        assert "SECRET" not in words
        assert "Nom Secret" not in words


def test_the_person_behind_an_offer_stays_nameless_until_they_agree(browser: Browser, make: Factory) -> None:
    author, moderator = make(User), make.moderator(everywhere=True)
    need = make(Need, project_id=make(Project, author_id=author.id).id)
    invited = make(Profile, owner_id=make(User, name="Nom Secret").id)
    make(
        Contribution,
        need_id=need.id,
        profile_id=invited.id,
        origin=Origin.INVITATION,
        created_by_id=author.id,
        state=State.APPROVED,
        approved_by_id=moderator.id,
    )
    assert "Nom Secret" not in browser.login(author).get("/fr/me").words


@pytest.mark.parametrize("lang", LOCALES)
def test_what_is_not_read_yet_is_there_until_it_is(
    browser: Browser, make: Factory, session: Session, lang: str
) -> None:
    user = make(User, phone="+212500000077", password_hash="x")
    sent = message(make, user, subject="Votre idée est publiée", link=f"/{lang}/projects", action="Voir")
    message(make, user, subject="Pas encore", visible_from=now() + timedelta(minutes=5))
    message(make, user, subject="Annulé", state=MessageState.CANCELLED)
    first = browser.login(user).get(f"/{lang}/me")
    assert "Votre idée est publiée" in section(first, "messages")
    assert "Pas encore" not in first.words
    assert "Annulé" not in first.words
    browser.get(first.select_one(".message.unread .card-title a")["href"], 303)
    session.refresh(sent)
    assert sent.read_at is not None
    assert section(browser.get(f"/{lang}/me"), "messages") == ""


def test_the_last_messages_are_enough_and_lead_to_the_others(browser: Browser, make: Factory) -> None:
    user = make(User, phone="+212500000078", password_hash="x")
    for number in range(23):
        message(make, user, subject=f"Message {number}")
    page = browser.login(user).get("/fr/me")
    assert len(page.select("article.message")) == 3
    assert "Message 22" in page.words
    assert page.select('section.shelf a[href="/fr/account/messages"]')


@pytest.mark.parametrize("lang", LOCALES)
def test_a_membership_says_where_it_stands(browser: Browser, make: Factory, lang: str) -> None:
    user = make(User)
    waiting = make(Organisation, name_fr="Commune d’Anzi", name_ar="جماعة أنزي")
    make(Membership, user_id=user.id, organisation_id=waiting.id, state=MembershipState.WAITING, decided_at=None)
    page = browser.login(user).get(f"/{lang}/me")
    assert {"fr": "En attente de vérification", "ar": "جماعة أنزي"}[lang] in page.words
    assert page.select(f'main a[href="/{lang}/organisations/{waiting.id}"]')


def test_groups_that_one_belongs_to_are_there(browser: Browser, make: Factory) -> None:
    user = make(User)
    group = make(Profile, kind=ProfileKind.GROUP, name="Les enfants d’Iferda")
    make(GroupMember, profile_id=group.id, user_id=user.id)
    assert "Les enfants d’Iferda" in browser.login(user).get("/fr/me").words


@pytest.mark.parametrize("lang", LOCALES)
def test_three_projects_that_could_be_for_me_say_why(
    browser: Browser, make: Factory, session: Session, lang: str
) -> None:
    profile = make(Profile, abilities="J’organise la collecte et le tri des déchets depuis dix ans.")
    profile_chips.read_again(session, profile)
    profile_chips.remember(session, profile)
    for number in range(5):
        project = make(Project, title=f"Neuf villages propres {number}")
        need = make(
            Need, project_id=project.id, text="Organiser le tri des déchets et former une équipe à la collecte."
        )
        need_chips.read_again(session, need)
        need_chips.remember(session, need)
    make(Contribution, need_id=need.id, profile_id=profile.id)  # under way: not proposed again
    page = browser.login(profile.owner).get(f"/{lang}/me")
    proposed = page.select_one("h2#for-me").find_parent("section").select("article")
    assert len(proposed) == 3
    assert all(one.select_one(".reasons li") for one in proposed)
    offers = {str(link["href"]) for link in page.select("a[href*='/contributions/offer/']")}
    assert len(offers) == 3
    assert f"/{lang}/contributions/offer/{need.id}" not in offers
    assert page.select(f'a[href="/{lang}/contributions/for-me"]')


def test_my_projects_are_read_to_their_end_without_a_gap(browser: Browser, make: Factory) -> None:
    author = make(User)
    make(Project, author_id=author.id, moderation=Moderation.QUESTION, title="En question")
    titles = {make(Project, author_id=author.id, title=f"Projet {n}").title for n in range(2 * mine.PAGE + 1)}
    url, seen = "/fr/me/projects", []
    browser.login(author)
    assert "En question" in browser.get(url).words
    while url:
        page = browser.get(url)
        seen += [title.get_text(strip=True) for title in page.select("main article h3")]
        link = page.select_one('a[rel="next"]')
        url = str(link["href"]) if link else ""
    seen.remove("En question")
    assert len(seen) == len(titles)
    assert set(seen) == titles


def test_a_contribution_bears_the_title_of_its_project_in_the_language_of_the_reader(
    browser: Browser, make: Factory, query_count: Callable[[], int]
) -> None:
    moderator, person = make.moderator(everywhere=True), make(User)
    profile = make(Profile, owner_id=person.id)

    def offered(title: str, translated: str) -> None:
        project = make(Project, title=title)
        content = {"title": translated, "summary": "ملخص"}
        by = project.author_id
        make(
            Translation, project_id=project.id, name="idea", language="ar", content=content, of_version=1, author_id=by
        )
        need_id = make(Need, project_id=project.id).id
        state, approved_by_id = State.ACCEPTED, moderator.id
        make(Contribution, need_id=need_id, profile_id=profile.id, state=state, approved_by_id=approved_by_id)

    def read() -> tuple[Page, int]:
        browser.get("/ar/me")
        before = query_count()
        return browser.get("/ar/me"), query_count() - before

    offered("Trier les déchets", "فرز النفايات")
    browser.login(person)
    page, with_one = read()
    assert page.select_one('article p[lang="ar"]').text == "فرز النفايات"
    assert "Trier les déchets" not in section(page, "contributions")
    assert "Trier les déchets" in section(browser.get("/fr/me"), "contributions")
    offered("Planter des arbres", "غرس الأشجار")
    page, with_two = read()
    assert "غرس الأشجار" in section(page, "contributions")
    assert with_two == with_one


def test_the_number_of_queries_does_not_grow(browser: Browser, make: Factory, query_count: Callable[[], int]) -> None:
    author, moderator = make(User), make.moderator(everywhere=True)
    make(Profile, owner_id=author.id)

    def more() -> None:
        project = make(Project, author_id=author.id)
        need = make(Need, project_id=project.id)
        make(Contribution, need_id=need.id, state=State.APPROVED, approved_by_id=moderator.id)
        make(Contribution, need_id=need.id, state=State.ACCEPTED, approved_by_id=moderator.id)
        make(Project, author_id=author.id, moderation=Moderation.RETURNED)
        make(Membership, user_id=author.id, organisation_id=make(Organisation).id)
        news(make, author_id=author.id, state=NewsState.RETURNED)
        message(make, author)

    def asked() -> int:
        browser.get("/fr/me")
        before = query_count()
        browser.get("/fr/me")
        return query_count() - before

    browser.login(author)
    more()
    with_one = asked()
    for _ in range(4):
        more()
    assert asked() <= with_one <= 46
