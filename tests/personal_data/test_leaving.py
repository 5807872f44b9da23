"""What goes and what stays when somebody leaves."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import col, select

from app.accounts import departures
from app.accounts.actions import check_sign_in
from app.accounts.contact import Contact
from app.accounts.departures import LastAdministrator, TooLateToStay
from app.accounts.models import AccountSession, CharterAcceptance, Departure, DepartureStep, User
from app.accounts.passwords import hash_password
from app.assistance.models import AssistanceKind, AssistanceRequest
from app.contributions.models import Contribution, State
from app.files.models import FileKind, StoredFile
from app.journal.actions import record
from app.journal.models import Entry, Subject
from app.kernel.database import at, now
from app.kernel.errors import Invalid
from app.kernel.i18n import speaking
from app.news.models import NewsItem, NewsState
from app.notifications.models import Message, MessageState
from app.organisations.models import Membership, MembershipState, Organisation
from app.personal_data import asleep, leaving
from app.profiles.models import GroupMember, Profile, ProfileKind, Visibility
from app.projects.models import CoAuthor, Moderation, Need, NeedState, Project
from tests.factories import ARBAA_SAHEL


def messages_to(session, user):
    return session.exec(select(Message).where(Message.recipient_id == user.id).order_by(col(Message.id))).all()


def test_the_name_and_all_ways_to_reach_somebody_are_gone(session, make, leave):
    user = make(User, name="Brahim Ouhadi", password_hash="x", phone="+212612345678", email="b.ouhadi@example.org")
    make(CharterAcceptance, user_id=user.id, consent="De vive voix, chez sa fille.")
    make(AccountSession, user_id=user.id, expires_at=now() + timedelta(days=3))
    make(AssistanceRequest, user_id=user.id, kind=AssistanceKind.CALL, phone="+212612345678")
    remark = make(AssistanceRequest, user_id=user.id)
    make(
        StoredFile,
        owner_id=user.id,
        kind=FileKind.DOCUMENT,
        name="CV.pdf",
        media_type="application/pdf",
        size=4,
        content=b"%PDF",
    )
    number = user.id
    leave(user)
    row = session.execute(text('SELECT * FROM "user" WHERE id = :id'), {"id": number}).mappings().one()
    assert (row["name"], row["email"], row["phone"], row["password_hash"]) == ("", None, None, None)
    assert row["closed_at"] is not None
    for table in (CharterAcceptance, AccountSession):
        assert session.exec(select(table).where(table.user_id == number)).all() == []
    assert messages_to(session, user) == []
    assert session.exec(select(StoredFile)).all() == []
    assert [one.id for one in session.exec(select(AssistanceRequest))] == [remark.id]
    session.refresh(remark)
    assert remark.user_id is None


def test_whoever_reads_the_history_finds_words_instead_of_a_name(session, make, leave, locale):
    user = make(User, name="Brahim Ouhadi")
    project = make(Project, author_id=user.id)
    leave(user)
    session.expire_all()
    assert project.author.name == {"fr": "une personne qui n’est plus là", "ar": "شخص لم يعد هنا"}[locale]


def test_the_journal_keeps_what_was_done_without_the_name(session, make, leave):
    user = make(User, name="Ali")
    entry = record(
        session, user.id, Subject.PROJECT, make(Project).id, "answer", note="D’accord. Ali, pour l’alimentation"
    )
    leave(user)
    session.refresh(entry)
    assert (entry.actor_id, entry.verb) == (user.id, "answer")
    assert entry.note == "D’accord. […], pour l’alimentation"


def test_what_others_were_told_loses_the_name_too(session, make, leave):
    user, other = make(User, name="Brahim (Tiznit)"), make(User, locale="ar")
    entry = record(session, user.id, Subject.PROFILE, 1, "joined")
    told = make(
        Message,
        recipient_id=other.id,
        entry_id=entry.id,
        kind="x",
        locale="ar",
        subject="Brahim (Tiznit)",
        body="Brahim (Tiznit) a rejoint.",
    )
    leave(user)
    session.refresh(told)
    assert "Brahim" not in told.subject + told.body


def test_a_profile_is_deleted_and_open_offers_end_with_a_kind_word(session, make, leave):
    user, author = make(User, name="Sanae"), make(User)
    need = make(Need, project_id=make(Project, author_id=author.id).id)
    profile = make(Profile, owner_id=user.id, occupation="pharmacienne")
    moderator = make.administrator()
    offer = make(
        Contribution,
        need_id=need.id,
        profile_id=profile.id,
        state=State.APPROVED,
        approved_by_id=moderator.id,
        reasons=[{"a": 1}],
    )
    record(session, moderator.id, Subject.CONTRIBUTION, offer.id, "approve", moved=("proposed", "accepted"))
    leave(user)
    session.expire_all()
    assert (offer.state, offer.message, offer.reasons) == (State.WITHDRAWN, "", [])
    assert (profile.abilities, profile.occupation, profile.visibility) == ("", "", Visibility.HIDDEN)
    [told] = messages_to(session, author)
    assert "Ce n’est pas à cause de vous" in told.body
    assert "Sanae" not in told.subject + told.body


def test_a_place_that_was_taken_is_free_again(session, make, leave):
    user, author = make(User), make(User)
    need = make(Need, project_id=make(Project, author_id=author.id).id, state=NeedState.FILLED)
    offer = make(
        Contribution,
        need_id=need.id,
        profile_id=make(Profile, owner_id=user.id).id,
        state=State.ACCEPTED,
        approved_by_id=author.id,
    )
    record(session, author.id, Subject.CONTRIBUTION, offer.id, "accept", moved=("approved", "accepted"))
    leave(user)
    session.refresh(need)
    assert need.state is NeedState.OPEN


def test_projects_of_an_organisation_stay_with_it(session, make, leave):
    user, colleague = make(User), make(User)
    organisation = make(Organisation)
    own = make(Membership, organisation_id=organisation.id, user_id=user.id, function="trésorier")
    make(Membership, organisation_id=organisation.id, user_id=colleague.id)
    project = make(Project, author_id=user.id, organisation_id=organisation.id)
    need = make(Need, project_id=project.id)
    leave(user)
    session.expire_all()
    assert (project.author_id, project.organisation_id) == (colleague.id, organisation.id)
    assert need.state is NeedState.OPEN
    assert (own.state, own.function) == (MembershipState.ENDED, "")
    assert "c’est vous" in messages_to(session, colleague)[0].body


def test_moderators_hear_of_an_organisation_for_which_nobody_speaks_any_more(session, make, leave):
    user, moderator = make(User), make.moderator("09")
    organisation = make(Organisation, region_code="09", name_fr="Association Iferda")
    make(Membership, organisation_id=organisation.id, user_id=user.id)
    leave(user)
    assert messages_to(session, moderator)[0].subject == "Plus personne ne parle pour Association Iferda"


def test_a_co_author_carries_the_project_on(session, make, leave):
    user, other = make(User), make(User)
    project = make(Project, author_id=user.id)
    make(CoAuthor, project_id=project.id, user_id=other.id)
    leave(user)
    session.refresh(project)
    assert project.author_id == other.id
    assert session.get(CoAuthor, (project.id, other.id)) is None


def test_a_published_idea_stays_under_its_commune_and_looks_for_nobody(session, make, leave):
    user, helper, moderator = make(User), make(User), make.moderator("09")
    project = make(Project, author_id=user.id, commune_code=ARBAA_SAHEL)
    need = make(Need, project_id=project.id, created_by_id=user.id)
    offer = make(Contribution, need_id=need.id, profile_id=make(Profile, owner_id=helper.id).id)
    leave(user)
    session.expire_all()
    assert (project.moderation, need.state, offer.state) == (Moderation.PUBLISHED, NeedState.CLOSED, State.WITHDRAWN)
    assert "Votre aide n’est pas perdue" in messages_to(session, helper)[-1].body
    assert "n’a plus personne" in messages_to(session, moderator)[-1].subject


def test_what_was_never_published_is_withdrawn(session, make, leave):
    user = make(User)
    project = make(Project, author_id=user.id, moderation=Moderation.WAITING)
    waiting = make(NewsItem, author_id=user.id)
    public = make(NewsItem, author_id=user.id, state=NewsState.PUBLISHED, published_at=now())
    leave(user)
    session.refresh(project)
    assert project.moderation is Moderation.WITHDRAWN
    assert [one.id for one in session.exec(select(NewsItem))] == [public.id]
    assert waiting.id != public.id


def test_a_group_is_handed_to_whoever_came_first(session, make, leave):
    user, first, second = make(User), make(User), make(User)
    group = make(Profile, owner_id=user.id, kind=ProfileKind.GROUP)
    for days, member in ((9, user), (5, first), (1, second)):
        make(GroupMember, profile_id=group.id, user_id=member.id, joined_at=now() - timedelta(days=days))
    leave(user)
    session.expire_all()
    assert group.owner_id == first.id
    assert session.get(GroupMember, (group.id, user.id)) is None
    assert "Vous êtes le contact" in messages_to(session, first)[0].subject


def test_an_association_that_nobody_else_speaks_for_ends_and_its_members_know(session, make, leave):
    user, member = make(User), make(User)
    association = make(Organisation)
    make(Membership, organisation_id=association.id, user_id=user.id)
    shared = make(
        Profile, owner_id=user.id, kind=ProfileKind.ASSOCIATION, organisation_id=association.id, name="Iferda"
    )
    for one in (user, member):
        make(GroupMember, profile_id=shared.id, user_id=one.id)
    number = shared.id
    leave(user)
    assert session.get(Profile, number) is None
    assert messages_to(session, member)[0].subject.replace("\u00a0", " ") == "« Iferda » s’arrête"


def test_what_a_moderator_had_taken_up_waits_on_the_desk_again(session, make, leave):
    moderator = make.moderator("09")
    project = make(Project, moderation=Moderation.HELPING, helper_id=moderator.id)
    leave(moderator)
    session.refresh(project)
    assert (project.moderation, project.helper_id) == (Moderation.WAITING, None)


def test_the_last_administrator_stays(session, make):
    administrator = make.administrator()
    with pytest.raises(LastAdministrator):
        departures.ask_with_password(session, administrator, None)
    other = make.administrator()
    departures.ask_with_password(session, administrator, None)
    with pytest.raises(LastAdministrator):  # both would be gone within the week
        departures.ask_with_password(session, other, None)


def test_the_wrong_password_changes_nothing(session, make):
    user = make(User, password_hash=hash_password("trois mots au hasard"))
    with pytest.raises(Invalid) as refused:
        departures.ask_with_password(session, user, "trois mots")
    assert refused.value.field == "current"
    assert departures.of(session, user) is None


def test_somebody_who_comes_back_within_the_week_stays(session, make, go_on):
    user = make(User)
    departures.begin(session, user)
    go_on(timedelta(days=6))
    departures.stay(session, user)
    go_on(timedelta(days=40))
    session.refresh(user)
    assert (user.closed_at, bool(user.email)) == (None, True)


def test_asking_twice_does_not_begin_the_week_again(session, make):
    user = make(User)
    first = departures.begin(session, user).next_at
    with at(now() + timedelta(days=3)):
        assert departures.begin(session, user).next_at == first
    assert len(messages_to(session, user)) == 1


def test_nobody_comes_in_once_the_account_is_closed(session, make, go_on):
    user = make(User, password_hash=hash_password("trois mots au hasard"))
    departures.begin(session, user)
    go_on(departures.GRACE)
    session.refresh(user)
    assert session.get_one(Departure, user.id).step is DepartureStep.CLOSED
    with pytest.raises(Invalid):
        check_sign_in(session, Contact(email=user.email), "trois mots au hasard")
    with pytest.raises(TooLateToStay):
        departures.stay(session, user)
    assert {one.state for one in messages_to(session, user)} <= {MessageState.CANCELLED, MessageState.ON_SITE}


def test_forgetting_twice_is_as_good_as_once(session, make, leave):
    user = make(User, name="Brahim")
    project = make(Project, author_id=user.id)
    make(Need, project_id=project.id)
    make(Profile, owner_id=user.id)
    leave(user)
    before = len(session.exec(select(Entry)).all())
    leaving.forget(session, session.get_one(User, user.id))
    with speaking("ar"):
        session.expire_all()
        leaving.forget(session, session.get_one(User, user.id))
    assert len(session.exec(select(Entry)).all()) == before


def test_killed_half_way_it_is_all_done_the_next_time(session, make, monkeypatch):
    user = make(User, name="Brahim")
    project = make(Project, author_id=user.id, moderation=Moderation.WAITING)
    departures.begin(session, user)
    closing = departures.GRACE
    with at(now() + closing):
        asleep.go_on(session, 1)
    with monkeypatch.context() as broken, at(now() + closing + departures.UNTIL_FORGOTTEN):
        broken.setattr("app.news.forgetting.forget", None)  # as if the machine stopped there
        assert asleep.go_on(session, 1) == 1
    session.expire_all()
    assert (user.name, project.moderation) == ("Brahim", Moderation.WAITING)
    with at(now() + closing + timedelta(hours=2)):
        asleep.go_on(session, 1)
    session.expire_all()
    assert (user.email, project.moderation) == (None, Moderation.WITHDRAWN)
