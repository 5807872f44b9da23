"""What people are reminded of. The same sentence as on the page, and the one page where they act."""

from dataclasses import dataclass
from datetime import date

from app.contributions.models import DeclineReason
from app.contributions.wording import reason_label
from app.deadlines.models import OpenStep
from app.deadlines.steps import Level
from app.deadlines.wording import next_step
from app.kernel.i18n import format_date
from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice
from app.reminders.things import Thing


@dataclass(frozen=True)
class StepReminder(Notice):
    """To whoever must act."""

    kind = "reminder"
    family = Family.WAITING
    row: OpenStep
    level: Level
    thing: Thing
    name: str
    """Of the person who reads."""

    @property
    def about(self) -> dict[str, str]:
        return {"title": self.thing.title}

    def subject(self) -> str:
        if self.level is Level.SOON:
            return _("Rappel : %(title)s") % self.about
        return _("On attend encore votre réponse : %(title)s") % self.about

    def sentences(self) -> list[str]:
        said = next_step(self.row, mine=True)
        late = said.detail if said.kind == "late" else ""
        return [said.sentence, late or _("Deux mots suffisent : oui, non, ou plus tard.")]

    def body(self) -> str:
        hello = _("Bonjour %(name)s,") % {"name": self.name}
        return "\n\n".join([hello, *filter(None, self.sentences()), *filter(None, [self.thing.hint]), self.where()])

    def where(self) -> str:
        since = _("En attente depuis le %(day)s.") % {"day": format_date(self.row.since)}
        if not self.thing.place:
            return f"«\u00a0{self.thing.title}\u00a0»\n{since}"
        return f"«\u00a0{self.thing.title}\u00a0»\n{self.thing.place}\n{since}"

    def action(self) -> str:
        return _("Voir et répondre")

    def path(self) -> str:
        return self.thing.path


@dataclass(frozen=True)
class LeftWaiting(StepReminder):
    """To the moderator in charge: somebody else does not answer."""

    kind = "left_waiting"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Quelqu’un attend toujours : %(title)s") % self.about

    def sentences(self) -> list[str]:
        return [
            next_step(self.row, mine=False).sentence,
            _("Nos rappels n’ont rien donné. Un appel, un mot de vous aideraient : parfois il manque peu de chose."),
            _("Au bureau, vous pouvez aussi laisser plus de temps, ou fermer en disant pourquoi."),
        ]

    def action(self) -> str:
        return _("Voir ce qui attend")

    def path(self) -> str:
        return f"/reminders/{self.row.subject_kind}/{self.row.subject_id}"


@dataclass(frozen=True)
class LeftWaitingLong(LeftWaiting):
    """To the coordinator: the moderator did not move it either."""

    kind = "left_waiting_long"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Rien n’avance : %(title)s") % self.about

    def sentences(self) -> list[str]:
        return [
            next_step(self.row, mine=False).sentence,
            _("Ni les rappels ni la modération n’y ont rien changé. À vous de voir avec eux ce qui bloque."),
            _("Sans réponse, cela reste au bureau, marqué comme bloqué, jusqu’à ce que quelqu’un agisse."),
        ]


@dataclass(frozen=True)
class MoreTime(Notice):
    """To whoever must act: those who look after it left another day."""

    kind = "more_time"
    family = Family.WAITING
    thing: Thing
    name: str
    words: str
    due: date

    def subject(self) -> str:
        return _("Vous avez plus de temps : %(title)s") % {"title": self.thing.title}

    def body(self) -> str:
        return "\n\n".join(
            [
                _("Bonjour %(name)s,") % {"name": self.name},
                _("La modération vous laisse jusqu’au %(day)s pour répondre, avec ces mots :")
                % {"day": format_date(self.due)},
                f"«\u00a0{self.words}\u00a0»",
            ]
        )

    def action(self) -> str:
        return _("Voir et répondre")

    def path(self) -> str:
        return self.thing.path


@dataclass(frozen=True)
class ClosedWithoutAnswer(Notice):
    """To those who should have acted, and to those who waited for them."""

    kind = "closed_without_answer"
    family = Family.ANSWERS
    thing: Thing
    name: str
    words: str
    reason: DeclineReason

    def subject(self) -> str:
        return _("C’est fermé : %(title)s") % {"title": self.thing.title}

    def body(self) -> str:
        return "\n\n".join(
            [
                _("Bonjour %(name)s,") % {"name": self.name},
                _("Ce qui attendait pour « %(title)s » est fermé par la modération.") % {"title": self.thing.title},
                _("La raison : %(reason)s.") % {"reason": reason_label(self.reason).lower()},
                f"«\u00a0{self.words}\u00a0»",
            ]
        )

    def action(self) -> str:
        return _("Voir ce qui s’est passé")

    def path(self) -> str:
        return self.thing.path
