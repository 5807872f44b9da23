"""What people are told about relays. No message holds an address; no one is named who did not agree to it."""

from dataclasses import dataclass
from datetime import date

from app.contributions.wording import shortened
from app.kernel.i18n import format_date
from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice
from app.relays.models import Relay
from app.relays.wording import known_label, reason_label


@dataclass(frozen=True)
class About(Notice):
    relay: Relay

    @property
    def title(self) -> str:
        return self.relay.need.project.title

    def with_need(self, *sentences: str) -> str:
        project = self.relay.need.project
        values = {"title": project.title, "place": project.commune.full_name}
        about = _("Projet : %(title)s (%(place)s).") % values
        need = _("Besoin : %(text)s") % {"text": shortened(self.relay.need.text)}
        return "\n\n".join([*filter(None, sentences), about, need])

    def path(self) -> str:
        return f"/relays/{self.relay.id}"

    def action(self) -> str:
        return _("Voir mon relais")


@dataclass(frozen=True)
class Asked(About):
    """To the member who can reach people."""

    due: date
    kind = "relay_asked"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Pouvez-vous faire passer le mot ? %(title)s") % {"title": self.title}

    def body(self) -> str:
        known = self.relay.known_person
        return self.with_need(
            _("Vous pouvez joindre des personnes à qui ce besoin peut parler : %(people)s.")
            % {"people": known_label(known)},
            _("« %(words)s »") % {"words": self.relay.message} if self.relay.message else "",
            _("Un oui vous donne un lien à leur envoyer ; un non est une réponse aussi."),
            _("Merci de répondre avant le %(day)s.") % {"day": format_date(self.due)},
        )

    def action(self) -> str:
        return _("Voir et répondre")


@dataclass(frozen=True)
class Accepted(About):
    """To whoever asked."""

    kind = "relay_accepted"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Le mot passe : %(title)s") % {"title": self.title}

    def body(self) -> str:
        said = _("%(name)s fait passer le mot aux personnes que vous cherchez à joindre.")
        return self.with_need(said % {"name": self.relay.user.name})

    def action(self) -> str:
        return _("Voir ce relais")


@dataclass(frozen=True)
class Declined(Accepted):
    kind = "relay_declined"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Ce relais ne se fera pas : %(title)s") % {"title": self.title}

    def body(self) -> str:
        said = _("%(name)s ne peut pas faire passer le mot cette fois.") % {"name": self.relay.user.name}
        reason = self.relay.reason
        why = _("La raison : %(reason)s.") % {"reason": reason_label(reason).lower()} if reason else ""
        return self.with_need(said, why, _("« %(words)s »") % {"words": self.relay.word} if self.relay.word else "")


@dataclass(frozen=True)
class NoLongerAsked(About):
    """To the member who was asked."""

    kind = "relay_no_longer_asked"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Ce n’est plus la peine de faire passer le mot : %(title)s") % {"title": self.title}

    def body(self) -> str:
        return self.with_need(
            _("La demande qui vous attendait est retirée : vous n’avez rien à faire. Merci quand même.")
        )


@dataclass(frozen=True)
class LedTo(About):
    """To whoever relayed."""

    name: str
    """Of the person who offered; empty if they did not let it be told."""


@dataclass(frozen=True)
class LedToOffer(LedTo):
    kind = "relay_led_to_offer"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Grâce à vous : une aide est proposée pour « %(title)s »") % {"title": self.title}

    def body(self) -> str:
        if self.name:
            said = _("%(name)s a suivi votre lien et propose son aide.") % {"name": self.name}
        else:
            said = _("Quelqu’un a suivi votre lien et propose son aide.")
        return self.with_need(said, _("Ce relais est une contribution à part entière. Merci."))


@dataclass(frozen=True)
class LedToAgreement(LedTo):
    kind = "relay_led_to_agreement"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Grâce à vous, ils se sont trouvés : %(title)s") % {"title": self.title}

    def body(self) -> str:
        if self.name:
            said = _("%(name)s, venu(e) par votre lien, et l’équipe du projet se sont mis d’accord.")
            said = said % {"name": self.name}
        else:
            said = _("La personne venue par votre lien et l’équipe du projet se sont mises d’accord.")
        return self.with_need(said, _("Sans vous, cela ne se serait pas fait. Merci."))
