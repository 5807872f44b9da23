from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import GrantKind, User
from app.journal.actions import UNDO_WITHIN, TooLateToUndo
from app.journal.models import Entry
from app.kernel import database
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, NotFound
from app.notifications.models import Message, MessageState
from app.organisations.models import Membership, Organisation, OrganisationKind
from app.projects import actions, fiche, queries
from app.projects.actions import AlreadyMoved, NotPublished
from app.projects.models import CoAuthor, Moderation, Need, NeedState, Project, Section, SectionVersion, Stage
from app.projects.rules import Standing
from app.projects.sections import BY_NAME
from app.territories import queries as territories
from tests.factories import ARBAA_SAHEL, OUISSELSATE


@pytest.fixture
def post(session, make):
    def posted(author=None, **given):
        words = {"title": "Trier les déchets", "summary": "Un camion arrive.", "language": "fr", **given}
        commune = territories.get(session, ARBAA_SAHEL)
        return actions.post_idea(session, author or make(User), commune=commune, **words)

    return posted


@pytest.fixture
def moderator(make):
    return make.moderator("09")


@pytest.fixture
def take(session):
    """Somebody takes one step, as the pages let them."""

    def step(user, project, verb, words="", **given):
        return actions.move(session, queries.standing(session, user, project), project, verb, words, **given)

    return step


def messages(session):
    session.flush()
    return session.exec(select(Message).order_by(Message.id)).all()


class TestPosting:
    def test_an_idea_waits_for_a_moderator_with_its_first_version_kept(self, session, post):
        project = post()
        assert (project.moderation, project.stage, project.published_at) == (Moderation.WAITING, Stage.IDEA, None)
        section = session.get(Section, (project.id, "idea"))
        version = session.get(SectionVersion, (project.id, "idea", 1))
        assert section.content == version.content
        assert section.content["title"] == "Trier les déchets"
        assert session.exec(select(Entry.verb).where(Entry.subject_id == project.id)).all() == ["post"]

    @pytest.mark.parametrize("who", ["trusted", "moderator"])
    def test_whoever_is_trusted_is_published_at_once(self, make, post, who):
        author = make.granted(GrantKind.TRUSTED_AUTHOR) if who == "trusted" else make.moderator("01")
        assert post(author).moderation is Moderation.PUBLISHED


class TestModeration:
    def test_publishing_tells_the_author_in_their_language_and_not_before_ten_minutes(
        self, session, make, post, moderator, take
    ):
        project = post(make(User, locale="ar"))
        take(moderator, project, "publish", "Bravo")
        assert project.moderation is Moderation.PUBLISHED and project.published_at
        [message] = messages(session)
        assert (message.locale, message.kind, message.link) == ("ar", "project_published", f"/ar/projects/{project.id}")
        assert "Bravo" in message.body
        assert message.not_before >= now() + UNDO_WITHIN - timedelta(seconds=30)

    @pytest.mark.parametrize("verb", ["ask", "return", "unpublish", "answer"])
    def test_what_the_other_must_understand_needs_words(self, session, make, post, moderator, take, verb):
        author = make(User)
        project = post(author)
        if verb == "unpublish":
            take(moderator, project, "publish")
        if verb == "answer":
            take(moderator, project, "ask", "Où exactement ?")
        before = project.moderation
        with pytest.raises(Invalid) as refused:
            take(author if verb == "answer" else moderator, project, verb)
        assert refused.value.field == "words"
        assert project.moderation is before

    def test_a_question_its_answer_and_what_was_said(self, session, make, post, moderator, take):
        author = make(User)
        project = post(author)
        take(moderator, project, "ask", "Dans quel douar ?")
        assert project.moderation is Moderation.QUESTION
        take(author, project, "answer", "À Iferda.")
        assert project.moderation is Moderation.WAITING
        said = queries.thread(session, project)
        assert [(one.name, one.words) for one in said] == [
            (moderator.name, "Dans quel douar ?"),
            (author.name, "À Iferda."),
        ]

    def test_what_is_returned_comes_back_and_loses_nothing(self, session, make, post, moderator, take):
        author = make(User)
        project = post(author)
        take(moderator, project, "return", "Dites pour qui.")
        take(author, project, "send_again")
        assert (project.moderation, project.title) == (Moderation.WAITING, "Trier les déchets")

    def test_a_moderator_offers_to_write_it_together(self, session, make, post, moderator, take):
        author = make(User)
        project = post(author)
        take(moderator, project, "help")
        assert (project.moderation, project.helper_id) == (Moderation.HELPING, moderator.id)
        assert moderator.name in messages(session)[0].body

    def test_unpublishing_hides_it_from_all_but_its_author(self, session, make, post, moderator, take):
        author = make(User)
        project = post(author)
        take(moderator, project, "publish")
        take(moderator, project, "unpublish", "Un numéro de téléphone y est.")
        assert (project.moderation, project.published_at) == (Moderation.RETURNED, None)
        with pytest.raises(NotFound):
            queries.get(session, None, project.id)
        assert queries.get(session, author, project.id) == project

    def test_an_author_withdraws_and_sends_it_again(self, make, post, take):
        author = make(User)
        project = post(author)
        take(author, project, "withdraw")
        assert project.moderation is Moderation.WITHDRAWN
        take(author, project, "send_again")
        assert project.moderation is Moderation.WAITING

    def test_one_s_own_decision_needs_no_message(self, session, make, take, post):
        moderator = make.moderator("09")
        take(moderator, post(moderator), "unpublish", "Trop tôt.")
        assert messages(session) == []

    @pytest.mark.parametrize("verb", ["publish", "ask", "return", "help"])
    def test_nobody_else_decides(self, make, post, take, verb):
        author = make(User)
        project = post(author)
        for user in (author, make(User), make.moderator("08"), make.moderator(countries=("FR",))):
            with pytest.raises(Forbidden):
                take(user, project, verb, "Pourquoi pas")

    def test_two_moderators_do_not_decide_one_after_the_other_without_seeing_it(self, make, post, moderator, take):
        project = post()
        seen = project.moderation_since
        take(moderator, project, "ask", "Où ?", seen=seen)
        with pytest.raises(AlreadyMoved):
            take(make.administrator(), project, "return", "Pas clair", seen=seen)

    def test_a_step_that_the_state_does_not_allow(self, post, moderator, take):
        project = post()
        take(moderator, project, "publish")
        with pytest.raises(AlreadyMoved):
            take(moderator, project, "publish")

    def test_a_verb_that_does_not_exist(self, post, moderator, take):
        with pytest.raises(NotFound):
            take(moderator, post(), "burn")


class TestUndo:
    @pytest.mark.parametrize("verb", ["publish", "ask", "return", "help"])
    def test_all_is_as_before_and_no_message_leaves(self, session, post, moderator, take, verb):
        project = post()
        before = (project.moderation, project.moderation_since, project.published_at, project.helper_id, project.stage)
        entry = take(moderator, project, verb, "Un mot")
        actions.undo(session, moderator, project, entry)
        after = (project.moderation, project.moderation_since, project.published_at, project.helper_id, project.stage)
        assert after == before
        assert [message.state for message in messages(session)] == [MessageState.CANCELLED]
        assert queries.thread(session, project) == []

    def test_unpublishing_by_mistake_brings_back_date_and_stage(self, session, make, post, moderator, take):
        project = post()
        take(moderator, project, "publish")
        make(Need, project_id=project.id)
        actions.follow_needs(session, project)
        published = project.published_at
        entry = take(moderator, project, "unpublish", "Erreur")
        assert project.stage is Stage.IDEA
        actions.undo(session, moderator, project, entry)
        assert (project.published_at, project.stage) == (published, Stage.OPEN)

    def test_not_after_ten_minutes(self, session, post, moderator, take, monkeypatch):
        project = post()
        entry = take(moderator, project, "publish")
        later = database.now() + UNDO_WITHIN + timedelta(seconds=1)
        monkeypatch.setattr("app.journal.actions.now", lambda: later)
        with pytest.raises(TooLateToUndo):
            actions.undo(session, moderator, project, entry)

    def test_not_by_somebody_else_and_not_once_answered(self, session, make, post, moderator, take):
        author = make(User)
        project = post(author)
        entry = take(moderator, project, "ask", "Où ?")
        with pytest.raises(TooLateToUndo):
            actions.undo(session, make.administrator(), project, entry)
        take(author, project, "answer", "Ici")
        with pytest.raises(TooLateToUndo):
            actions.undo(session, moderator, project, entry)

    def test_posting_is_not_a_step_that_can_be_undone(self, session, make, post):
        author = make(User)
        project = post(author)
        entry = session.exec(select(Entry).where(Entry.subject_id == project.id, Entry.verb == "post")).one()
        with pytest.raises(NotFound):
            actions.undo(session, author, project, entry)


class TestEndorsement:
    @pytest.fixture
    def agent(self, make):
        commune = make(Organisation, kind=OrganisationKind.COMMUNE, commune_code=ARBAA_SAHEL, name_fr="Arbaa Sahel")
        return make(Membership, organisation_id=commune.id).user

    def test_the_commune_stands_behind_it_and_no_longer(self, session, make, agent):
        project = make(Project)
        actions.endorse(session, queries.standing(session, agent, project), project)
        assert project.endorsed_by.commune_code == ARBAA_SAHEL and project.endorsed_at
        [message] = messages(session)
        assert message.recipient_id == project.author_id
        actions.withdraw_endorsement(session, queries.standing(session, agent, project), project)
        assert project.endorsed_by_id is None and project.endorsed_at is None
        session.refresh(message)
        assert message.state is MessageState.CANCELLED

    def test_nobody_else_may(self, session, make, agent):
        elsewhere = make(Organisation, kind=OrganisationKind.COMMUNE, commune_code=OUISSELSATE, name_fr="Ouisselsate")
        others = [make(Membership, organisation_id=elsewhere.id).user, make.administrator(), make(User)]
        project = make(Project)
        for user in others:
            with pytest.raises(Forbidden):
                actions.endorse(session, queries.standing(session, user, project), project)

    def test_not_before_it_is_published_nor_twice(self, session, make, agent):
        waiting, published = make(Project, moderation=Moderation.WAITING), make(Project)
        with pytest.raises(Forbidden):
            actions.endorse(session, queries.standing(session, agent, waiting), waiting)
        actions.endorse(session, queries.standing(session, agent, published), published)
        with pytest.raises(AlreadyMoved):
            actions.endorse(session, queries.standing(session, agent, published), published)


class TestStage:
    def test_an_open_need_opens_a_published_idea_and_its_end_closes_it(self, session, make):
        project = make(Project)
        need = make(Need, project_id=project.id)
        actions.follow_needs(session, project)
        assert project.stage is Stage.OPEN
        need.state = NeedState.CLOSED
        session.flush()
        actions.follow_needs(session, project)
        assert project.stage is Stage.IDEA

    def test_an_idea_with_a_need_is_open_as_soon_as_it_is_published(self, session, make, post, moderator, take):
        project = post()
        make(Need, project_id=project.id)
        actions.follow_needs(session, project)
        assert project.stage is Stage.IDEA
        take(moderator, project, "publish")
        assert project.stage is Stage.OPEN

    def test_a_need_does_not_bring_back_what_is_under_way(self, session, make):
        project = make(Project)
        actions.set_stage(session, None, project, Stage.UNDER_WAY)
        make(Need, project_id=project.id)
        actions.follow_needs(session, project)
        assert project.stage is Stage.UNDER_WAY

    def test_an_editor_says_what_was_done(self, session, make):
        project = make(Project)
        author = project.author
        standing = queries.standing(session, author, project)
        with pytest.raises(Invalid):
            actions.realise(session, standing, project)
        actions.realise(session, standing, project, "Neuf villages trient leurs déchets.")
        assert project.stage is Stage.REALISED
        done = fiche.section(session, project, BY_NAME["done"])
        assert done.content == {"text": "Neuf villages trient leurs déchets."}

    def test_what_is_written_of_it_is_not_written_over(self, session, make):
        project = make(Project)
        standing = queries.standing(session, project.author, project)
        fiche.save(session, standing, project, BY_NAME["done"], {"text": "Trois classes."}, "fr", 0)
        actions.realise(session, standing, project, "Autre chose.")
        assert fiche.section(session, project, BY_NAME["done"]).content == {"text": "Trois classes."}

    def test_it_goes_on_after_all(self, session, make):
        project = make(Project)
        standing = queries.standing(session, project.author, project)
        actions.set_stage(session, None, project, Stage.UNDER_WAY)
        actions.realise(session, standing, project, "C’est fait.")
        actions.resume(session, standing, project)
        assert project.stage is Stage.UNDER_WAY

    def test_not_what_is_not_published_and_not_by_anybody(self, session, make):
        waiting, published = make(Project, moderation=Moderation.WAITING), make(Project)
        with pytest.raises(NotPublished):
            actions.realise(session, Standing(waiting.author), waiting, "C’est fait.")
        with pytest.raises(Forbidden):
            actions.realise(session, Standing(make(User)), published, "C’est fait.")


class TestLanguage:
    def test_a_language_recognised_wrongly_is_corrected_as_a_new_version(self, session, make, post):
        author = make(User)
        project = post(author)
        actions.correct_language(session, queries.standing(session, author, project), project, "ar")
        assert project.language == "ar"
        assert session.get(Section, (project.id, "idea")).language == "ar"
        assert session.get(SectionVersion, (project.id, "idea", 1)).language == "fr"

    def test_not_by_anybody(self, session, make, post):
        with pytest.raises(Forbidden):
            actions.correct_language(session, Standing(make(User)), post(), "ar")


class TestWhoSees:
    def test_what_waits_is_seen_by_those_who_write_it_and_those_who_look_after_it(self, session, make, moderator):
        association = make(Organisation)
        project = make(Project, moderation=Moderation.WAITING, organisation_id=association.id)
        co_author = make(User)
        make(CoAuthor, project_id=project.id, user_id=co_author.id)
        colleague = make(Membership, organisation_id=association.id).user
        everywhere = make.moderator(everywhere=True)
        for user in (project.author, co_author, colleague, moderator, everywhere, make.administrator()):
            assert queries.get(session, user, project.id) == project
        unverified = make(Organisation, verified_at=None)
        hidden = make(Project, moderation=Moderation.WAITING, organisation_id=unverified.id)
        strangers = [None, make(User), make.moderator("08"), make.moderator(countries=("FR",))]
        strangers.append(make(Membership, organisation_id=unverified.id).user)
        for user in strangers:
            with pytest.raises(NotFound):
                queries.get(session, user, hidden.id)

    @pytest.mark.parametrize("number", [0, -1, 999_999, 2**31, 2**70])
    def test_a_number_that_is_nobody_s(self, session, number):
        with pytest.raises(NotFound):
            queries.get(session, None, number)


class TestDesk:
    def test_what_waits_comes_oldest_first_in_one_s_scope(self, session, make, moderator):
        day = timedelta(days=1)
        new = make(Project, moderation=Moderation.WAITING, moderation_since=now() - day)
        old = make(Project, moderation=Moderation.WAITING, moderation_since=now() - 3 * day)
        mine = make(Project, moderation=Moderation.HELPING, helper_id=moderator.id)
        make(Project, moderation=Moderation.HELPING, helper_id=make.moderator("09").id)
        make(Project, moderation=Moderation.QUESTION)
        make(Project, moderation=Moderation.WAITING, commune_code=OUISSELSATE)
        make(Project)
        found = [waiting.project.id for waiting in queries.waiting_projects(session, moderator)]
        assert found == [old.id, new.id, mine.id]

    def test_a_coordinator_sees_what_is_left_waiting(self, session, make):
        coordinator = make.granted(GrantKind.COORDINATOR)
        left = make(Project, moderation=Moderation.WAITING, moderation_since=now() - timedelta(days=9))
        make(Project, moderation=Moderation.WAITING)
        assert [one.project.id for one in queries.waiting_projects(session, coordinator)] == [left.id]
        assert queries.get(session, coordinator, left.id) == left

    def test_a_member_has_no_desk(self, session, make):
        make(Project, moderation=Moderation.WAITING)
        assert queries.waiting_projects(session, make(User)) == []

    def test_no_query_for_each_row(self, session, make, post, moderator, take, query_count):
        def asked():
            session.expire_all()
            assert moderator.scopes  # as the desk has them: read with the account
            before = query_count()
            for one in queries.waiting_projects(session, moderator):
                assert one.project.commune.full_name and one.project.author.name is not None
                assert isinstance(one.thread, list)
            return query_count() - before

        post()
        few = asked()
        for _ in range(6):
            post()
        assert asked() == few

    def test_projects_that_somebody_writes(self, session, make):
        author = make(User)
        own = make(Project, author_id=author.id, moderation=Moderation.RETURNED)
        make(Project)
        assert list(queries.projects_of(session, author)) == [own]
