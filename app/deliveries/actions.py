"""What people do with the objects of a contribution: one verb, one function, and one place that counts (`_settle`)."""

from datetime import timedelta

from sqlmodel import Session

from app.accounts.models import User
from app.contributions import filling, moving, sides
from app.contributions import messages as contributions
from app.contributions.models import Contribution, State
from app.contributions.moving import AlreadyMoved
from app.contributions.rules import Party, Ties
from app.deadlines import actions as deadlines
from app.deadlines.steps import Step
from app.deliveries import messages, queries, rules
from app.deliveries.forms import CancelForm, PledgeForm, ReceiveForm, SendForm
from app.deliveries.models import Delivery, DeliveryState
from app.deliveries.rules import Verb
from app.files import actions as files
from app.files.receiving import Received
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.days import today
from app.kernel.errors import Forbidden, Invalid
from app.kernel.i18n import N_, ngettext, number
from app.notifications import actions as notifications
from app.projects import needs

GRACE = timedelta(days=7)


class NotThatMany(Invalid):
    """More objects than are still to be sent."""

    def __init__(self, left: int) -> None:
        super().__init__(N_("Il n’en reste pas autant à envoyer."), "quantity")
        self.left = left

    def sentence(self) -> str:
        said = ngettext("Il en reste %(n)s à envoyer.", "Il en reste %(n)s à envoyer.", self.left)
        return said % {"n": number(self.left)}


def part_of(session: Session, actor: User, contribution: Contribution, quantity: int) -> Delivery:
    """Some of what is promised and has not left yet, to be sent, received or given up. Raises NotThatMany."""
    moving.lock(session, contribution)
    left = rules.remainder(contribution)
    if quantity > left:
        raise NotThatMany(left)
    part = Delivery(contribution_id=contribution.id, quantity=quantity, created_by_id=actor.id)
    part.contribution = contribution
    session.add(part)
    return part


def send(session: Session, actor: User, delivery: Delivery, form: SendForm) -> Entry:
    """They are on their way. Raises Invalid (`expected_on`)."""
    ties = _check(session, actor, delivery, Verb.SEND)
    if form.expected_on is not None and form.expected_on < today():
        raise Invalid(N_("Cette date est déjà passée."), "expected_on")
    delivery.carrier, delivery.expected_on, delivery.note = form.carrier, form.expected_on, form.note
    return _move(session, actor, ties, delivery, Verb.SEND)


def receive(session: Session, actor: User, delivery: Delivery, form: ReceiveForm, photo: Received | None) -> Entry:
    """They arrived, as many as really did. Raises Invalid (`received_on`, `photo`, `photo_text`)."""
    ties = _check(session, actor, delivery, Verb.RECEIVE)
    if form.received_on > today():
        raise Invalid(N_("Cette date n’est pas encore passée."), "received_on")
    if photo is not None:
        if not form.photo_text:
            raise Invalid(N_("Dites ce que montre la photo, pour les personnes qui ne la voient pas."), "photo_text")
        delivery.photo_id = files.keep_picture(session, actor.id, photo, "photo").id
        delivery.photo_text = form.photo_text
    delivery.received_quantity, delivery.received_on = form.quantity, form.received_on
    delivery.received_by, delivery.word = form.received_by, form.word
    return _move(session, actor, ties, delivery, Verb.RECEIVE)


def cancel(session: Session, actor: User, delivery: Delivery, form: CancelForm) -> Entry:
    """They do not come, for a reason that the other side reads. `form.again`: others will, so that the promise stands.

    Raises Invalid (`reason`).
    """
    ties = _check(session, actor, delivery, Verb.CANCEL)
    if form.reason is None:
        raise Invalid(N_("Choisissez une raison : elle aide l’autre côté à comprendre."), "reason")
    delivery.reason, delivery.word = form.reason, form.word
    contribution = delivery.contribution
    given_up = 0 if form.again else delivery.quantity
    return _move(session, actor, ties, delivery, Verb.CANCEL, pledged=max(0, (contribution.pledged or 0) - given_up))


def promise(session: Session, actor: User, contribution: Contribution, form: PledgeForm) -> None:
    """Another number of objects in all, by the giver; the team alone takes more than is missing.

    Raises MoreThanMissing, and Invalid (`pledged`).
    """
    moving.lock(session, contribution)
    ties = sides.ties(session, actor)
    side = rules.side(ties, contribution)
    if side not in (Party.CONTRIBUTOR, Party.TEAM) or contribution.state is not State.ACCEPTED:
        raise Forbidden
    before = contribution.pledged
    if form.pledged == before:
        return
    if form.pledged < contribution.sent:
        raise Invalid(N_("Ce nombre est plus petit que ce qui est déjà parti."), "pledged")
    if side is Party.TEAM and form.pledged > (before or 0):
        raise Invalid(N_("C’est à la personne qui donne de promettre plus."), "pledged")
    filling.give(session, actor, contribution, form.pledged)
    _settle(session, actor, contribution)
    entry = journal.record(
        session, actor.id, Subject.CONTRIBUTION, contribution.id, "promise", before=before, pledged=form.pledged
    )
    _tell(session, ties, contribution, entry, messages.Promised)


def undo(session: Session, actor: User, delivery: Delivery, entry: Entry) -> None:
    """Take back what was said of a delivery, within ten minutes. Raises TooLateToUndo, MoreThanMissing."""
    contribution = delivery.contribution
    moving.lock(session, contribution)
    journal.take_back(session, actor.id, entry)
    notifications.cancel(session, entry)
    photo = delivery.photo_id
    if entry.from_state == DeliveryState.PROMISED:
        deadlines.end(session, Subject.DELIVERY, delivery.id)
        session.delete(delivery)
    else:
        delivery.state, delivery.state_since = DeliveryState.ON_THE_WAY, delivery.created_at
        delivery.received_quantity = delivery.received_on = delivery.reason = delivery.photo_id = None
        delivery.received_by = delivery.word = delivery.photo_text = ""
        _begin_waiting(session, delivery)
    session.flush()
    if photo is not None:
        files.remove(session, photo)
    # Raises MoreThanMissing if somebody else promised meanwhile what had been given up.
    filling.give(session, actor, contribution, entry.data["promised"])
    _settle(session, actor, contribution)


def _check(session: Session, actor: User, delivery: Delivery, verb: Verb) -> Ties:
    """The delivery as it is now, held until the end of the request. Raises AlreadyMoved, Forbidden."""
    moving.lock(session, delivery.contribution)
    if delivery.id is not None:
        session.refresh(delivery, ["state", "quantity"])
    if (delivery.state, verb) not in rules.MOVES or not rules.is_open(delivery.contribution, delivery.state):
        raise AlreadyMoved
    ties = sides.ties(session, actor)
    if not rules.can(ties, delivery.contribution, delivery.state, verb):
        raise Forbidden
    return ties


_NOTICES: dict[Verb, type[contributions.About]] = {
    Verb.SEND: messages.Sent,
    Verb.RECEIVE: messages.Arrived,
    Verb.CANCEL: messages.Cancelled,
}


def _move(
    session: Session, actor: User, ties: Ties, delivery: Delivery, verb: Verb, pledged: int | None = None
) -> Entry:
    """Change the state, count anew, journal it, and let the other side know once it can no longer be undone."""
    contribution = delivery.contribution
    before, to = delivery.state, rules.MOVES[delivery.state, verb].to
    promised = contribution.pledged
    delivery.state, delivery.state_since = to, now()
    session.flush()
    if pledged is not None:
        filling.give(session, actor, contribution, pledged)
    _settle(session, actor, contribution)
    if to is DeliveryState.ON_THE_WAY:
        _begin_waiting(session, delivery)
    else:
        deadlines.end(session, Subject.DELIVERY, delivery.id)
    data = {"contribution": contribution.id, "quantity": delivery.received_quantity or delivery.quantity}
    entry = journal.record(
        session,
        actor.id,
        Subject.DELIVERY,
        delivery.id,
        verb,
        moved=(before, to),
        note=delivery.word or delivery.note,
        promised=promised,
        **data,
    )
    _tell(session, ties, contribution, entry, _NOTICES[verb], delivery)
    return entry


def _begin_waiting(session: Session, delivery: Delivery) -> None:
    """For the team to say that they arrived: some days after the one on which they are expected."""
    due = delivery.expected_on + GRACE if delivery.expected_on else None
    deadlines.begin(session, Subject.DELIVERY, delivery.id, Step.DELIVERY_RECEIVED, due=due)


def _settle(session: Session, actor: User, contribution: Contribution) -> None:
    """Count anew what is on its way and what arrived, of the contribution and of its need, which is held."""
    need = contribution.need
    own = rules.count(queries.of_contributions(session, [contribution.id])[contribution.id])
    contribution.sent = own.on_the_way + own.received
    # More arrived than was promised: the team took it.
    contribution.pledged = max(contribution.pledged or 0, contribution.sent)
    filling.settle(session, actor, need)
    whole = rules.count(queries.of_need(session, need))
    needs.note_objects(session, need, on_the_way=whole.on_the_way, received=whole.received)
    if rules.remainder(contribution):  # whoever sends some has time again for the rest
        deadlines.begin(session, Subject.CONTRIBUTION, contribution.id, Step.DELIVERY_SENT)
    else:
        deadlines.end(session, Subject.CONTRIBUTION, contribution.id)


def _tell(
    session: Session,
    ties: Ties,
    contribution: Contribution,
    entry: Entry,
    notice: type[contributions.About],
    *more: object,
    after: timedelta = journal.UNDO_WITHIN,
) -> None:
    for recipients, one in _others(session, ties, contribution, notice, *more):
        for recipient in recipients:
            if recipient.closed_at is None:
                notifications.queue(session, recipient, one, entry=entry, after=after)


def _others(
    session: Session, ties: Ties, contribution: Contribution, notice: type[contributions.About], *more: object
) -> moving.Told:
    """The other side; of a moderator, both."""
    if rules.side(ties, contribution) is not Party.MODERATOR:
        return moving.other_side(session, ties, contribution, notice, *more)
    team = sides.team_of(session, contribution.need.project)
    return [
        ([contribution.profile.owner], notice(contribution, Party.CONTRIBUTOR, *more)),
        (team, notice(contribution, Party.TEAM, *more)),
    ]
