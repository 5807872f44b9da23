"""What people read about objects that were promised."""

from collections.abc import Mapping, Sequence

from app.contributions.models import Contribution
from app.contributions.rules import Party
from app.deadlines.wording import Next
from app.deliveries import rules
from app.deliveries.models import CancelReason, Delivery, DeliveryState
from app.deliveries.queries import WaitedFor
from app.deliveries.rules import Verb
from app.journal.models import Entry
from app.kernel.days import today
from app.kernel.i18n import N_, format_date, format_moment, ngettext, number
from app.kernel.i18n import gettext as _

STATES = {
    DeliveryState.PROMISED: (N_("Promis"), "idea"),
    DeliveryState.ON_THE_WAY: (N_("En route"), "open"),
    DeliveryState.RECEIVED: (N_("Reçu"), "done"),
    DeliveryState.CANCELLED: (N_("Annulé"), "quiet"),
}
"""With how components/state.html colours them."""

REASONS = {
    CancelReason.NO_LONGER: N_("Les objets ne sont plus disponibles"),
    CancelReason.NO_TRANSPORT: N_("Il n’y a pas de moyen de transport"),
    CancelReason.LOST: N_("Perdus ou abîmés en route"),
    CancelReason.NOT_NEEDED: N_("Le projet n’en a plus besoin"),
    CancelReason.OTHER: N_("Une autre raison"),
}


def reason_label(reason: CancelReason) -> str:
    return _(REASONS[reason])


def state_of(delivery: Delivery) -> tuple[str, str]:
    words, kind = STATES[delivery.state]
    return _(words), kind


def _moved(verb: Verb, count: int) -> str:
    match verb:
        case Verb.SEND:
            said = ngettext("%(n)s objet en route", "%(n)s objets en route", count)
        case Verb.RECEIVE:
            said = ngettext("%(n)s objet reçu", "%(n)s objets reçus", count)
        case Verb.CANCEL:
            said = ngettext("%(n)s objet annulé", "%(n)s objets annulés", count)
    return said % {"n": number(count)}


def history_lines(entries: Sequence[Entry], names: Mapping[int, str]) -> list[tuple[str, str, str, str]]:
    """For components/timeline.html."""
    lines = []
    for entry in entries:
        what = _moved(Verb(entry.verb), int(entry.data["quantity"]))
        who = names.get(entry.actor_id, "") if entry.actor_id else ""
        lines.append((format_moment(entry.at), what, who, entry.note))
    return lines


def next_step(
    contribution: Contribution, deliveries: Sequence[Delivery], side: Party | None, waited: WaitedFor
) -> Next:
    """Who acts next and by when: what is on its way first, because somebody carries it."""
    count = rules.count(deliveries)
    if waited.to_receive:
        day = min(step.due_on for step in waited.to_receive.values())
        late = day < today()
        if side is Party.TEAM:
            said = _("À vous de dire avant le %(day)s si les objets en route sont arrivés.")
            return Next(said % {"day": format_date(day)}, "late" if late else "you")
        said = _("En route : l’équipe du projet dit avant le %(day)s s’ils sont arrivés.")
        if late:
            said = _("L’équipe du projet devait dire avant le %(day)s s’ils sont arrivés.")
        return Next(said % {"day": format_date(day)}, "late" if late else "wait")
    left = rules.remainder(contribution)
    if left and waited.to_send is not None:
        values = {"n": number(left), "day": format_date(waited.to_send.due_on)}
        late = waited.to_send.due_on < today()
        if side is Party.CONTRIBUTOR:
            said = ngettext(
                "À vous d’envoyer %(n)s objet avant le %(day)s.",
                "À vous d’envoyer %(n)s objets avant le %(day)s.",
                left,
            )
            return Next(said % values, "late" if late else "you")
        said = ngettext(
            "La personne qui donne envoie %(n)s objet avant le %(day)s.",
            "La personne qui donne envoie %(n)s objets avant le %(day)s.",
            left,
        )
        return Next(said % values, "late" if late else "wait")
    if count.received:
        return Next(_("Tout ce qui était promis est arrivé. Merci !"), "over")
    return Next(_("Plus rien n’est promis ici."), "over")
