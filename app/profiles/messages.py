from dataclasses import dataclass

from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice


@dataclass(frozen=True)
class _AboutGroup(Notice):
    group: str
    profile_id: int

    def path(self) -> str:
        """By the sign-in page, which lets through whoever is signed in: for others no profile exists."""
        return f"/account/sign-in?then=/profiles/{self.profile_id}"

    def action(self) -> str:
        return _("Voir le groupe")


@dataclass(frozen=True)
class MemberJoined(_AboutGroup):
    """To the one contact of the group."""

    kind = "member_joined"
    family = Family.TEAMS
    member: str

    def subject(self) -> str:
        return _("%(member)s a rejoint « %(group)s »") % {"member": self.member, "group": self.group}

    def body(self) -> str:
        return (
            _("%(member)s est venu(e) par le lien d’invitation, et fait maintenant partie de « %(group)s ».")
            % {"member": self.member, "group": self.group}
            + "\n\n"
            + _("Vous ne connaissez pas cette personne ? Vous pouvez la retirer du groupe et changer le lien.")
        )


@dataclass(frozen=True)
class ContactHandedOver(_AboutGroup):
    """To whoever answers for the group from now on."""

    kind = "contact_handed_over"
    family = Family.TEAMS
    former: str

    def subject(self) -> str:
        return _("Vous êtes le contact de « %(group)s »") % {"group": self.group}

    def body(self) -> str:
        return (
            _("%(former)s vous a confié « %(group)s » : vous répondez maintenant au nom du groupe.")
            % {"former": self.former, "group": self.group}
            + "\n\n"
            + _("C’est vous qui recevez les messages, et qui pouvez modifier le profil ou inviter d’autres personnes.")
        )


@dataclass(frozen=True)
class ContactLeft(_AboutGroup):
    """To whoever answers for the group from now on: its contact left Twiza."""

    kind = "contact_left"
    family = Family.TEAMS

    def subject(self) -> str:
        return _("Vous êtes le contact de « %(group)s »") % {"group": self.group}

    def body(self) -> str:
        return (
            _("La personne qui répondait pour « %(group)s » a quitté Twiza. Pour que le groupe continue, c’est vous.")
            % {"group": self.group}
            + "\n\n"
            + _("Vous recevez maintenant ses messages. Si ce n’est pas possible, confiez-le à un autre membre.")
        )


@dataclass(frozen=True)
class GroupOver(Notice):
    """To its members: its contact left, and nobody could answer for it."""

    kind = "group_over"
    family = Family.TEAMS
    group: str

    def subject(self) -> str:
        return _("« %(group)s » s’arrête") % {"group": self.group}

    def body(self) -> str:
        return (
            _("La personne qui répondait pour « %(group)s » a quitté Twiza, et personne ne pouvait prendre la suite.")
            % {"group": self.group}
            + "\n\n"
            + _("Ce que le groupe a fait reste raconté. Vous pouvez en former un autre quand vous voulez.")
        )

    def action(self) -> str:
        return _("Voir ma page")

    def path(self) -> str:
        return "/me"
