from dataclasses import dataclass
from datetime import datetime

from app.kernel.i18n import format_date
from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice


@dataclass(frozen=True)
class ConfirmAddress(Notice):
    kind = "confirm_address"
    family = Family.ACCOUNT
    name: str
    code: str

    def subject(self) -> str:
        return _("Confirmez votre adresse, et bienvenue sur Twiza")

    def body(self) -> str:
        return (
            _("Bonjour %(name)s,") % {"name": self.name}
            + "\n\n"
            + _("Ce lien confirme votre adresse et vous connecte. Il sert une fois, pendant deux jours.")
            + "\n\n"
            + _("Si vous n’avez rien demandé, ne faites rien : personne ne pourra se servir de votre adresse.")
        )

    def action(self) -> str:
        return _("Confirmer et me connecter")

    def path(self) -> str:
        return f"/account/link/{self.code}"


@dataclass(frozen=True)
class SignInLink(ConfirmAddress):
    kind = "sign_in_link"
    family = Family.ACCOUNT

    def subject(self) -> str:
        return _("Votre lien pour vous connecter à Twiza")

    def body(self) -> str:
        return (
            _("Bonjour %(name)s,") % {"name": self.name}
            + "\n\n"
            + _("Ce lien vous connecte. Il sert une fois, pendant deux heures.")
            + "\n\n"
            + _("Si vous n’avez rien demandé, ne faites rien.")
        )

    def action(self) -> str:
        return _("Me connecter")


@dataclass(frozen=True)
class ResetLink(SignInLink):
    kind = "reset_link"
    family = Family.ACCOUNT

    def subject(self) -> str:
        return _("Choisir un nouveau mot de passe")

    def body(self) -> str:
        return (
            _("Bonjour %(name)s,") % {"name": self.name}
            + "\n\n"
            + _("Ce lien efface l’ancien mot de passe et vous connecte. Il sert une fois, pendant deux heures.")
            + "\n\n"
            + _("Si vous n’avez rien demandé, ne faites rien.")
        )


@dataclass(frozen=True)
class ChangeAddress(ConfirmAddress):
    kind = "change_address"
    family = Family.ACCOUNT

    def subject(self) -> str:
        return _("Confirmez votre nouvelle adresse")

    def body(self) -> str:
        return (
            _("Bonjour %(name)s,") % {"name": self.name}
            + "\n\n"
            + _("Ce lien confirme que cette adresse est la vôtre. Il sert une fois, pendant deux jours.")
        )

    def action(self) -> str:
        return _("Confirmer cette adresse")


@dataclass(frozen=True)
class AddressChanged(Notice):
    """To the former address: whoever did not ask for it must know."""

    kind = "address_changed"
    family = Family.ACCOUNT
    name: str

    def subject(self) -> str:
        return _("L’adresse de votre compte a changé")

    def body(self) -> str:
        return (
            _("Bonjour %(name)s,") % {"name": self.name}
            + "\n\n"
            + _("Votre compte Twiza a maintenant une autre adresse. Si ce n’est pas vous, écrivez-nous sans attendre.")
        )

    def action(self) -> str:
        return _("Nous écrire")

    def path(self) -> str:
        return "/feedback"


@dataclass(frozen=True)
class LeaveLink(ConfirmAddress):
    kind = "leave_link"
    family = Family.ACCOUNT

    def subject(self) -> str:
        return _("Confirmez que vous supprimez votre compte Twiza")

    def body(self) -> str:
        return (
            _("Bonjour %(name)s,") % {"name": self.name}
            + "\n\n"
            + _(
                "Ce lien confirme que vous voulez supprimer votre compte. Il sert une fois, pendant deux heures ; "
                "vous aurez ensuite sept jours pour changer d’avis."
            )
            + "\n\n"
            + _("Si vous n’avez rien demandé, ne faites rien : votre compte reste comme il est.")
        )

    def action(self) -> str:
        return _("Lire et confirmer")


@dataclass(frozen=True)
class LeavingAsked(Notice):
    """Also a warning: somebody else may have asked."""

    kind = "leaving_asked"
    family = Family.ACCOUNT
    name: str
    goes_at: datetime

    def subject(self) -> str:
        return _("Votre compte Twiza sera supprimé le %(day)s") % {"day": format_date(self.goes_at)}

    def body(self) -> str:
        return (
            _("Bonjour %(name)s,") % {"name": self.name}
            + "\n\n"
            + _(
                "Comme vous l’avez demandé, votre compte sera supprimé le %(day)s. "
                "Nous n’écrirons plus à cette adresse."
            )
            % {"day": format_date(self.goes_at)}
            + "\n\n"
            + _(
                "Vous changez d’avis, ou ce n’était pas vous ? Connectez-vous avant ce jour et touchez "
                "« Je reste » : rien n’aura changé."
            )
            + "\n\n"
            + _("Merci pour ce que vous avez apporté.")
        )

    def action(self) -> str:
        return _("Je reste")

    def path(self) -> str:
        return "/account/leaving"
