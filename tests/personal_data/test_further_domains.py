"""What conversations, relays, thanks, missions and documents forget when somebody leaves or takes an agreement back."""

from sqlmodel import select

from app.accounts import consents
from app.accounts.models import Purpose, User
from app.contributions.models import Contribution, ContributionDocument, State
from app.files.models import FileKind, StoredFile
from app.journal.actions import record
from app.journal.models import Subject
from app.kernel.days import today
from app.missions.models import Continue, Evaluation, Mission, MissionState, Side
from app.notifications.families import Family, Rhythm
from app.notifications.models import MessageChoice
from app.profiles.models import Profile
from app.projects.models import Need, Photo, Project, Thanks, ThanksState
from app.relays.models import KnownPerson, KnownState, Relay, RelayState
from app.threads.models import Follower, Post, Thread


def test_taking_back_thanks_takes_the_name_off_every_page(make, session, browser):
    user = make(User)
    for _project in range(2):
        make(
            Thanks, project_id=make(Project).id, user_id=user.id, state=ThanksState.AGREED, answered_at=user.created_at
        )
    consents.give(session, user, Purpose.THANKED, "thanks")
    browser.login(user).post("/fr/account/data/consents/thanked/withdraw")
    assert {one.state for one in session.exec(select(Thanks))} == {ThanksState.DECLINED}


def test_taking_back_the_name_on_links_leaves_them_nameless(make, session, browser):
    user = make(User)
    relay = make(Relay, need_id=make(Need).id, user_id=user.id, code="k7m2w9pq", is_named=True)
    browser.login(user).post("/fr/account/data/consents/relayed/withdraw")
    session.refresh(relay)
    assert not relay.is_named


def test_links_stop_and_nobody_is_reached_through_somebody_who_left(make, session, leave):
    user = make(User)
    relay = make(Relay, need_id=make(Need).id, user_id=user.id, code="k7m2w9pq", is_named=True)
    known = make(KnownPerson, recorded_by_id=make(User).id, reach_id=user.id)
    leave(user)
    session.expire_all()
    assert (relay.state, relay.is_named, known.state) == (RelayState.STOPPED, False, KnownState.ENDED)


def test_what_was_said_stays_and_nothing_is_followed(make, session, leave):
    user = make(User)
    thread = make(Thread, subject_kind=Subject.PROJECT, subject_id=make(Project).id)
    post = make(Post, thread_id=thread.id, author_id=user.id)
    make(Follower, thread_id=thread.id, user_id=user.id)
    make(MessageChoice, user_id=user.id, family=Family.NEWS, rhythm=Rhythm.WEEKLY, before=Rhythm.DAILY)
    leave(user)
    session.expire_all()
    assert post.author.name == "une personne qui n’est plus là"
    assert session.exec(select(Follower)).all() == session.exec(select(MessageChoice)).all() == []


def test_a_cv_goes_and_the_picture_of_the_library_stays(make, session, leave):
    user = make(User)
    offer = make(Contribution, profile_id=make(Profile, owner_id=user.id).id)
    cv = make(StoredFile, owner_id=user.id, kind=FileKind.DOCUMENT, name="CV Brahim.pdf", media_type="application/pdf",
              size=1, content=b"x")  # fmt: skip
    make(ContributionDocument, contribution_id=offer.id, file_id=cv.id)
    picture = make(StoredFile, owner_id=user.id, name="Brahim.jpg")
    make(Photo, file_id=picture.id, added_by_id=user.id)
    make(Thanks, project_id=make(Project).id, user_id=user.id, state=ThanksState.AGREED, answered_at=user.created_at)
    leave(user)
    [kept] = session.exec(select(StoredFile).where(StoredFile.owner_id == user.id)).all()
    session.refresh(kept)
    assert (kept.id, kept.name) == (picture.id, "picture.jpg")
    assert session.exec(select(Thanks)).all() == session.exec(select(ContributionDocument)).all() == []


def test_nobody_waits_for_the_evaluation_of_somebody_who_left(make, session, leave):
    user, author = make(User), make(User)
    need = make(Need, project_id=make(Project, author_id=author.id).id)
    offer = make(Contribution, need_id=need.id, profile_id=make(Profile, owner_id=user.id).id, state=State.ACCEPTED,
                 approved_by_id=author.id)  # fmt: skip
    record(session, author.id, Subject.CONTRIBUTION, offer.id, "accept", moved=("approved", "accepted"))
    said, unsaid = (
        make(Mission, contribution_id=offer.id, state=MissionState.HELD, starts_on=today()) for _n in range(2)
    )
    make(Evaluation, mission_id=said.id, side=Side.TEAM, user_id=author.id, useful="Tout.", carry_on=Continue.YES)
    leave(user)
    session.expire_all()
    assert (said.state, unsaid.state) == (MissionState.CLOSED, MissionState.HELD)
