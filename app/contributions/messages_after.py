"""What people are told later: who does what, thanks, that somebody left, and that nobody answered."""

from dataclasses import dataclass

from app.contributions.messages import About
from app.contributions.rules import Party
from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice


@dataclass(frozen=True)
class PartSaid(About):
    """To one of several who help with the same need."""

    kind = "contribution_part"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Votre part du travail : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("Vous êtes plusieurs à aider : l’équipe du projet dit qui fait quoi. Voici votre part."),
            self.quoted(self.contribution.part),
            _("Elle ne vous convient pas ? Dites-le dans la conversation."),
        ]

    def action(self) -> str:
        return _("Voir qui fait quoi")


@dataclass(frozen=True)
class ThanksAsked(Notice):
    """To somebody whose help was accepted, once it is done."""

    project_id: int
    title: str
    place: str
    name: str
    words: str
    """The team's."""
    kind = "thanks_asked"
    family = Family.WAITING

    def subject(self) -> str:
        return _("C’est fait, et l’on voudrait vous remercier : %(title)s") % {"title": self.title}

    def body(self) -> str:
        quoted = [_("« %(words)s »") % {"words": self.words}] if self.words else []
        told = _("« %(title)s » (%(place)s) est réalisé, et vous y avez aidé.") % {
            "title": self.title,
            "place": self.place,
        }
        ask = _(
            "L’équipe aimerait vous nommer sur la page. Cela ne se fait que si vous dites oui, sous le nom que vous "
            "voulez, et votre nom s’enlève quand vous voulez."
        )
        return "\n\n".join([_("Bonjour %(name)s,") % {"name": self.name}, told, *quoted, ask])

    def action(self) -> str:
        return _("Répondre")

    def path(self) -> str:
        return f"/contributions/thanks/{self.project_id}"


@dataclass(frozen=True)
class ContributorLeft(About):
    """To the team: the account of the person is closed. Nameless: they asked for it."""

    kind = "contributor_left"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Un changement : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("La personne avec qui vous étiez en relation pour ce besoin a quitté Twiza : elle ne pourra pas aider."),
            _("Ce n’est pas à cause de vous, et la place est libre : d’autres personnes pourraient aider."),
        ]

    def action(self) -> str:
        return _("Voir qui pourrait aider")

    def path(self) -> str:
        return f"/contributions/needs/{self.contribution.need_id}"


@dataclass(frozen=True)
class ProjectLeft(About):
    """To the person who would help: nobody is left to answer."""

    kind = "project_left"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Un changement : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("La personne qui portait ce projet a quitté Twiza, et personne d’autre ne peut vous répondre."),
            _("Votre aide n’est pas perdue : d’autres projets cherchent ce que vous savez faire."),
        ]

    def action(self) -> str:
        return _("Voir d’autres projets pour moi")

    def path(self) -> str:
        return "/contributions/for-me"


@dataclass(frozen=True)
class Closed(About):
    """To both sides: nobody answered."""

    kind = "contribution_closed"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Cette rencontre est fermée : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        if self.to is Party.CONTRIBUTOR:
            told = _("Votre aide n’a pas reçu de suite, et nous en sommes désolés : elle comptait.")
            now = _("D’autres projets cherchent ce que vous savez faire : regardez ceux qui vous ressemblent.")
        else:
            told = _("La modération ferme ce qui était commencé avec %(person)s : rien n’avançait plus.")
            now = _("D’autres personnes pourraient aider : invitez-en une autre.")
            told = told % {"person": self.person}
        return [told, self.why(), self.quoted(self.contribution.word), now]

    def action(self) -> str:
        return _("Voir d’autres projets pour moi") if self.to is Party.CONTRIBUTOR else _("Voir qui pourrait aider")

    def path(self) -> str:
        if self.to is Party.CONTRIBUTOR:
            return "/contributions/for-me"
        return f"/contributions/needs/{self.contribution.need_id}"
