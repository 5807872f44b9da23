"""What people are told of their missions. No message holds an address, a number or the link of a call."""

from abc import abstractmethod
from dataclasses import dataclass
from textwrap import shorten

from app.kernel.i18n import format_date
from app.kernel.i18n import gettext as _
from app.missions import wording
from app.missions.models import Mission, Side
from app.notifications import notice
from app.notifications.families import Family


@dataclass(frozen=True)
class Notice(notice.Notice):
    mission: Mission
    to: Side

    @property
    def project(self) -> str:
        return self.mission.contribution.need.project.title

    @abstractmethod
    def sentences(self) -> list[str]:
        """What happened and what to do now, before the mission is named."""

    def body(self) -> str:
        about = _("Projet : %(title)s (%(place)s).") % {
            "title": self.project,
            "place": self.mission.contribution.need.project.commune.full_name,
        }
        objective = _("Mission : %(text)s") % {"text": shorten(self.mission.objective, 160, placeholder=" …")}
        return "\n\n".join([*filter(None, self.sentences()), about, objective, wording.dates(self.mission)])

    def action(self) -> str:
        return _("Voir la mission")

    def path(self) -> str:
        return f"/missions/{self.mission.id}"

    def quoted(self) -> str:
        return _("« %(words)s »") % {"words": self.mission.word} if self.mission.word else ""


@dataclass(frozen=True)
class Proposed(Notice):
    kind = "mission_proposed"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Une date vous est proposée : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("L’autre côté propose une mission. Dites oui si elle vous convient, ou changez ce qui ne va pas."),
        ]

    def action(self) -> str:
        return _("Lire et répondre")


@dataclass(frozen=True)
class Changed(Proposed):
    kind = "mission_changed"
    family = Family.WAITING

    def subject(self) -> str:
        return _("La mission a changé : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [_("L’autre côté a changé la mission. Relisez-la : elle ne vaut que si vous dites oui à nouveau.")]


@dataclass(frozen=True)
class Agreed(Notice):
    kind = "mission_agreed"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("C’est convenu : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("Vous êtes d’accord des deux côtés. La convention et la date pour votre agenda sont sur la page."),
            self.quoted(),
        ]


@dataclass(frozen=True)
class Soon(Notice):
    kind = "mission_soon"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Votre mission approche : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("Rendez-vous le %(day)s. Regardez ce qui reste à préparer.")
            % {"day": format_date(self.mission.starts_on)}
        ]


@dataclass(frozen=True)
class Cancelled(Notice):
    kind = "mission_cancelled"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("La mission est annulée : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        reason = self.mission.reason
        return [
            _("La mission n’aura pas lieu aux dates prévues."),
            _("La raison : %(reason)s.") % {"reason": _(wording.REASONS[reason]).lower()} if reason else "",
            self.quoted(),
        ]


@dataclass(frozen=True)
class Held(Notice):
    kind = "mission_held"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Comment cela s’est-il passé ? %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        return [
            _("La mission a eu lieu. Trois minutes suffisent pour dire ce qui a été utile et ce qui a été difficile.")
        ]

    def action(self) -> str:
        return _("Écrire mon bilan")

    def path(self) -> str:
        return f"/missions/{self.mission.id}/evaluation"


@dataclass(frozen=True)
class Evaluated(Notice):
    kind = "mission_evaluated"
    family = Family.ANSWERS
    both: bool

    def subject(self) -> str:
        return _("L’autre côté a écrit son bilan : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        if self.both:
            return [_("Les deux bilans sont écrits. Merci ! L’attestation de remerciement est sur la page.")]
        return [_("L’autre côté a dit comment cela s’est passé. Le vôtre est encore attendu.")]


@dataclass(frozen=True)
class FollowedUp(Notice):
    kind = "mission_followed_up"
    family = Family.ANSWERS
    again: bool

    def subject(self) -> str:
        return _("Ce que votre mission est devenue : %(title)s") % {"title": self.project}

    def sentences(self) -> list[str]:
        told = _("L’équipe raconte ce qui a été mis en pratique.")
        return [told, _("Elle aimerait une deuxième mission avec vous.") if self.again else ""]
