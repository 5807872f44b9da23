"""One post: corrected, taken back, reported, hidden, and what each is undone by."""

from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import GrantKind, User
from app.journal.models import Entry, Subject
from app.kernel.database import at, now
from app.notifications.models import Message, MessageState
from app.threads.models import Fault, Post, PostReport, Thread


@pytest.fixture
def karim(make):
    return make(User, name="Karim Curieux")


@pytest.fixture
def post(make, case, karim) -> Post:
    thread = make(Thread, subject_kind=Subject.PROJECT, subject_id=case.project.id)
    return make(Post, thread_id=thread.id, author_id=karim.id, text="Où est le depot ?")


def url(post, what="", locale="fr"):
    return f"/{locale}/conversations/posts/{post.id}/{what}"


def talk(case, locale="fr"):
    return f"/{locale}/conversations/project/{case.project.id}"


class TestCorrecting:
    def test_a_post_is_corrected_and_what_it_said_can_be_read(self, browser, case, karim, post, locale):
        page = browser.login(karim).get(url(post, "edit", locale))
        page = browser.submit(page, "/edit", text="Où est le dépôt ?")
        assert page.url.endswith(talk(case, locale))
        assert "dépôt" in page.select_one(f"#post-{post.id}").get_text()
        link = page.select_one(f"#post-{post.id} a[href*='/history']")
        words = browser.logout().get(str(link["href"])).words
        assert "dépôt" in words and "depot" in words

    @pytest.mark.parametrize("text", ["", "x" * 3001, "a\x00b", "moi@example.org"])
    def test_what_is_refused_comes_back_as_typed(self, browser, karim, post, text):
        page = browser.submit(browser.login(karim).get(url(post, "edit")), "/edit", 422, text=text)
        assert page.error_of("text")
        assert page.form("/edit")["text"].strip() == text.replace("\x00", "").strip()
        assert post.version == 1

    @pytest.mark.parametrize("version", ["", "0", "x", "99999999999999999999"])
    def test_an_old_page_is_told(self, browser, karim, post, version):
        browser.login(karim).post(url(post, "edit"), (409, 422), text="Autre chose", version=version)
        assert post.version == 1

    def test_two_pages_of_one_person(self, browser, karim, post):
        first = browser.login(karim).get(url(post, "edit"))
        second = browser.get(url(post, "edit"))
        browser.submit(first, "/edit", text="Deuxième texte")
        page = browser.submit(second, "/edit", 409, text="Troisième texte")
        assert "Deuxième texte" in page.words and page.form("/edit")["text"] == "Troisième texte"
        browser.submit(page, "/edit")
        assert post.text == "Troisième texte"

    def test_a_post_that_was_hidden_is_corrected_no_more(self, browser, karim, post):
        page = browser.login(karim).get(url(post, "edit"))
        browser.post(url(post, "withdraw"))
        browser.submit(page, "/edit", 409, text="Trop tard")
        assert "depot" in post.text

    def test_nobody_else_corrects(self, browser, case, make, post):
        for who in (make(User), case.author, case.moderator):
            browser.login(who).get(url(post, "edit"), 404)
            browser.post(url(post, "edit"), 404, text="Autre", version=1)


class TestTakingBack:
    def test_what_was_written_is_taken_back_and_comes_again(self, browser, session, case, karim, post, locale):
        page = browser.login(karim).get(talk(case, locale))
        page = browser.submit(page, "/withdraw")
        assert post.hidden_at and page.select_one(f"#post-{post.id}.gone")
        assert "depot" not in browser.logout().get(talk(case, locale)).words
        browser.get(url(post, "history", locale), 404)
        page = browser.login(karim).get(talk(case, locale))
        page = browser.submit(page, "/restore")
        assert post.hidden_at is None

    def test_just_written_it_is_undone_with_one_tap(self, browser, session, case, karim):
        page = browser.login(karim).get(talk(case))
        page = browser.submit(page, talk(case), text="Oups")
        page = browser.submit(page, "/withdraw")
        page = browser.submit(page, "/undo/")
        (post,) = session.exec(select(Post)).all()
        assert post.hidden_at is None
        told = session.exec(select(Message).where(Message.recipient_id == case.author.id)).all()
        assert [one.state for one in told] == [MessageState.CANCELLED, MessageState.QUEUED]

    def test_what_was_told_with_it_is_told_again(self, browser, session, case, karim):
        """Two posts were one message; the first is taken back, and the second is told of."""
        page = browser.login(karim).get(talk(case))
        page = browser.submit(page, talk(case), text="Oups")
        first = session.exec(select(Post)).one()
        browser.submit(page, talk(case), text="La bonne question")
        browser.post(url(first, "withdraw"))
        told = session.exec(
            select(Message).where(Message.recipient_id == case.author.id, Message.state == MessageState.QUEUED)
        ).one()
        assert "La bonne question" in told.body


class TestReporting:
    def test_somebody_reports_and_takes_it_back(self, browser, session, case, make, post, locale):
        page = browser.login(make(User)).get(talk(case, locale))
        page = browser.get(str(page.select_one(f"#post-{post.id} a[href*='/report']")["href"]))
        page = browser.submit(page, "/report", reason="money", words="Il demande de l’argent.")
        report = session.exec(select(PostReport)).one()
        assert (report.reason, report.words) == (Fault.MONEY, "Il demande de l’argent.")
        assert not page.select(f"#post-{post.id} a[href*='/report']")
        browser.submit(page, "/undo/")
        assert session.exec(select(PostReport)).all() == []

    @pytest.mark.parametrize("changes", [{}, {"reason": "x"}, {"reason": "rude", "words": "x" * 501}])
    def test_without_a_reason_it_comes_back(self, browser, session, make, post, changes):
        page = browser.login(make(User)).get(url(post, "report"))
        browser.submit(page, "/report", 422, **changes)
        assert session.exec(select(PostReport)).all() == []

    def test_twice_is_once(self, browser, session, make, post):
        browser.login(make(User)).post(url(post, "report"), reason="rude")
        browser.post(url(post, "report"), 409, reason="rude")
        assert len(session.exec(select(PostReport)).all()) == 1

    def test_nobody_reports_themselves(self, browser, karim, post):
        browser.login(karim).post(url(post, "report"), 404, reason="rude")

    def test_only_moderators_know_of_it(self, new_browser, make, case, karim, post):
        reporter = make(User, name="Rachid Rapporteur")
        new_browser().login(reporter).post(url(post, "report"), reason="rude")
        for who in (karim, case.author, make(User)):
            page = new_browser().login(who).get(talk(case))
            assert "signalement" not in page.words and "Rachid" not in page.words
        page = new_browser().login(case.moderator).get(talk(case))
        assert "1 signalement" in page.words


class TestModerating:
    @pytest.fixture
    def reported(self, new_browser, make, post):
        new_browser().login(make(User, name="Rachid Rapporteur")).post(url(post, "report"), reason="rude", words="Dur.")
        return post

    def test_it_waits_on_the_desk_with_all_that_judging_needs(self, browser, case, reported, locale):
        page = browser.login(case.moderator).get(f"/{locale}/desk?kind=report")
        (card,) = page.select("article.waiting")
        assert card["id"] == f"report-{reported.id}"
        for words in ("Trier les déchets", "Où est le depot ?", "Karim Curieux", "Rachid Rapporteur", "Dur."):
            assert words in card.get_text(" ")

    def test_it_is_hidden_from_the_desk_and_the_desk_is_empty_again(self, browser, session, case, karim, reported):
        page = browser.login(case.moderator).get("/fr/desk")
        page = browser.submit(page, "/hide", reason="rude", words="Restez courtois.")
        assert "/fr/desk" in page.url and not page.select("article.waiting")
        assert (reported.hidden_why, reported.hidden_words) == (Fault.RUDE, "Restez courtois.")
        page = browser.get("/fr/desk/decisions")
        assert "Message caché" in page.words and "Où est le depot ?" in page.words
        page = browser.submit(page, "/undo/")
        assert reported.hidden_at is None
        assert browser.get("/fr/desk").select("article.waiting")

    def test_everybody_sees_why_and_its_author_reads_the_words(self, new_browser, case, karim, reported):
        browser = new_browser().login(case.moderator)
        browser.submit(browser.get(url(reported, "hide")), "/hide", reason="rude", words="Restez courtois.")
        page = new_browser().get(talk(case))
        assert "blessant ou insultant" in page.words
        assert "depot" not in page.words and "courtois" not in page.words
        page = new_browser().login(karim).get(talk(case))
        assert "depot" in page.words and "courtois" in page.words

    def test_it_may_stand(self, browser, session, case, reported):
        page = browser.login(case.moderator).get("/fr/desk")
        page = browser.submit(page, "/keep")
        assert not page.select("article.waiting") and reported.hidden_at is None
        browser.post(url(reported, "keep"), 409)
        browser.submit(page, "/undo/")
        assert browser.get("/fr/desk").select("article.waiting")

    def test_another_moderator_came_first(self, new_browser, make, case, reported):
        other = make.moderator("09")
        page = new_browser().login(other).get("/fr/desk")
        browser = new_browser().login(case.moderator)
        browser.post(url(reported, "hide"), reason="rude")
        new_browser().login(other).submit(page, "/hide", 409, reason="rude")

    def test_without_a_reason_the_form_comes_back(self, browser, case, reported):
        page = browser.login(case.moderator).get("/fr/desk")
        page = browser.submit(page, "/hide", 422, reason="", words="Restez courtois.")
        assert page.form("/hide")["words"] == "Restez courtois."
        page = browser.submit(page, "/hide", reason="rude")
        assert "/fr/desk" in page.url

    def test_moderators_of_elsewhere_have_none_of_it(self, browser, make, reported):
        browser.login(make.moderator("01"))
        assert not browser.get("/fr/desk").select("article.waiting")
        browser.post(url(reported, "hide"), 404, reason="rude")
        browser.post(url(reported, "keep"), 404)

    def test_a_coordinator_sees_what_moderators_leave_waiting(self, browser, session, make, case, reported):
        coordinator = make.granted(GrantKind.COORDINATOR)
        assert not browser.login(coordinator).get("/fr/desk").select("article.waiting")
        with at(now() + timedelta(days=5)):
            (card,) = browser.login(coordinator).get("/fr/desk").select("article.waiting.late")
        assert case.moderator.name in card.get_text() and not card.select("form")

    def test_nobody_judges_what_they_wrote(self, browser, new_browser, make, session, case):
        thread = make(Thread, subject_kind=Subject.PROJECT, subject_id=case.project.id)
        own = make(Post, thread_id=thread.id, author_id=case.moderator.id)
        new_browser().login(make(User)).post(url(own, "report"), reason="rude")
        browser.login(case.moderator)
        assert not browser.get("/fr/desk").select("article.waiting")
        browser.post(url(own, "hide"), 403, reason="rude")
        browser.post(url(own, "keep"), 403)
        browser.login(make.moderator("09"))
        assert browser.get("/fr/desk").select("article.waiting")


class TestUndoing:
    def test_nobody_undoes_what_another_did(self, browser, session, case, karim, post, make):
        browser.login(karim).post(url(post, "withdraw"))
        entry = session.exec(select(Entry).where(Entry.verb == "withdraw")).one()
        for who in (case.author, case.moderator, make(User)):
            browser.login(who).post(f"/fr/conversations/undo/{entry.id}", 404)
        assert post.hidden_at

    @pytest.mark.parametrize("number", [0, 999_999, 10**20])
    def test_a_number_that_no_entry_has_is_absent(self, browser, karim, number):
        browser.login(karim).post(f"/fr/conversations/undo/{number}", 404)


class TestQuestions:
    @pytest.fixture
    def question(self, make, case, karim) -> Post:
        thread = make(Thread, subject_kind=Subject.NEED, subject_id=case.need.id)
        return make(Post, thread_id=thread.id, author_id=karim.id, wants_answer=True)

    def test_whoever_asked_says_that_they_have_their_answer(self, browser, case, karim, question, locale):
        page = browser.login(karim).get(f"/{locale}/conversations/need/{case.need.id}")
        page = browser.submit(page, "/answered")
        assert not question.wants_answer and not page.select("#conversation .next")
        page = browser.submit(page, "/undo/")
        assert question.wants_answer and page.select("#conversation .next")

    def test_others_do_not(self, browser, make, case, question):
        page = browser.login(make(User)).get(f"/fr/conversations/need/{case.need.id}")
        assert page.select("#conversation .next") and not page.select("form[action$='/answered']")
        browser.post(url(question, "answered"), 403)

    def test_twice_is_told(self, browser, case, question):
        browser.login(case.moderator).post(url(question, "answered"))
        browser.post(url(question, "answered"), 409)
