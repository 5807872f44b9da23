"""Each move of the table: who may, who may not, what is counted, journalled and waited for, and who is told."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from app.accounts.models import User
from app.contributions import actions as contributions
from app.contributions import forgetting, sides
from app.contributions.models import State
from app.contributions.moving import AlreadyMoved
from app.contributions.rules import Verb as ContributionVerb
from app.contributions.rules import can, move_of
from app.deadlines import queries as deadlines
from app.deadlines.steps import Step
from app.deliveries import actions, rules
from app.deliveries.actions import NotThatMany
from app.deliveries.forms import CancelForm, PledgeForm, ReceiveForm, SendForm
from app.deliveries.models import CancelReason, Delivery, DeliveryState
from app.deliveries.rules import Verb
from app.files.models import StoredFile
from app.files.receiving import Received
from app.journal.actions import TooLateToUndo
from app.journal.models import Entry, Subject
from app.kernel.database import at, now
from app.kernel.days import today
from app.kernel.errors import Forbidden, Invalid
from app.notifications.models import Message, MessageState
from app.projects.models import NeedState
from tests.files.samples import jpeg

ON_THE_WAY = DeliveryState.ON_THE_WAY


def sent(session, actor, gift, quantity=5, **given):
    part = actions.part_of(session, actor, gift, quantity)
    actions.send(session, actor, part, SendForm(quantity=quantity, **given))
    return part


def arrival(quantity=5, **given):
    return ReceiveForm(**{"quantity": quantity, "received_on": today(), **given})


def no(reason=CancelReason.LOST, **given):
    return CancelForm(reason=reason, **given)


def told(session):
    session.flush()
    rows = session.exec(select(Message).where(col(Message.state) != MessageState.CANCELLED))
    return {(row.recipient_id, row.kind) for row in rows if row.kind.startswith("delivery")}


def counted(need):
    return need.promised, need.on_the_way, need.received


def last_entry(session, delivery):
    return session.exec(
        select(Entry)
        .where(Entry.subject_kind == Subject.DELIVERY, Entry.subject_id == delivery.id)
        .order_by(col(Entry.id).desc())
        .limit(1)
    ).one()


@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("state", DeliveryState)
def test_each_side_may_do_what_the_table_says_and_nobody_else_anything(session, make, library, gift, state, verb):
    by = rules.MOVES[state, verb].by if (state, verb) in rules.MOVES else ()
    by_whom = {rules.GIVER: library.giver, rules.TEAM: library.agent, rules.MODERATOR: library.moderator}
    for party, user in by_whom.items():
        assert rules.can(sides.ties(session, user), gift, state, verb) is (party in by)
    for stranger in (make(User), library.other, make.moderator("01")):
        assert not rules.can(sides.ties(session, stranger), gift, state, verb)


def test_part_leaves_and_the_rest_is_still_waited_for(session, library, gift):
    part = sent(session, library.giver, gift, carrier="Mon cousin", expected_on=today() + timedelta(days=9))
    assert part.state is ON_THE_WAY
    assert counted(library.need) == (25, 5, 0)
    assert rules.remainder(gift) == 20
    assert told(session) == {(library.agent.id, "delivery_sent")}
    [step] = deadlines.under_way(session, Subject.DELIVERY, [part.id]).values()
    assert (step.step, step.due_on) == (Step.DELIVERY_RECEIVED, part.expected_on + actions.GRACE)
    assert deadlines.under_way(session, Subject.CONTRIBUTION, [gift.id])[gift.id].step is Step.DELIVERY_SENT


def test_what_arrives_is_counted_as_it_really_is(session, library, gift):
    part = sent(session, library.giver, gift, 25)
    assert deadlines.under_way(session, Subject.CONTRIBUTION, [gift.id]) == {}
    actions.receive(session, library.agent, part, arrival(22, received_by="La bibliothécaire"), None)
    assert counted(library.need) == (25, 0, 22)
    assert rules.remainder(gift) == 3  # three are still owed
    assert (library.giver.id, "delivery_received") in told(session)
    assert deadlines.under_way(session, Subject.DELIVERY, [part.id]) == {}
    assert gift.id in deadlines.under_way(session, Subject.CONTRIBUTION, [gift.id])


def test_what_nobody_said_had_left_may_arrive(session, library, gift):
    part = actions.part_of(session, library.agent, gift, 25)
    actions.receive(session, library.agent, part, arrival(30), None)
    assert counted(library.need) == (30, 0, 30)  # more came than was promised, and the team took it
    assert (gift.pledged, gift.sent) == (30, 30)


def test_nobody_sends_more_than_was_promised(session, library, gift):
    sent(session, library.giver, gift, 20)
    with pytest.raises(NotThatMany) as refused:
        sent(session, library.giver, gift, 6)
    assert refused.value.left == 5


def test_what_is_lost_is_promised_no_more_and_the_need_is_open_again(session, library, gift):
    contributions.accept(session, library.agent, library.offers[1], pledged=15)
    assert library.need.state is NeedState.FILLED
    part = sent(session, library.giver, gift, 5)
    actions.cancel(session, library.giver, part, no())
    assert counted(library.need) == (35, 0, 0)
    assert library.need.state is NeedState.OPEN
    assert (library.agent.id, "delivery_cancelled") in told(session)


def test_what_is_lost_may_be_sent_again(session, library, gift):
    part = sent(session, library.giver, gift, 5)
    actions.cancel(session, library.giver, part, no(again=True))
    assert counted(library.need) == (25, 0, 0)
    assert rules.remainder(gift) == 25


def test_a_moderator_says_what_became_of_what_nobody_speaks_of_and_both_sides_hear_it(session, library, gift):
    part = sent(session, library.giver, gift, 5)
    actions.cancel(session, library.moderator, part, no(CancelReason.OTHER))
    assert {(library.giver.id, "delivery_cancelled"), (library.agent.id, "delivery_cancelled")} <= told(session)
    assert counted(library.need) == (20, 0, 0)


def test_nothing_is_given_up_without_a_reason(session, library, gift):
    part = sent(session, library.giver, gift, 5)
    with pytest.raises(Invalid) as refused:
        actions.cancel(session, library.giver, part, no(reason=None))
    assert refused.value.field == "reason"


def test_a_giver_does_not_say_that_it_arrived_and_a_stranger_says_nothing(session, make, library, gift):
    part = sent(session, library.giver, gift, 5)
    with pytest.raises(Forbidden):
        actions.receive(session, library.giver, part, arrival(), None)
    with pytest.raises(Forbidden):
        actions.cancel(session, make(User), part, no())


def test_what_has_arrived_does_not_arrive_again(session, library, gift):
    part = sent(session, library.giver, gift, 5)
    actions.receive(session, library.agent, part, arrival(), None)
    with pytest.raises(AlreadyMoved):
        actions.receive(session, library.agent, part, arrival(), None)


@pytest.mark.parametrize(("day", "field"), [(timedelta(days=1), "received_on"), (timedelta(days=400), "received_on")])
def test_nothing_arrives_in_the_future(session, library, gift, day, field):
    part = sent(session, library.giver, gift, 5)
    with pytest.raises(Invalid) as refused:
        actions.receive(session, library.agent, part, arrival(received_on=today() + day), None)
    assert refused.value.field == field


def test_nothing_is_expected_in_the_past(session, library, gift):
    with pytest.raises(Invalid) as refused:
        sent(session, library.giver, gift, 5, expected_on=today() - timedelta(days=1))
    assert refused.value.field == "expected_on"


def test_a_photograph_says_in_words_what_it_shows(session, library, gift):
    part = sent(session, library.giver, gift, 5)
    photo = Received("IMG_2.jpg", jpeg(exif=True))
    with pytest.raises(Invalid) as refused:
        actions.receive(session, library.agent, part, arrival(), photo)
    assert refused.value.field == "photo_text"
    actions.receive(session, library.agent, part, arrival(photo_text="Cinq cartons de livres"), photo)
    assert b"Casablanca" not in session.get(StoredFile, part.photo_id).content


class TestUndoing:
    def test_an_arrival_is_taken_back_with_its_photograph_and_nobody_hears_of_it(self, session, library, gift):
        part = sent(session, library.giver, gift, 5)
        form = arrival(photo_text="Cinq cartons")
        entry = actions.receive(session, library.agent, part, form, Received("a.jpg", jpeg()))
        photo = part.photo_id
        actions.undo(session, library.agent, part, entry)
        assert (part.state, part.received_quantity) == (ON_THE_WAY, None)
        assert counted(library.need) == (25, 5, 0)
        assert session.get(StoredFile, photo) is None
        assert told(session) == {(library.agent.id, "delivery_sent")}
        assert part.id in deadlines.under_way(session, Subject.DELIVERY, [part.id])

    def test_what_left_has_not_left(self, session, library, gift):
        part = sent(session, library.giver, gift, 5)
        actions.undo(session, library.giver, part, last_entry(session, part))
        assert counted(library.need) == (25, 0, 0)
        assert session.exec(select(Delivery)).all() == []
        assert told(session) == set()

    def test_what_was_given_up_is_promised_again_unless_others_promised_it(self, session, library, gift):
        part = actions.part_of(session, library.giver, gift, 5)
        entry = actions.cancel(session, library.giver, part, no(CancelReason.NO_LONGER))
        assert counted(library.need) == (20, 0, 0)
        actions.undo(session, library.giver, part, entry)
        assert counted(library.need) == (25, 0, 0)
        part = actions.part_of(session, library.giver, gift, 5)
        entry = actions.cancel(session, library.giver, part, no(CancelReason.NO_LONGER))
        contributions.accept(session, library.agent, library.offers[1])
        with pytest.raises(Invalid, match="plus"):
            actions.undo(session, library.giver, part, entry)

    def test_after_ten_minutes_it_stays_and_nobody_undoes_what_another_said(self, session, library, gift):
        part = sent(session, library.giver, gift, 5)
        entry = last_entry(session, part)
        with pytest.raises(TooLateToUndo):
            actions.undo(session, library.agent, part, entry)
        with at(now() + timedelta(minutes=11)), pytest.raises(TooLateToUndo):
            actions.undo(session, library.giver, part, entry)


class TestPromising:
    def test_a_giver_promises_more_as_long_as_some_are_missing(self, session, library, gift):
        actions.promise(session, library.giver, gift, PledgeForm(pledged=40))
        assert library.need.state is NeedState.FILLED
        assert (library.agent.id, "delivery_promised") in told(session)
        with pytest.raises(Invalid) as refused:
            actions.promise(session, library.giver, gift, PledgeForm(pledged=41))
        assert refused.value.field == "pledged"

    def test_nobody_promises_less_than_what_has_left(self, session, library, gift):
        sent(session, library.giver, gift, 5)
        with pytest.raises(Invalid):
            actions.promise(session, library.giver, gift, PledgeForm(pledged=4))

    def test_the_team_promises_nothing_in_the_name_of_a_giver(self, session, library, gift):
        with pytest.raises(Invalid):
            actions.promise(session, library.agent, gift, PledgeForm(pledged=30))


def test_nobody_steps_out_of_what_has_left_already(session, library, gift):
    sent(session, library.giver, gift, 5)
    assert move_of(gift, ContributionVerb.WITHDRAW) is None
    assert not can(sides.ties(session, library.giver), gift, ContributionVerb.WITHDRAW)


def test_what_somebody_sent_before_leaving_arrives_and_is_counted(session, library, gift):
    part = sent(session, library.giver, gift, 5)
    forgetting.step_out(session, library.giver)
    assert gift.state is State.WITHDRAWN
    assert counted(library.need) == (5, 5, 0)
    assert rules.remainder(gift) == 0
    with pytest.raises(NotThatMany):
        sent(session, library.agent, gift, 1)
    actions.receive(session, library.agent, part, arrival(), None)
    assert counted(library.need) == (5, 0, 5)


def test_no_message_holds_what_a_note_says(session, library, gift):
    sent(session, library.giver, gift, 5, carrier="Hassan, 06 12 34 56 78", note="hassan@example.org")
    for message in session.exec(select(Message)):
        assert "06 12" not in message.body
        assert "hassan@" not in message.body
