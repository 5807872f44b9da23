from dataclasses import dataclass

from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice


@dataclass(frozen=True)
class Invited(Notice):
    """The one e-mail to somebody who has no account."""

    kind = "invited_outside"
    family = Family.OUTSIDE
    organisation: str
    person: str
    code: str

    def subject(self) -> str:
        return _("%(organisation)s vous invite sur Twiza") % {"organisation": self.organisation}

    def body(self) -> str:
        return "\n\n".join(
            [
                _("Bonjour,"),
                _("%(person)s, de « %(organisation)s », vous invite à rejoindre Twiza.")
                % {"person": self.person, "organisation": self.organisation},
                _(
                    "Twiza relie les communes du Maroc à celles et ceux qui leur sont attachés, où qu’ils vivent. "
                    "Elles disent ce qui leur manque ; chacun apporte ce qu’il sait faire, une idée, un contact. "
                    "On n’y demande pas d’argent."
                ),
                _("C’est le seul message que nous vous enverrons. Sans réponse, votre adresse est effacée en un mois."),
            ]
        )

    def action(self) -> str:
        return _("Voir l’invitation")

    def path(self) -> str:
        return f"/invitations/{self.code}"
