"""What is said before an account to which nobody comes any more is emptied."""

from dataclasses import dataclass
from datetime import date, datetime

from app.kernel.i18n import format_date
from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice


@dataclass(frozen=True)
class AsleepWarning(Notice):
    """Twice: two months and one month before."""

    kind = "asleep_warning"
    family = Family.ACCOUNT
    name: str
    goes_at: datetime

    def subject(self) -> str:
        return _("Gardez-vous votre compte Twiza ?")

    def body(self) -> str:
        return "\n\n".join(
            [
                _("Bonjour %(name)s,") % {"name": self.name},
                _("Vous n’êtes pas venu(e) sur Twiza depuis près de deux ans.")
                + " "
                + _("Pour ne rien garder de vous sans raison, nous supprimerons votre compte le %(day)s.")
                % {"day": format_date(self.goes_at)},
                _("Pour le garder, il suffit de vous connecter une fois avant ce jour."),
                _("Ce qui a été fait avec vous restera raconté, sans votre nom."),
            ]
        )

    def action(self) -> str:
        return _("Garder mon compte")

    def path(self) -> str:
        return "/me"


@dataclass(frozen=True)
class AsleepAndNeeded(Notice):
    """To the moderators, a month before the person is warned."""

    kind = "asleep_and_needed"
    family = Family.WAITING
    person: str
    last_seen_on: date
    organisation_id: int | None

    def subject(self) -> str:
        return _("Sans nouvelles de %(person)s") % {"person": self.person}

    def body(self) -> str:
        return "\n\n".join(
            [
                _("%(person)s n’est pas venu(e) sur Twiza depuis le %(day)s, et d’autres comptent sur cette personne.")
                % {"person": self.person, "day": format_date(self.last_seen_on)},
                _("Essayez de la joindre, ou trouvez qui prendra la suite : son compte sera supprimé dans trois mois."),
            ]
        )

    def action(self) -> str:
        return _("Voir ce qui attend")

    def path(self) -> str:
        return f"/organisations/{self.organisation_id}" if self.organisation_id else "/desk"
