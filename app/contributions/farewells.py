"""What each side is told when the other is no longer there."""

from dataclasses import dataclass

from app.contributions.messages import About
from app.kernel.i18n import gettext as _
from app.notifications.families import Family


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
