"""What people are told of the objects. Notes may hold a telephone number (a carrier’s): the page alone shows them."""

from dataclasses import dataclass

from app.contributions.messages import About
from app.contributions.rules import Party
from app.deliveries.models import Delivery
from app.deliveries.wording import reason_label
from app.kernel.i18n import format_date, ngettext, number
from app.kernel.i18n import gettext as _
from app.notifications.families import Family


@dataclass(frozen=True)
class AboutObjects(About):
    def action(self) -> str:
        return _("Suivre les objets")

    def path(self) -> str:
        return f"/deliveries/{self.contribution.id}"


@dataclass(frozen=True)
class AboutDelivery(AboutObjects):
    delivery: Delivery


@dataclass(frozen=True)
class Sent(AboutDelivery):
    """To the other side: mostly the team."""

    kind = "delivery_sent"
    family = Family.WAITING

    def subject(self) -> str:
        return _("En route : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        count = self.delivery.quantity
        said = ngettext("%(n)s objet est en route.", "%(n)s objets sont en route.", count) % {"n": number(count)}
        day = self.delivery.expected_on
        expected = _("Arrivée prévue le %(day)s.") % {"day": format_date(day)} if day else ""
        if self.to is Party.CONTRIBUTOR:
            return [said, expected, _("L’équipe du projet l’a noté pour vous.")]
        return [said, expected, _("Dites sur la page quand ils arrivent : la personne qui donne le saura.")]


@dataclass(frozen=True)
class Arrived(AboutDelivery):
    """To the giver."""

    kind = "delivery_received"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Bien arrivé, merci : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        count = self.delivery.received_quantity or 0
        said = ngettext(
            "%(n)s objet est arrivé le %(day)s. L’équipe du projet vous remercie.",
            "%(n)s objets sont arrivés le %(day)s. L’équipe du projet vous remercie.",
            count,
        )
        day = format_date(self.delivery.received_on) if self.delivery.received_on else ""
        photo = _("Une photo vous attend sur la page.") if self.delivery.photo_id else ""
        return [said % {"n": number(count), "day": day}, photo]


@dataclass(frozen=True)
class Cancelled(AboutDelivery):
    """To the other side."""

    kind = "delivery_cancelled"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Un changement pour les objets : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        count = self.delivery.quantity
        said = ngettext(
            "%(n)s objet ne viendra pas comme prévu.", "%(n)s objets ne viendront pas comme prévu.", count
        ) % {"n": number(count)}
        reason = self.delivery.reason
        why = _("La raison : %(reason)s.") % {"reason": reason_label(reason).lower()} if reason else ""
        return [said, why]


@dataclass(frozen=True)
class Promised(AboutObjects):
    """To the other side: another number is promised."""

    kind = "delivery_promised"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("La promesse a changé : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        count = self.contribution.pledged or 0
        said = ngettext("%(n)s objet est promis maintenant.", "%(n)s objets sont promis maintenant.", count)
        return [said % {"n": number(count)}]
