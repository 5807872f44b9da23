"""What is written, corrected and taken away, and who is told of it."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.accounts.models import User
from app.deadlines import queries as deadlines
from app.deadlines.steps import Step
from app.journal.actions import TooLateToUndo
from app.journal.models import Entry, Subject
from app.kernel.database import at, now
from app.kernel.errors import Forbidden, Invalid
from app.notifications.models import Message, MessageState
from app.organisations.models import Organisation
from app.projects.models import Project
from app.threads import actions, queries, reports
from app.threads.actions import AlreadyDone, Stale, ThreadClosed
from app.threads.models import Fault, Mention, PostReport, PostVersion, Voice
from app.threads.rules import Seat
from app.threads.telling import AGAIN_AFTER, Listener, Topic

DAY = timedelta(days=1)


@pytest.fixture
def topic(make) -> Topic:
    project = make(Project, title="Trier les déchets")
    return Topic(Subject.PROJECT, project.id, project.title, f"/projects/{project.id}#conversation")


@pytest.fixture
def amina(make):
    return make(User, name="Amina Auteure")


@pytest.fixture
def brahim(make):
    return make(User, name="Brahim Agent", locale="ar")


@pytest.fixture
def karim(make):
    return make(User, name="Karim Curieux")


@pytest.fixture
def moderator(make):
    return make.moderator("09")


@pytest.fixture
def listeners(amina, brahim):
    return [Listener(Seat(amina, Voice.TEAM)), Listener(Seat(brahim, Voice.TEAM))]


@pytest.fixture
def say(session, topic, listeners):
    """Somebody writes; whoever wrote is told of what follows."""
    heard = {one.user.id: one for one in listeners}

    def write(user, text, voice=Voice.READER, to=(), asks=False, **seat):
        heard.setdefault(user.id, Listener(Seat(user, voice)))
        here = Seat(user, voice, is_open=True, **seat)
        return actions.say(session, here, topic, list(heard.values()), text, to, asks)

    write.heard = heard
    return write


def told(session, user):
    statement = select(Message).where(Message.recipient_id == user.id).order_by(col(Message.id))
    return [one for one in session.exec(statement) if one.state is not MessageState.CANCELLED]


def kinds(session, user):
    return [one.kind for one in told(session, user)]


def step_of(session, post):
    row = deadlines.under_way(session, Subject.POST, [post.id]).get(post.id)
    return row.step if row else None


def read_by(session, topic, user):
    view = queries.thread(session, topic.kind, topic.subject_id, Seat(user, is_open=True))
    actions.mark_read(session, view)
    return view


class TestSaying:
    def test_a_post_is_kept_with_the_voice_and_the_organisation_of_its_author(self, session, make, say, brahim):
        commune = make(Organisation)
        post = say(brahim, "مرحبا بكم", Voice.TEAM, organisation_id=commune.id)
        assert (post.voice, post.organisation_id, post.language) == (Voice.TEAM, commune.id, "ar")
        entry = session.exec(select(Entry).where(Entry.subject_kind == Subject.POST)).one()
        assert (entry.verb, entry.subject_id, entry.actor_id) == ("say", post.id, brahim.id)

    def test_nobody_writes_where_it_is_closed(self, session, topic, karim):
        for seat in (Seat(karim), Seat(None, is_open=True)):
            with pytest.raises(ThreadClosed):
                actions.say(session, seat, topic, [], "Bonjour")

    @pytest.mark.parametrize(
        "text",
        ["Écrivez à karim@example.org", "Mon numéro : 06 12 34 56 78", "٠٦١٢٣٤٥٦٧٨", "karim @ example.org"],
    )
    def test_no_address_passes_before_both_sides_agreed(self, session, say, karim, text):
        for public, sentence in ((True, actions.IN_PUBLIC), (False, actions.BEFORE_AGREEMENT)):
            with pytest.raises(Invalid) as refused:
                say(karim, text, is_public=public)
            assert refused.value.field == "text"
            assert refused.value.message in (sentence, actions.NOBODY_OF_THAT_NAME)
        assert say(karim, text, is_public=False, passes_addresses=True).text == text

    def test_a_name_that_nobody_here_has_is_refused_with_the_way_to_write_it(self, say, karim):
        with pytest.raises(Invalid) as refused:
            say(karim, "Bonjour @quelquun")
        assert refused.value.message == actions.NOBODY_OF_THAT_NAME


class TestWhoIsTold:
    def test_the_parties_are_told_in_their_language_and_not_the_writer(self, session, say, amina, brahim, karim):
        say(karim, "Où est le dépôt ?")
        assert kinds(session, amina) == kinds(session, brahim) == ["post_written"]
        assert kinds(session, karim) == []
        french, arabic = told(session, amina)[0], told(session, brahim)[0]
        assert "Karim Curieux a écrit" in french.body and "Où est le dépôt ?" in french.body
        assert arabic.locale == "ar" and "Karim Curieux" in arabic.body
        assert french.link.startswith("/fr/projects/") and french.link.endswith("#conversation")

    def test_five_posts_in_a_row_are_one_message(self, session, say, amina, karim):
        for number in range(5):
            say(karim, f"Une précision, la numéro {number}.")
        assert kinds(session, amina) == ["post_written"]

    def test_whoever_read_is_told_of_the_next(self, session, topic, say, amina, karim):
        say(karim, "Bonjour à tous.")
        view = read_by(session, topic, amina)
        assert (view.new, view.posts[0].is_new) == (1, True)
        say(karim, "Et une autre chose.")
        assert len(told(session, amina)) == 2
        assert read_by(session, topic, amina).new == 1
        assert read_by(session, topic, amina).new == 0

    def test_whoever_lets_it_lie_is_told_again_days_later(self, session, say, amina, karim):
        say(karim, "Bonjour à tous.")
        with at(now() + AGAIN_AFTER + DAY):
            say(karim, "Toujours là ?")
        assert len(told(session, amina)) == 2

    def test_whoever_wants_silence_hears_only_their_own_name(self, session, topic, say, amina, brahim, karim):
        say(amina, "Bienvenue.", Voice.TEAM)
        actions.mute(session, amina, topic, muted=True)
        say(karim, "Merci !")
        assert (kinds(session, amina), kinds(session, brahim)) == ([], ["post_written"])
        say(karim, "Et vous, @Amina, qu’en pensez-vous ?")
        assert kinds(session, amina) == ["post_mention"]
        actions.mute(session, amina, topic, muted=False)
        read_by(session, topic, amina)
        say(karim, "Je repasse demain.")
        assert kinds(session, amina) == ["post_mention", "post_written"]

    def test_a_mention_is_one_message_even_where_another_was_not_read(self, session, say, amina, karim):
        say(amina, "Bienvenue.", Voice.TEAM)
        say(karim, "Merci !")
        say(karim, "@Amina Auteure, une question.")
        assert kinds(session, amina) == ["post_written", "post_mention"]

    def test_whoever_is_addressed_by_a_tick_is_told(self, session, say, amina, karim):
        say(amina, "Bienvenue.", Voice.TEAM)
        post = say(karim, "Une question pour vous.", to=[amina.id, karim.id, 10**9, 0])
        assert session.exec(select(Mention.user_id).where(Mention.post_id == post.id)).all() == [amina.id]
        assert kinds(session, amina) == ["post_mention"]

    def test_an_address_that_may_stand_in_a_thread_stands_in_no_message(self, session, say, amina, karim):
        say(karim, "Appelez-moi au 06 12 34 56 78", is_public=False, passes_addresses=True)
        (message,) = told(session, amina)
        assert "06" not in message.body and "Karim Curieux a écrit" in message.body

    def test_a_nameless_person_is_nameless_in_messages_too(self, session, topic, amina, karim, moderator):
        names, masked = {karim.id: "Ingénieur, France"}, lambda text: text.replace("Karim", "…")
        team = Listener(Seat(amina, Voice.TEAM, names=names, masked=masked))
        heard = [team, Listener(Seat(karim, Voice.CONTRIBUTOR)), Listener(Seat(moderator, Voice.MODERATOR))]
        actions.say(session, Seat(karim, Voice.CONTRIBUTOR, is_open=True), topic, heard, "Karim ici. Quand ?")
        here = Seat(moderator, Voice.MODERATOR, is_open=True)
        actions.say(session, here, topic, heard, "@Karim Curieux demande quand.", [amina.id])
        for message in told(session, amina):
            assert "Karim" not in message.subject + message.body
        assert "Ingénieur, France" in told(session, amina)[0].body


class TestAQuestion:
    def test_waits_for_the_team_until_it_answers(self, session, say, amina, karim):
        post = say(karim, "Quand commence le tri ?", asks=True)
        assert post.wants_answer
        assert step_of(session, post) is Step.QUESTION_ANSWERED
        assert kinds(session, amina) == ["question_asked"]
        assert "Répondez avant le" in told(session, amina)[0].body
        say(amina, "Au printemps.", Voice.TEAM)
        assert not post.wants_answer
        assert step_of(session, post) is None

    def test_one_waits_at_a_time(self, session, say, karim, make):
        first = say(karim, "Quand ?", asks=True)
        second = say(make(User), "Oui, quand ?", asks=True)
        assert (first.wants_answer, second.wants_answer) == (True, False)

    def test_what_is_no_question_waits_for_nobody(self, session, say, amina, karim):
        assert not say(karim, "Bravo !").wants_answer
        assert not say(amina, "Une question ?", Voice.TEAM, asks=True).wants_answer

    def test_is_closed_by_its_author_the_team_or_a_moderator_and_may_wait_again(
        self, session, say, amina, karim, moderator, make
    ):
        post = say(karim, "Quand ?", asks=True)
        with pytest.raises(Forbidden):
            actions.close_question(session, Seat(make(User)), post)
        for seat in (Seat(karim), Seat(amina, Voice.TEAM), Seat(moderator, Voice.MODERATOR, moderates=True)):
            entry = actions.close_question(session, seat, post)
            assert (post.wants_answer, step_of(session, post)) == (False, None)
            with pytest.raises(AlreadyDone):
                actions.close_question(session, seat, post)
            actions.undo(session, seat.user, post, entry)
            assert step_of(session, post) is Step.QUESTION_ANSWERED

    def test_that_is_taken_back_waits_no_more(self, session, say, karim):
        post = say(karim, "Quand ?", asks=True)
        entry = actions.withdraw(session, Seat(karim), post)
        assert (post.wants_answer, step_of(session, post)) == (False, None)
        actions.undo(session, karim, post, entry)
        assert step_of(session, post) is Step.QUESTION_ANSWERED

    def test_that_was_answered_meanwhile_does_not_wait_again(self, session, say, amina, karim):
        post = say(karim, "Quand ?", asks=True)
        entry = actions.withdraw(session, Seat(karim), post)
        say(amina, "Au printemps.", Voice.TEAM)
        actions.undo(session, karim, post, entry)
        assert step_of(session, post) is None


class TestCorrecting:
    def test_what_was_written_before_is_kept(self, session, topic, say, karim):
        post = say(karim, "Où est le depot ?")
        seat = Seat(karim, is_open=True)
        actions.edit(session, seat, post, topic, [], "Où est le dépôt ?", 1)
        assert (post.text, post.version) == ("Où est le dépôt ?", 2) and post.edited_at
        assert session.exec(select(PostVersion.text).where(PostVersion.post_id == post.id)).all() == [
            "Où est le depot ?"
        ]
        said = [str(text) for _before, text in queries.versions(session, seat, post)]
        assert "depot" in said[0] and "dépôt" in said[1]

    def test_saying_the_same_changes_nothing(self, session, topic, say, karim):
        post = say(karim, "Bonjour")
        actions.edit(session, Seat(karim, is_open=True), post, topic, [], "Bonjour", 1)
        assert post.version == 1 and post.edited_at is None

    def test_nobody_else_does_nor_once_it_is_hidden(self, session, topic, say, amina, karim, moderator):
        post = say(karim, "Bonjour")
        for seat in (Seat(amina, Voice.TEAM, is_open=True), Seat(moderator, moderates=True, is_open=True)):
            with pytest.raises(Forbidden):
                actions.edit(session, seat, post, topic, [], "Autre", 1)
        actions.withdraw(session, Seat(karim), post)
        with pytest.raises(Forbidden):
            actions.edit(session, Seat(karim, is_open=True), post, topic, [], "Autre", 1)

    def test_two_pages_of_one_person_do_not_undo_one_another(self, session, topic, say, karim):
        post = say(karim, "Un")
        actions.edit(session, Seat(karim, is_open=True), post, topic, [], "Deux", 1)
        with pytest.raises(Stale):
            actions.edit(session, Seat(karim, is_open=True), post, topic, [], "Trois", 1)

    def test_an_address_does_not_come_in_by_the_back_door(self, session, topic, say, karim):
        post = say(karim, "Bonjour")
        with pytest.raises(Invalid):
            actions.edit(session, Seat(karim, is_open=True), post, topic, [], "karim@example.org", 1)

    def test_somebody_newly_named_is_told(self, session, topic, say, amina, brahim, karim):
        say(amina, "Bienvenue.", Voice.TEAM)
        post = say(karim, "Une question.")
        heard = list(say.heard.values())
        seat = Seat(karim, is_open=True)
        actions.edit(session, seat, post, topic, heard, "Une question pour @Amina Auteure.", 1)
        actions.edit(session, seat, post, topic, heard, "Une question pour @Amina Auteure !", 2)
        assert kinds(session, amina) == ["post_written", "post_mention"]
        assert kinds(session, brahim) == ["post_written"]


class TestTakingAway:
    def test_messages_that_have_not_left_do_not(self, session, say, amina, karim):
        post = say(karim, "Oups")
        actions.withdraw(session, Seat(karim), post)
        assert told(session, amina) == []
        say(karim, "Voilà ce que je voulais dire.")
        assert len(told(session, amina)) == 1

    def test_its_place_stays_and_its_text_is_for_its_author(self, session, topic, say, amina, karim):
        post = say(karim, "Oups")
        actions.withdraw(session, Seat(karim), post)
        theirs = queries.thread(session, topic.kind, topic.subject_id, Seat(amina)).posts[0]
        own = queries.thread(session, topic.kind, topic.subject_id, Seat(karim)).posts[0]
        assert theirs.hidden == "Message retiré par la personne qui l’avait écrit."
        assert (theirs.text, "Oups" in own.text) == ("", True)
        actions.restore(session, Seat(karim), post)
        assert queries.thread(session, topic.kind, topic.subject_id, Seat(amina)).posts[0].text

    def test_a_moderator_hides_with_a_reason_and_brings_back(self, session, topic, say, karim, moderator):
        post = say(karim, "Achetez mes produits")
        seat = Seat(moderator, Voice.MODERATOR, moderates=True)
        reports.hide(session, seat, post, topic, Fault.ADVERTISING, "Pas ici.")
        shown = queries.thread(session, topic.kind, topic.subject_id, Seat(None)).posts[0]
        assert shown.hidden == "Message caché par la modération\u00a0: publicité." and not shown.text
        (message,) = told(session, karim)
        assert "publicité" in message.body and "Pas ici." in message.body
        with pytest.raises(Forbidden):
            actions.restore(session, Seat(karim), post)
        with pytest.raises(AlreadyDone):
            reports.hide(session, seat, post, topic, Fault.RUDE)
        actions.restore(session, seat, post)
        assert post.hidden_at is None and post.hidden_why is None

    def test_a_decision_is_taken_back_within_ten_minutes(self, session, topic, say, karim, moderator):
        post = say(karim, "Achetez mes produits")
        seat = Seat(moderator, Voice.MODERATOR, moderates=True)
        entry = reports.hide(session, seat, post, topic, Fault.ADVERTISING)
        reports.undo(session, moderator, post, entry)
        assert post.hidden_at is None and told(session, karim) == []
        entry = reports.hide(session, seat, post, topic, Fault.ADVERTISING)
        with at(now() + timedelta(minutes=11)), pytest.raises(TooLateToUndo):
            reports.undo(session, moderator, post, entry)

    def test_nobody_else_hides(self, session, topic, say, amina, karim, make):
        post = say(karim, "Bonjour")
        for seat in (Seat(amina, Voice.TEAM), Seat(karim, moderates=True), Seat(make(User))):
            with pytest.raises(Forbidden):
                reports.hide(session, seat, post, topic, Fault.RUDE)


class TestReporting:
    @pytest.fixture
    def reported(self, session, topic, say, amina, karim, moderator):
        post = say(karim, "Donnez de l’argent")
        reports.report(session, Seat(amina), post, topic, [moderator], Fault.MONEY, "Il insiste.")
        return post

    def test_the_moderators_are_told_and_waited_for(self, session, topic, reported, brahim, amina, moderator):
        assert kinds(session, moderator) == ["post_reported"]
        assert step_of(session, reported) is Step.REPORT_SETTLED
        reports.report(session, Seat(brahim), reported, topic, [moderator], Fault.RUDE, "")
        assert kinds(session, moderator) == ["post_reported"]
        with pytest.raises(AlreadyDone):
            reports.report(session, Seat(amina), reported, topic, [], Fault.RUDE, "")

    def test_nobody_reports_themselves_nor_without_an_account(self, session, topic, reported, karim):
        for seat in (Seat(karim), Seat(None)):
            with pytest.raises(Forbidden):
                reports.report(session, seat, reported, topic, [], Fault.RUDE, "")

    def test_whoever_reported_hears_what_became_of_it(self, session, topic, reported, amina, karim, moderator):
        seat = Seat(moderator, Voice.MODERATOR, moderates=True)
        entry = reports.keep(session, seat, reported, topic)
        assert step_of(session, reported) is None
        assert "laisse visible" in told(session, amina)[-1].body
        reports.undo(session, moderator, reported, entry)
        assert kinds(session, amina) == ["post_written"]
        assert step_of(session, reported) is Step.REPORT_SETTLED
        reports.hide(session, seat, reported, topic, Fault.MONEY)
        assert "a caché" in told(session, amina)[-1].body
        assert step_of(session, reported) is None
        assert kinds(session, karim) == ["post_hidden"]

    def test_it_is_taken_back_within_ten_minutes(self, session, topic, say, amina, karim, moderator):
        post = say(karim, "Bonjour")
        entry = reports.report(session, Seat(amina), post, topic, [moderator], Fault.MONEY, "")
        reports.undo(session, amina, post, entry)
        assert session.exec(select(PostReport)).all() == [] and told(session, moderator) == []
        assert step_of(session, post) is None

    def test_a_reported_question_waits_for_the_team_again_afterwards(
        self, session, topic, say, amina, karim, moderator
    ):
        post = say(karim, "Quand ?", asks=True)
        reports.report(session, Seat(amina), post, topic, [moderator], Fault.OTHER, "")
        assert step_of(session, post) is Step.REPORT_SETTLED
        reports.keep(session, Seat(moderator, Voice.MODERATOR, moderates=True), post, topic)
        assert step_of(session, post) is Step.QUESTION_ANSWERED

    def test_an_answer_does_not_settle_a_report(self, session, topic, say, amina, karim, moderator):
        post = say(karim, "Quand ?", asks=True)
        reports.report(session, Seat(amina), post, topic, [moderator], Fault.OTHER, "")
        say(amina, "Au printemps.", Voice.TEAM)
        assert step_of(session, post) is Step.REPORT_SETTLED


class TestReading:
    def test_the_last_are_shown_and_the_way_to_those_before(self, session, topic, say, karim):
        written = [say(karim, f"Message numéro {number}").id for number in range(25)]
        view = queries.thread(session, topic.kind, topic.subject_id, Seat(None))
        assert ([one.post.id for one in view.posts], view.total) == (written[-20:], 25)
        before = queries.thread(session, topic.kind, topic.subject_id, Seat(None), view.earlier)
        assert ([one.post.id for one in before.posts], before.earlier) == (written[:5], None)

    @pytest.mark.parametrize("cursor", ["", "x", "WzFd", "W10", "WyJhIl0", "Wzk5OTk5OTk5OTk5OTld"])
    def test_a_cursor_that_nobody_made_is_no_fault(self, session, topic, say, karim, cursor):
        say(karim, "Bonjour")
        queries.thread(session, topic.kind, topic.subject_id, Seat(None), cursor)

    def test_a_long_thread_takes_no_more_queries_than_a_short_one(self, session, topic, say, karim, amina, query_count):
        def asked():
            session.expire_all()
            before = query_count()
            queries.thread(session, topic.kind, topic.subject_id, Seat(amina, Voice.TEAM))
            return query_count() - before

        say(karim, "Bonjour")
        few = asked()
        for number in range(19):
            say(karim, f"Et encore {number}", asks=True)
        assert asked() <= few + 1  # the day before which the question should be answered

    def test_what_is_written_is_shown_as_text(self, session, topic, say, karim):
        say(karim, "<script>alert(1)</script> **fort**")
        text = queries.thread(session, topic.kind, topic.subject_id, Seat(None)).posts[0].text
        assert "<script>" not in text and "<strong>fort</strong>" in text
