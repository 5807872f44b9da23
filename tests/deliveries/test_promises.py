"""Several givers complete each other, and nothing is counted twice."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from sqlmodel import Session

from app.accounts.models import User
from app.contributions import actions
from app.contributions.filling import MoreThanMissing
from app.contributions.models import Contribution, Origin, State
from app.deadlines import queries as deadlines
from app.deadlines.steps import Step
from app.journal.models import Subject
from app.kernel.errors import Invalid
from app.kernel.i18n import speaking
from app.profiles.models import Profile
from app.projects.models import Need, NeedKind, NeedState, Project
from tests.factories import Factory
from tests.reference import sweep


def test_a_need_of_objects_is_filled_by_objects_not_by_people(session, library, gift):
    assert (library.need.promised, library.need.state) == (25, NeedState.OPEN)
    actions.accept(session, library.agent, library.offers[1], pledged=15)
    assert (library.need.promised, library.need.state) == (40, NeedState.FILLED)
    assert library.offers[1].pledged == 15


def test_more_than_is_missing_is_refused_with_the_number_that_is(session, library, gift):
    with pytest.raises(MoreThanMissing) as refused:
        actions.accept(session, library.agent, library.offers[1])
    assert refused.value.field == "pledged"
    assert refused.value.missing == 15
    assert "15" in refused.value.sentence()
    with speaking("ar"):
        assert "15" in refused.value.sentence()
    assert library.need.promised == 25


def test_the_team_may_take_more_than_is_missing_if_it_says_so(session, library, gift):
    actions.accept(session, library.agent, library.offers[1], one_more=True)
    assert (library.need.promised, library.need.state) == (45, NeedState.FILLED)


def test_nobody_takes_more_than_what_somebody_offered(session, library):
    with pytest.raises(Invalid) as refused:
        actions.accept(session, library.agent, library.offers[0], pledged=26)
    assert refused.value.field == "pledged"


def test_once_everything_is_promised_an_offer_goes_to_the_waiting_list_with_its_number(session, library, gift):
    actions.accept(session, library.agent, library.offers[1], pledged=15)
    profile = Factory(session)(Profile)
    late = Factory(session)(
        Contribution,
        need_id=library.need.id,
        profile_id=profile.id,
        state=State.APPROVED,
        approved_by_id=library.moderator.id,
        pledged=5,
    )
    assert actions.accept(session, library.agent, late) is State.WAITING_LIST
    assert (late.pledged, library.need.promised) == (5, 40)


def test_somebody_invited_says_how_many_and_no_more_than_are_missing(session, library, gift):
    profile = Factory(session)(Profile)
    invited = Factory(session)(
        Contribution,
        need_id=library.need.id,
        profile_id=profile.id,
        origin=Origin.INVITATION,
        created_by_id=library.agent.id,
        state=State.APPROVED,
        approved_by_id=library.moderator.id,
    )
    person = session.get(User, profile.owner_id)
    with pytest.raises(MoreThanMissing):
        actions.accept(session, person, invited, pledged=16, one_more=True)
    assert actions.accept(session, person, invited, pledged=15) is State.ACCEPTED
    assert library.need.state is NeedState.FILLED


def test_a_giver_who_steps_out_leaves_the_need_open_again(session, library, gift):
    actions.accept(session, library.agent, library.offers[1], one_more=True)
    actions.withdraw(session, library.other, library.offers[1])
    assert (library.need.promised, library.need.state) == (25, NeedState.OPEN)
    assert deadlines.under_way(session, Subject.CONTRIBUTION, [library.offers[1].id]) == {}


def test_the_giver_is_waited_for_from_the_day_of_the_agreement(session, gift):
    step = deadlines.under_way(session, Subject.CONTRIBUTION, [gift.id])[gift.id]
    assert step.step is Step.DELIVERY_SENT
    assert step.due_on == (step.since + timedelta(days=60)).date()


@pytest.fixture
def last_objects(engine):
    """The team accepts two offers of the last 10 objects at once: committed, so that other connections see them."""
    with Session(engine) as session:
        make = Factory(session)
        author = make(User)
        need = make(
            Need,
            project_id=make(Project, author_id=author.id).id,
            created_by_id=author.id,
            kind=NeedKind.EQUIPMENT,
            quantity=10,
        )
        offers = []
        for pledged in (7, 6):
            profile = make(Profile)
            one = make(
                Contribution,
                need_id=need.id,
                profile_id=profile.id,
                state=State.APPROVED,
                approved_by_id=author.id,
                pledged=pledged,
            )
            offers.append(one.id)
        session.commit()
        author_id = author.id
    yield author_id, offers
    sweep(engine)


def test_two_accepted_at_once_one_has_it_and_the_other_learns_what_is_missing(engine, last_objects):
    author_id, offers = last_objects
    ready = Barrier(2)
    outcomes: dict[int, object] = {}

    def accept(number: int) -> None:
        with Session(engine) as session:
            user, one = session.get(User, author_id), session.get(Contribution, number)
            assert one.need.promised == 0  # both looked at a page that showed ten missing
            ready.wait()
            try:
                outcomes[number] = actions.accept(session, user, one)
            except MoreThanMissing as refused:
                outcomes[number] = refused.missing
            session.commit()

    threads = [Thread(target=accept, args=(one,)) for one in offers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with Session(engine) as session:
        accepted = [one for one in offers if outcomes[one] is State.ACCEPTED]
        assert len(accepted) == 1
        given = session.get(Contribution, accepted[0]).pledged
        [other] = [outcomes[one] for one in offers if one not in accepted]
        assert other == 10 - given
        need = session.get(Contribution, offers[0]).need
        assert (need.promised, need.state) == (given, NeedState.OPEN)
