"""What people are told at each step. No message holds an e-mail address or a telephone number: the page does."""

from abc import abstractmethod
from dataclasses import dataclass

from app.contributions import rules
from app.contributions.models import Contribution, Origin, State
from app.contributions.rules import Party
from app.contributions.wording import person_name, reason_label, shortened
from app.kernel.i18n import format_date, number
from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice


@dataclass(frozen=True)
class About(Notice):
    contribution: Contribution
    to: Party

    @property
    def project(self) -> str:
        return self.contribution.need.project.title

    @property
    def place(self) -> str:
        return self.contribution.need.project.commune.full_name

    @property
    def person(self) -> str:
        named = self.to is not Party.TEAM or rules.is_known_to_team(self.contribution)
        return person_name(self.contribution.profile, named)

    @abstractmethod
    def sentences(self) -> list[str]:
        """What happened and what to do now, before the project and the need are named."""

    def body(self) -> str:
        about = _("Projet : %(title)s (%(place)s).") % {"title": self.project, "place": self.place}
        need = _("Besoin : %(text)s") % {"text": shortened(self.contribution.need.text)}
        return "\n\n".join([*filter(None, [*self.sentences(), about, need, self.objects()])])

    def objects(self) -> str:
        wanted, given = self.contribution.need.quantity, self.contribution.pledged
        if not wanted or not given:
            return ""
        return _("Objets : %(given)s, sur %(wanted)s demandés.") % {"given": number(given), "wanted": number(wanted)}

    def action(self) -> str:
        return _("Voir et répondre")

    def path(self) -> str:
        return f"/contributions/{self.contribution.id}"

    @property
    def day(self) -> str:
        """Before which whoever's turn it is should answer."""
        due = rules.due(self.contribution)
        return format_date(due) if due else ""

    def quoted(self, text: str) -> str:
        return _("« %(words)s »") % {"words": text} if text else ""

    def why(self) -> str:
        reason = self.contribution.reason
        return _("La raison : %(reason)s.") % {"reason": reason_label(reason).lower()} if reason else ""


@dataclass(frozen=True)
class ToApprove(About):
    """To the moderators."""

    kind = "contribution_to_approve"
    family = Family.WAITING

    def subject(self) -> str:
        if self.contribution.origin is Origin.OFFER:
            return _("Une offre d’aide attend votre avis : %(title)s") % {"title": self.project}
        return _("Une invitation attend votre avis : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        if self.contribution.origin is Origin.OFFER:
            told = _("%(person)s propose son aide. Rien ne part avant votre accord.")
        else:
            told = _("L’équipe du projet veut inviter %(person)s. Rien ne part avant votre accord.")
        return [told % {"person": self.person}, self.quoted(self.contribution.message)]

    def action(self) -> str:
        return _("Lire et décider")


@dataclass(frozen=True)
class OfferReceived(About):
    """To the team."""

    kind = "offer_received"
    family = Family.WAITING

    def subject(self) -> str:
        return _("On vous propose de l’aide : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("%(person)s propose son aide à votre projet, et la modération y voit une bonne rencontre.")
            % {"person": self.person},
            self.quoted(self.contribution.message),
            _("Répondez avant le %(day)s : un oui, un non ou « plus tard », même en deux mots.") % {"day": self.day},
        ]


@dataclass(frozen=True)
class OfferSentOn(About):
    """To the person who offered."""

    kind = "offer_sent_on"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Votre offre est arrivée : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("La modération a transmis votre offre à l’équipe du projet, qui répond avant le %(day)s.")
            % {"day": self.day},
            _("Vous n’avez rien à faire : nous vous écrivons dès qu’elle répond."),
        ]

    def action(self) -> str:
        return _("Voir où en est mon offre")


@dataclass(frozen=True)
class Invited(About):
    """To the person who could help."""

    kind = "invited"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Vous êtes invité(e) à aider : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("Une équipe cherche ce que vous savez faire, et la modération y voit une bonne rencontre."),
            self.quoted(self.contribution.message),
            _("Répondez avant le %(day)s. Vos coordonnées ne sont montrées que si vous dites oui.") % {"day": self.day},
        ]


@dataclass(frozen=True)
class InvitationLeft(About):
    """To the team for which somebody is invited."""

    kind = "invitation_left"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("L’invitation est partie : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("%(person)s a reçu une invitation pour votre projet, et répond avant le %(day)s.")
            % {"person": self.person, "day": self.day},
            _("Vous n’avez rien à faire : nous vous écrivons dès que la réponse arrive."),
        ]

    def action(self) -> str:
        return _("Voir où en est l’invitation")


@dataclass(frozen=True)
class NotRetained(About):
    """To whoever offered or invited."""

    kind = "not_retained"
    family = Family.ANSWERS

    def subject(self) -> str:
        if self.contribution.origin is Origin.OFFER:
            return _("Votre offre n’a pas été transmise : %(title)s") % {"title": self.project}
        return _("Votre invitation n’est pas partie : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        if self.contribution.origin is Origin.OFFER:
            told = _("Merci d’avoir proposé votre aide. Pour ce besoin, la modération n’a pas vu une bonne rencontre.")
            now = _("D’autres projets cherchent ce que vous savez faire : regardez ceux qui vous ressemblent.")
        else:
            told = _("La modération a lu votre invitation et n’y a pas vu une bonne rencontre pour ce besoin.")
            now = _("D’autres personnes pourraient aider : vous pouvez en inviter une autre.")
        return [told, self.why(), self.quoted(self.contribution.word), now]

    def action(self) -> str:
        if self.contribution.origin is Origin.OFFER:
            return _("Voir d’autres projets pour moi")
        return _("Voir qui pourrait aider")

    def path(self) -> str:
        if self.contribution.origin is Origin.OFFER:
            return "/contributions/for-me"
        return f"/contributions/needs/{self.contribution.need_id}"


@dataclass(frozen=True)
class Agreed(About):
    """To everybody on both sides but the one who said yes last."""

    kind = "contribution_agreed"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("C’est oui : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("Les deux côtés sont d’accord : %(person)s et l’équipe du projet vont travailler ensemble.")
            % {"person": self.person},
            self.quoted(self.contribution.word),
            _("Vos coordonnées sont maintenant sur la page : parlez-vous bientôt, et fixez une première date."),
        ]

    def action(self) -> str:
        return _("Voir les coordonnées")


@dataclass(frozen=True)
class SaidNo(About):
    """To the side that had asked, or that was on the waiting list."""

    kind = "contribution_declined"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Cette fois, c’est non : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        if self.to is Party.CONTRIBUTOR:
            told = _("L’équipe du projet vous remercie, et ne donne pas suite à votre aide pour ce besoin.")
            now = _("D’autres projets cherchent ce que vous savez faire : regardez ceux qui vous ressemblent.")
        else:
            told = _("%(person)s ne peut pas vous aider cette fois.") % {"person": self.person}
            now = _("D’autres personnes pourraient aider : invitez-en une autre.")
        return [told, self.why(), self.quoted(self.contribution.word), now]

    def action(self) -> str:
        return _("Voir d’autres projets pour moi") if self.to is Party.CONTRIBUTOR else _("Voir qui pourrait aider")

    def path(self) -> str:
        if self.to is Party.CONTRIBUTOR:
            return "/contributions/for-me"
        return f"/contributions/needs/{self.contribution.need_id}"


@dataclass(frozen=True)
class OnWaitingList(About):
    """To the person who would help."""

    kind = "on_waiting_list"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Vous êtes sur la liste d’attente : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("Toutes les places sont prises pour l’instant : l’équipe du projet vous garde sur sa liste d’attente."),
            self.quoted(self.contribution.word),
            _("Elle vous dit avant le %(day)s si une place se libère. Vous pouvez vous retirer à tout moment.")
            % {"day": self.day},
        ]

    def action(self) -> str:
        return _("Voir où j’en suis")


@dataclass(frozen=True)
class WaitsForPlace(About):
    """To the team: somebody said yes when all places were taken."""

    kind = "waits_for_place"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Une personne de plus est prête à aider : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("%(person)s dit oui, mais toutes les places sont prises : la voici sur votre liste d’attente.")
            % {"person": self.person},
            self.quoted(self.contribution.word),
            _("Vous pouvez la prendre en plus, ou lui dire avant le %(day)s si une place se libère.")
            % {"day": self.day},
        ]


@dataclass(frozen=True)
class SteppedOut(About):
    """To the other side."""

    kind = "contribution_withdrawn"
    family = Family.ANSWERS
    was: State

    def subject(self) -> str:
        return _("Un changement : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        if self.to is Party.CONTRIBUTOR and self.was is State.ACCEPTED:
            told = _("L’équipe du projet doit renoncer à votre aide pour ce besoin, et vous en remercie.")
        elif self.to is Party.CONTRIBUTOR:
            told = _("L’équipe du projet a retiré son invitation. Vous n’avez plus rien à faire.")
        elif self.was is State.ACCEPTED:
            told = _("%(person)s doit se retirer. Une place est libre à nouveau.") % {"person": self.person}
        else:
            told = _("%(person)s retire son offre. Vous n’avez plus rien à faire.") % {"person": self.person}
        return [told, self.why(), self.quoted(self.contribution.word)]

    def action(self) -> str:
        return _("Voir ce qui s’est passé")
