"""Conversations where they stand: who reads and writes in which, and what happens to what is sent."""

import pytest
from sqlmodel import col, select

from app.accounts.models import User
from app.contributions import actions as contributions
from app.contributions.models import Contribution
from app.deadlines.models import OpenStep
from app.journal.models import Subject
from app.kernel.database import now
from app.news.models import NewsItem, NewsState
from app.notifications.models import Message
from app.organisations.models import Membership, MembershipState
from app.profiles.models import GroupMember, Profile, ProfileKind, Visibility
from app.projects.models import Moderation, Need, Project
from app.threads.models import Post, Thread, Voice
from tests.oddities import ODD


@pytest.fixture
def news(make):
    return make(NewsItem, state=NewsState.PUBLISHED, published_at=now(), author_id=make(User, name="Nadia News").id)


@pytest.fixture
def offer(session, case) -> Contribution:
    return contributions.offer(session, case.person, case.need, case.profile, "Je peux aider en août.")


@pytest.fixture
def approved(session, case, offer) -> Contribution:
    contributions.approve(session, case.moderator, offer)
    return offer


@pytest.fixture
def invited(session, case) -> Contribution:
    one = contributions.invite(session, case.agent, case.need, case.profile, "Venez voir nos villages.")
    contributions.approve(session, case.moderator, one)
    return one


def posts(session):
    return session.exec(select(Post).order_by(col(Post.id))).all()


def write(browser, page, text, status=303, **more):
    """The form of the conversation of the page itself, which comes last."""
    return browser.submit(page, str(page.select("form.say")[-1]["action"]), status, text=text, **more)


class TestWhereItStands:
    def test_a_project_is_talked_about_on_its_page(self, browser, session, case, make, locale):
        karim = make(User, name="Karim Curieux")
        page = browser.login(karim).get(f"/{locale}/projects/{case.project.id}")
        answer = write(browser, page, "Qui ramasse le plastique ?", follow=False)
        (post,) = posts(session)
        assert answer.headers["location"] == f"/{locale}/projects/{case.project.id}#post-{post.id}"
        page = browser.get(answer.headers["location"])
        assert "Qui ramasse le plastique ?" in page.select_one(f"#post-{post.id}").get_text()
        assert post.wants_answer and page.select_one("#conversation .next")
        visitor = browser.logout().get(f"/{locale}/projects/{case.project.id}")
        assert "Karim Curieux" in visitor.words and "Qui ramasse le plastique ?" in visitor.words

    def test_a_need_is_talked_about_in_its_card_and_on_a_page_of_its_own(self, browser, session, case, make):
        page = browser.login(make(User)).get(f"/fr/projects/{case.project.id}")
        card = page.select_one(f"#need-{case.need.id}")
        assert "Une question sur ce besoin" in card.get_text()
        page = browser.submit(page, f"/fr/conversations/need/{case.need.id}", text="En quelle langue ?")
        assert page.url.endswith(f"/fr/conversations/need/{case.need.id}")
        assert "Former trois bénévoles" in page.select_one("h1").get_text()
        page = browser.get(f"/fr/projects/{case.project.id}")
        assert "1 message sur ce besoin" in page.words and "En quelle langue ?" in page.words

    def test_a_news_item_is_talked_about_on_its_page(self, browser, session, news, make):
        page = browser.login(make(User)).get(f"/fr/news/{news.id}")
        page = write(browser, page, "Bravo !")
        assert "Bravo !" in page.words
        assert not posts(session)[0].wants_answer
        assert [one.kind for one in session.exec(select(Message).where(Message.recipient_id == news.author_id))] == [
            "post_written"
        ]

    def test_a_contribution_is_talked_about_by_its_two_sides_and_the_moderators(
        self, new_browser, session, case, approved, make
    ):
        url = f"/fr/contributions/{approved.id}"
        for who, text, voice in (
            (case.person, "Faut-il une voiture ?", Voice.CONTRIBUTOR),
            (case.agent, "Non, nous venons vous chercher.", Voice.TEAM),
            (case.moderator, "Merci à vous deux.", Voice.MODERATOR),
        ):
            browser = new_browser().login(who)
            page = write(browser, browser.get(url), text)
            assert posts(session)[-1].voice is voice
            assert page.url == f"http://testserver{url}"
        for who in (case.person, case.author, case.abroad):
            page = new_browser().login(who).get(url)
            assert all(text in page.words for text in ("voiture", "vous chercher", "vous deux"))
        for stranger in (make(User), make.moderator("01")):
            new_browser().login(stranger).get(f"/fr/conversations/contribution/{approved.id}", 404)
        answer = new_browser().get(f"/fr/conversations/contribution/{approved.id}", 303)
        assert "/account/sign-in" in answer.headers["location"]

    def test_whoever_is_not_signed_in_writes_then_signs_in(self, browser, case, session):
        page = browser.get(f"/fr/projects/{case.project.id}")
        answer = write(browser, page, "Je demande.", follow=False)
        assert "/account/sign-in" in answer.headers["location"]
        assert posts(session) == []

    def test_a_project_that_nobody_may_read_is_not_talked_about(self, browser, make, case):
        hidden = make(Project, author_id=case.author.id, moderation=Moderation.WAITING)
        browser.login(make(User)).get(f"/fr/conversations/project/{hidden.id}", 404)
        browser.post(f"/fr/conversations/project/{hidden.id}", 404, text="Bonjour")
        page = browser.login(case.author).get(f"/fr/projects/{hidden.id}")
        assert not page.select("#conversation")
        browser.post(f"/fr/conversations/project/{hidden.id}", 409, text="Bonjour")

    @pytest.mark.parametrize("path", ["user/1", "post/1", "project/0", "project/99999999999", "x/1", "need/un"])
    def test_what_is_not_talked_about_is_absent(self, browser, make, path):
        browser.login(make(User)).get(f"/fr/conversations/{path}", 404)
        browser.post(f"/fr/conversations/{path}", 404, text="Bonjour")


class TestAnsweringForAnOrganisation:
    def test_anyone_of_it_answers_and_is_shown_answering_for_it(self, new_browser, session, case, make):
        browser = new_browser().login(make(User))
        write(browser, browser.get(f"/fr/projects/{case.project.id}"), "Quand ?")
        browser = new_browser().login(case.agent)
        page = browser.get(f"/fr/projects/{case.project.id}")
        assert "À vous, ou à quelqu’un de votre équipe, de répondre avant le" in page.words
        page = write(browser, page, "Au printemps.")
        answer = page.select_one(f"#post-{posts(session)[-1].id}").get_text(" ")
        assert "Brahim Agent" in answer and "pour" in answer and "Commune" in answer and "Équipe du projet" in answer
        assert not page.select("#conversation .next")
        assert session.exec(select(OpenStep)).all() == []

    def test_a_member_who_was_removed_loses_access_at_the_next_click(self, browser, session, case, approved):
        url = f"/fr/conversations/contribution/{approved.id}"
        page = browser.login(case.agent).get(url)
        write(browser, page, "Bonjour, qui êtes-vous ?")
        page = browser.get(url)
        membership = session.exec(select(Membership).where(Membership.user_id == case.agent.id)).one()
        membership.state = MembershipState.ENDED
        session.flush()
        browser.get(url, 404)
        browser.submit(page, url, 404, text="Encore moi.")
        (post,) = posts(session)
        for path in ("edit", "history"):
            browser.get(f"/fr/conversations/posts/{post.id}/{path}", 404)
        browser.post(f"/fr/conversations/posts/{post.id}/withdraw", 404)
        assert browser.get("/fr/conversations").select(".conversation") == []
        assert len(posts(session)) == 1

    def test_nor_are_they_told_of_what_follows(self, new_browser, session, case, approved):
        url = f"/fr/conversations/contribution/{approved.id}"
        browser = new_browser().login(case.agent)
        write(browser, browser.get(url), "Bonjour.")
        membership = session.exec(select(Membership).where(Membership.user_id == case.agent.id)).one()
        membership.state = MembershipState.ENDED
        session.flush()
        before = len(session.exec(select(Message).where(Message.recipient_id == case.agent.id)).all())
        browser = new_browser().login(case.person)
        write(browser, browser.get(url), "Bonjour à vous.")
        assert len(session.exec(select(Message).where(Message.recipient_id == case.agent.id)).all()) == before

    def test_names_of_members_are_for_members(self, new_browser, case, make):
        page = new_browser().login(make(User)).get(f"/fr/conversations/project/{case.project.id}")
        assert "Brahim Agent" not in page.words
        page = new_browser().login(case.author).get(f"/fr/conversations/project/{case.project.id}")
        assert "Brahim Agent" in page.words


class TestNamelessPeople:
    @pytest.fixture
    def asked(self, new_browser, session, case, invited):
        """The person who was invited asks before saying yes; the moderator answers by name."""
        browser = new_browser().login(case.person)
        url = f"/fr/conversations/contribution/{invited.id}"
        write(browser, browser.get(url), "Claire Contributrice ici : où dormirai-je ?")
        browser = new_browser().login(case.moderator)
        write(browser, browser.get(url), "L’équipe répondra à @Claire Contributrice ; Claire attend.")
        return url

    def test_the_team_reads_no_name_before_the_person_said_yes(self, new_browser, session, case, invited, asked):
        for who in (case.author, case.agent):
            for url in (asked, f"/fr/contributions/{invited.id}", "/fr/conversations", "/ar/conversations"):
                text = new_browser().login(who).client.get(url).text
                assert "Claire" not in text, url
        for message in session.exec(select(Message).where(col(Message.recipient_id).in_(case.team))):
            assert "Claire" not in message.subject + message.body
        page = new_browser().login(case.author).get(asked)
        assert "Ingénieure en déchets" in page.words and "où dormirai-je" in page.words

    def test_it_may_address_the_nameless_person(self, new_browser, session, case, asked):
        browser = new_browser().login(case.author)
        page = write(browser, browser.get(asked), "Chez moi.", to=[str(case.person.id)])
        assert "Claire" not in page.words
        kinds = [one.kind for one in session.exec(select(Message).where(Message.recipient_id == case.person.id))]
        assert kinds[-1] == "post_mention"

    def test_the_name_appears_with_the_yes(self, new_browser, session, case, invited, asked):
        contributions.accept(session, case.person, invited)
        page = new_browser().login(case.author).get(asked)
        assert "Claire Contributrice ici" in page.words and "@ Claire Contributrice" in page.words

    def test_whoever_opened_their_name_has_one(self, new_browser, session, case, asked):
        case.profile.visibility = Visibility.OPEN
        session.flush()
        assert "Claire Contributrice ici" in new_browser().login(case.author).get(asked).words

    def test_the_moderators_and_the_person_read_it(self, new_browser, case, asked):
        for who in (case.moderator, case.abroad, case.person):
            assert "Claire Contributrice" in new_browser().login(who).get(asked).words


class TestContributions:
    def test_the_other_side_is_told_nothing_before_the_moderator_approved(self, new_browser, session, case, offer):
        browser = new_browser().login(case.person)
        url = f"/fr/contributions/{offer.id}"
        page = browser.get(url)
        assert "seule la modération vous lit" in page.words
        write(browser, page, "Une précision pour la modération.")
        told = session.exec(select(Message).where(Message.kind == "post_written")).all()
        assert {one.recipient_id for one in told} == {case.moderator.id, case.abroad.id}
        new_browser().login(case.agent).get(f"/fr/conversations/contribution/{offer.id}", 404)

    def test_addresses_pass_once_both_sides_agreed(self, browser, session, case, approved):
        url = f"/fr/contributions/{approved.id}"
        page = browser.login(case.person).get(url)
        page = write(browser, page, "Appelez-moi au 06 12 34 56 78", 422)
        assert "dès que les deux côtés seront d’accord" in page.words and "06 12 34 56 78" in page.words
        contributions.accept(session, case.agent, approved)
        page = write(browser, browser.get(url), "Appelez-moi au 06 12 34 56 78")
        assert "06 12 34 56 78" in page.words
        for message in session.exec(select(Message).where(Message.kind == "post_written")):
            assert "06 12" not in message.body

    def test_what_is_over_is_read_and_no_longer_written(self, browser, session, case, approved):
        url = f"/fr/contributions/{approved.id}"
        page = write(browser.login(case.person), browser.get(url), "Bonjour")
        contributions.withdraw(session, case.person, approved)
        page = browser.get(url)
        assert "Bonjour" in page.words and not page.select("form.say")
        browser.post(f"/fr/conversations/contribution/{approved.id}", 409, text="Encore")

    def test_members_of_a_group_read_along(self, browser, session, make, case):
        group = make(Profile, owner_id=case.person.id, kind=ProfileKind.GROUP, name="Amis du village")
        member = make(User)
        make(GroupMember, profile_id=group.id, user_id=member.id)
        one = contributions.offer(session, case.person, case.need, group, "Nous venons à cinq.")
        contributions.approve(session, case.moderator, one)
        browser.login(case.person).post(f"/fr/conversations/contribution/{one.id}", text="Nous voilà.")
        page = browser.login(member).get(f"/fr/conversations/contribution/{one.id}")
        assert "Nous voilà." in page.words and not page.select("form.say")

    def test_an_invitation_without_approval_is_absent_for_the_person(self, browser, session, case):
        one = contributions.invite(session, case.agent, case.need, case.profile, "Venez.")
        browser.login(case.person).get(f"/fr/conversations/contribution/{one.id}", 404)


class TestBadInput:
    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            ("", "Ce champ est nécessaire."),
            (" \n ", "Ce champ est nécessaire."),
            ("…", "Écrivez quelques mots."),
            ("x" * 3001, "caractères au plus."),
            ("a\x00b", "caractère illisible"),
            ("Écrivez à moi@example.org", "tout le monde lit cette page"),
        ],
    )
    def test_a_sentence_stands_by_the_field_and_everything_typed_is_kept(
        self, browser, session, case, make, text, sentence
    ):
        page = browser.login(make(User)).get(f"/fr/projects/{case.project.id}")
        page = write(browser, page, text, 422)
        assert sentence in page.error_of(f"say-project-{case.project.id}")
        assert page.select_one("form.say textarea").text.strip() == text.replace("\x00", "").strip()
        assert posts(session) == []

    @pytest.mark.parametrize("what", ODD)
    def test_nothing_that_people_send_is_a_fault(self, browser, case, make, what):
        page = browser.login(make(User)).get(f"/fr/conversations/need/{case.need.id}")
        odd = ODD[what].encode(errors="ignore").decode()  # no browser sends half a character
        write(browser, page, odd, (303, 422), to=odd, then=odd, asks=odd)

    def test_a_double_click_writes_once(self, browser, session, case, make):
        page = browser.login(make(User)).get(f"/fr/projects/{case.project.id}")
        first = write(browser, page, "Une fois.")
        assert write(browser, page, "Une fois.").url == first.url
        assert len(posts(session)) == 1

    def test_nobody_is_sent_elsewhere(self, browser, case, make):
        page = browser.login(make(User)).get(f"/fr/projects/{case.project.id}")
        page = write(browser, page, "Bonjour", then="https://evil.example/")
        assert page.url.startswith(f"http://testserver/fr/conversations/project/{case.project.id}")


class TestSilence:
    def test_somebody_wants_to_hear_no_more_and_changes_their_mind(self, browser, session, case, make, locale):
        url = f"/{locale}/conversations/project/{case.project.id}"
        page = browser.login(make(User)).get(url)
        assert not page.select("form[action$='/mute']")
        page = write(browser, page, "Bonjour")
        page = browser.submit(page, "/mute")
        assert page.select_one(".notice.done") and page.url.endswith(url)
        page = browser.submit(page, "/mute")
        assert session.exec(select(Thread)).one()
        assert page.select_one(".notice.done")


def test_as_many_queries_for_many_needs_as_for_few(browser, session, case, make, query_count):
    def asked():
        browser.get(f"/fr/projects/{case.project.id}")
        before = query_count()
        browser.get(f"/fr/projects/{case.project.id}")
        return query_count() - before

    def said(need):
        thread = make(Thread, subject_kind=Subject.NEED, subject_id=need.id)
        for _ in range(5):
            make(Post, thread_id=thread.id)

    browser.login(case.author)
    said(case.need)
    few = asked()
    for _ in range(6):
        said(make(Need, project_id=case.project.id))
    assert asked() == few
