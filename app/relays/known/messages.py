"""What members are told about whom they can reach. No message says who these people are: nobody here knows."""

from dataclasses import dataclass
from datetime import date

from app.kernel.i18n import format_date
from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice
from app.relays.known.rules import Verb
from app.relays.models import KnownPerson
from app.relays.wording import known_label


@dataclass(frozen=True)
class AboutKnown(Notice):
    known: KnownPerson

    def path(self) -> str:
        return f"/relays/known/{self.known.id}"

    def action(self) -> str:
        return _("Voir")

    def who(self) -> str:
        values = {"people": known_label(self.known), "place": self.known.commune.full_name}
        return _("%(people)s, de %(place)s.") % values


@dataclass(frozen=True)
class ReachAsked(AboutKnown):
    """To the member who was named."""

    due: date
    kind = "known_reach_asked"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Pouvez-vous joindre ces personnes ?")

    def body(self) -> str:
        said = _("%(name)s pense que vous pouvez joindre, au besoin, des personnes qui n’ont pas de compte :")
        asked = _(
            "Si vous êtes d’accord, les équipes des projets pourront vous demander de leur faire passer le mot. "
            "Personne ne saura qui elles sont. Répondez avant le %(day)s."
        )
        name, day = {"name": self.known.recorded_by.name}, {"day": format_date(self.due)}
        return "\n\n".join([said % name, self.who(), asked % day])

    def action(self) -> str:
        return _("Voir et répondre")


@dataclass(frozen=True)
class ReachAgreed(AboutKnown):
    """To whoever noted them."""

    kind = "known_reach_agreed"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("%(name)s peut joindre ces personnes") % {"name": self.known.reach.name}

    def body(self) -> str:
        return "\n\n".join([self.who(), _("Elles sont sur la liste : les besoins qui leur vont les trouveront.")])


@dataclass(frozen=True)
class ReachRefused(AboutKnown):
    kind = "known_reach_refused"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("%(name)s ne peut pas joindre ces personnes") % {"name": self.known.reach.name}

    def body(self) -> str:
        return "\n\n".join([self.who(), _("Qui d’autre le pourrait ? Vous, peut-être : dites-le sur leur page.")])


AFTER_ANSWER: dict[Verb, type[AboutKnown]] = {Verb.AGREE: ReachAgreed, Verb.REFUSE: ReachRefused}
