"""What people are told about grouped calls."""

from dataclasses import dataclass

from app.contributions.wording import shortened
from app.kernel.i18n import format_date
from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice
from app.projects.models import Need
from app.relays.calls import wording
from app.relays.calls.models import GroupedCall


@dataclass(frozen=True)
class AboutCall(Notice):
    call: GroupedCall
    need: Need

    def path(self) -> str:
        return f"/relays/calls/{self.call.id}"

    def action(self) -> str:
        return _("Voir l’appel groupé")

    def with_need(self, *sentences: str) -> str:
        need = _("Besoin : %(text)s") % {"text": shortened(self.need.text)}
        return "\n\n".join([*filter(None, sentences), need])

    @property
    def named(self) -> dict[str, str]:
        return {
            "title": wording.title(self.call),
            "place": self.need.project.commune.full_name,
            "day": format_date(self.call.answers_by),
        }


@dataclass(frozen=True)
class NeedIsCalled(AboutCall):
    """To the team of the project."""

    kind = "need_in_grouped_call"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Votre besoin est dans un appel groupé : %(title)s") % self.named

    def body(self) -> str:
        return self.with_need(
            _(
                "« %(title)s » le présente avec ceux d’autres communes, jusqu’au %(day)s. "
                "Vous n’avez rien à faire ; si vous préférez ne pas en être, sa page permet de le retirer."
            )
            % self.named
        )


@dataclass(frozen=True)
class WantsToJoin(AboutCall):
    """To those who make the call."""

    kind = "grouped_call_join_asked"
    family = Family.WAITING

    def subject(self) -> str:
        return _("%(place)s veut en être : %(title)s") % self.named

    def body(self) -> str:
        return self.with_need(_("« Nous en avons besoin aussi », dit %(place)s. À vous de répondre.") % self.named)

    def action(self) -> str:
        return _("Voir et répondre")


@dataclass(frozen=True)
class TakenIn(AboutCall):
    """To whoever asked to join."""

    kind = "grouped_call_join_accepted"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Vous en êtes : %(title)s") % self.named

    def body(self) -> str:
        return self.with_need(_("Votre besoin fait partie de l’appel groupé « %(title)s ».") % self.named)


@dataclass(frozen=True)
class TurnedDown(AboutCall):
    word: str
    kind = "grouped_call_join_declined"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Pas cette fois : %(title)s") % self.named

    def body(self) -> str:
        said = _("Votre besoin ne fait pas partie de cet appel groupé. Il reste ouvert sur la page de votre projet.")
        return self.with_need(said, _("« %(words)s »") % {"words": self.word} if self.word else "")
