"""Contributions: offered or invited, approved or not, answered or still waited for."""

from functools import partial

from app.contributions import actions
from app.contributions.models import Contribution as ContributionRow
from app.contributions.models import Origin, State
from app.deliveries import actions as deliveries
from app.deliveries.forms import ReceiveForm, SendForm
from app.demonstration.content import Contribution, Delivery
from app.demonstration.story import Story, Turn
from app.kernel.days import today


def plan(story: Story, contributions: list[Contribution]) -> None:
    for told in contributions:
        story.plan(told.started_days_ago, Turn.STARTED, partial(_begin, story, told))
        if told.approved_days_ago is not None:
            story.plan(told.approved_days_ago, Turn.APPROVED, partial(_approve, story, told))
        if told.refused_days_ago is not None:
            story.plan(told.refused_days_ago, Turn.APPROVED, partial(_refuse, story, told))
        if told.answered_days_ago is not None:
            story.plan(told.answered_days_ago, Turn.ANSWERED, partial(_answer, story, told))
        for number, delivery in enumerate(told.delivery):
            story.plan(delivery.sent_days_ago, Turn.SENT, partial(_send, story, told, delivery, number))
            if delivery.received_days_ago is not None:
                story.plan(delivery.received_days_ago, Turn.RECEIVED, partial(_receive, story, told, delivery, number))


def _begin(story: Story, told: Contribution) -> None:
    session, actor = story.session, story.users[told.by]
    need, profile = story.needs[told.need], story.profiles[told.contributor]
    if told.origin is Origin.OFFER:
        begun = actions.offer(session, actor, need, profile, told.message, pledged=told.pledged)
    else:
        begun = actions.invite(session, actor, need, profile, told.message)
    story.contributions[told.need, told.contributor] = begun


def _begun(story: Story, told: Contribution) -> ContributionRow:
    return story.contributions[told.need, told.contributor]


def _approve(story: Story, told: Contribution) -> None:
    """What the moderator in charge invites leaves by itself."""
    if _begun(story, told).state is State.PROPOSED:
        actions.approve(story.session, story.users[told.approved_by or ""], _begun(story, told))


def _refuse(story: Story, told: Contribution) -> None:
    actor = story.users[told.refused_by or ""]
    actions.refuse(story.session, actor, _begun(story, told), told.refused_message, told.reason)


def _answer(story: Story, told: Contribution) -> None:
    session, actor, contribution = story.session, story.users[told.answered_by or ""], _begun(story, told)
    match told.state:
        case State.ACCEPTED:
            actions.accept(session, actor, contribution, told.answer)
        case State.DECLINED:
            actions.decline(session, actor, contribution, told.reason, told.answer)
        case State.WITHDRAWN:
            actions.withdraw(session, actor, contribution, told.reason, told.answer)
        case State.WAITING_LIST:
            actions.put_on_waiting_list(session, actor, contribution, told.answer)


def _send(story: Story, told: Contribution, delivery: Delivery, number: int) -> None:
    session, actor = story.session, story.users[delivery.by]
    part = deliveries.part_of(session, actor, _begun(story, told), delivery.quantity)
    deliveries.send(session, actor, part, SendForm(quantity=delivery.quantity, carrier=delivery.carrier))
    story.deliveries[told.need, told.contributor, number] = part


def _receive(story: Story, told: Contribution, delivery: Delivery, number: int) -> None:
    form = ReceiveForm(
        quantity=delivery.received or delivery.quantity,
        received_on=today(),
        received_by=delivery.received_by,
        word=delivery.word,
    )
    part = story.deliveries[told.need, told.contributor, number]
    deliveries.receive(story.session, story.users[told.answered_by or ""], part, form, None)
