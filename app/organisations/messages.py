"""What people are told about the organisations for which they speak, or asked to."""

from dataclasses import dataclass

from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice


@dataclass(frozen=True)
class AboutMembership(Notice):
    organisation_id: int
    organisation: str
    """Its name, in the reader's language where it has one."""
    name: str
    """Of the person who reads."""
    words: str = ""

    def greeting(self) -> str:
        return _("Bonjour %(name)s,") % {"name": self.name}

    def path(self) -> str:
        return f"/organisations/{self.organisation_id}"

    def action(self) -> str:
        return _("Voir sa page")


@dataclass(frozen=True)
class MembershipVerified(AboutMembership):
    kind = "membership_verified"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Vous parlez maintenant pour %(organisation)s") % {"organisation": self.organisation}

    def body(self) -> str:
        return "\n\n".join(
            [
                self.greeting(),
                _("C’est vérifié : vous parlez pour « %(organisation)s » sur Twiza.")
                % {"organisation": self.organisation},
                _("Vous pouvez poster des projets en son nom et suivre les siens avec les autres membres."),
            ]
        )


@dataclass(frozen=True)
class MembershipRefused(AboutMembership):
    kind = "membership_refused"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Votre demande au nom de %(organisation)s") % {"organisation": self.organisation}

    def body(self) -> str:
        return "\n\n".join(
            [
                self.greeting(),
                _("Nous ne pouvons pas confirmer que vous parlez pour « %(organisation)s ». Voici pourquoi :")
                % {"organisation": self.organisation},
                f"«\u00a0{self.words}\u00a0»",
                _("Si cela change, vous pouvez demander à nouveau. Ce que vous avez écrit reste à vous."),
            ]
        )


@dataclass(frozen=True)
class MembershipEnded(AboutMembership):
    kind = "membership_ended"
    family = Family.TEAMS

    def subject(self) -> str:
        return _("Vous ne parlez plus pour %(organisation)s") % {"organisation": self.organisation}

    def body(self) -> str:
        return "\n\n".join(
            [
                self.greeting(),
                _("Vous ne parlez plus pour « %(organisation)s » sur Twiza. Si c’est une erreur, dites-le nous.")
                % {"organisation": self.organisation},
            ]
        )

    def path(self) -> str:
        return "/feedback"

    def action(self) -> str:
        return _("Nous écrire")


@dataclass(frozen=True)
class NobodySpeaks(AboutMembership):
    """To the moderators who look after it."""

    kind = "nobody_speaks"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Plus personne ne parle pour %(organisation)s") % {"organisation": self.organisation}

    def body(self) -> str:
        return "\n\n".join(
            [
                self.greeting(),
                _("La seule personne qui parlait pour « %(organisation)s » a quitté Twiza.")
                % {"organisation": self.organisation},
                _(
                    "Ses projets restent. Trouvez avec l’organisation qui prendra la suite, "
                    "pour que personne n’attende."
                ),
            ]
        )
