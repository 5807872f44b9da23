"""What people are told of a thread. No message holds an e-mail address or a telephone number: the page does."""

from dataclasses import dataclass

from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice
from app.threads.models import Fault
from app.threads.wording import fault_label


@dataclass(frozen=True)
class AboutThread(Notice):
    title: str
    """Of what the thread is about."""
    where: str
    """The page on which it stands."""
    words: str = ""
    """What was written; nothing where an address stands in it."""

    def path(self) -> str:
        return self.where

    def action(self) -> str:
        return _("Lire et répondre")

    def said(self, *sentences: str) -> str:
        quoted = [_("« %(words)s »") % {"words": self.words}] if self.words else []
        return "\n\n".join([*sentences[:1], *quoted, *sentences[1:]])


@dataclass(frozen=True)
class PostWritten(AboutThread):
    kind = "post_written"
    family = Family.CONVERSATIONS
    who: str = ""

    def subject(self) -> str:
        return _("Nouveau message : %(title)s") % {"title": self.title}

    def body(self) -> str:
        return self.said(
            _("%(who)s a écrit au sujet de « %(title)s ».") % {"who": self.who, "title": self.title},
            _("Les messages suivants ne vous seront pas annoncés un par un : ils vous attendent dans la conversation."),
        )


@dataclass(frozen=True)
class QuestionAsked(AboutThread):
    """To the team."""

    kind = "question_asked"
    family = Family.WAITING
    who: str = ""
    day: str = ""

    def subject(self) -> str:
        return _("Une question pour vous : %(title)s") % {"title": self.title}

    def body(self) -> str:
        return self.said(
            _("%(who)s pose une question au sujet de « %(title)s ».") % {"who": self.who, "title": self.title},
            _("Répondez avant le %(day)s : chaque personne de l’équipe peut le faire, même en deux mots.")
            % {"day": self.day},
        )


@dataclass(frozen=True)
class Mentioned(AboutThread):
    kind = "post_mention"
    family = Family.CONVERSATIONS
    who: str = ""

    def subject(self) -> str:
        return _("%(who)s s’adresse à vous : %(title)s") % {"who": self.who, "title": self.title}

    def body(self) -> str:
        return self.said(
            _("%(who)s vous mentionne dans la conversation au sujet de « %(title)s ».")
            % {"who": self.who, "title": self.title}
        )


@dataclass(frozen=True)
class PostHidden(AboutThread):
    """To the author."""

    kind = "post_hidden"
    family = Family.ANSWERS
    why: Fault = Fault.OTHER
    word: str = ""
    """The moderator's."""

    def subject(self) -> str:
        return _("Un de vos messages n’est plus visible")

    def body(self) -> str:
        sentences = [
            _("La modération a caché ce que vous aviez écrit au sujet de « %(title)s ».") % {"title": self.title},
            _("La raison : %(reason)s.") % {"reason": fault_label(self.why).lower()},
        ]
        if self.word:
            sentences.append(_("« %(words)s »") % {"words": self.word})
        sentences.append(_("Vous pouvez écrire à nouveau, autrement."))
        return self.said(*sentences)

    def action(self) -> str:
        return _("Voir la conversation")


@dataclass(frozen=True)
class PostReported(AboutThread):
    """To the moderators."""

    kind = "post_reported"
    family = Family.WAITING
    why: Fault = Fault.OTHER

    def subject(self) -> str:
        return _("Un message est signalé : %(title)s") % {"title": self.title}

    def body(self) -> str:
        return self.said(
            _("Quelqu’un signale un message de la conversation au sujet de « %(title)s ».") % {"title": self.title},
            _("La raison : %(reason)s.") % {"reason": fault_label(self.why).lower()},
        )

    def action(self) -> str:
        return _("Lire et décider")


@dataclass(frozen=True)
class ReportSettled(AboutThread):
    """To whoever reported."""

    kind = "report_settled"
    family = Family.ANSWERS
    hidden: bool = False

    def subject(self) -> str:
        return _("Votre signalement a été lu")

    def body(self) -> str:
        if self.hidden:
            outcome = _("La modération a caché le message que vous aviez signalé. Merci de votre attention.")
        else:
            outcome = _("La modération a lu le message que vous aviez signalé, et le laisse visible.")
        return self.said(outcome, _("Conversation au sujet de « %(title)s ».") % {"title": self.title})

    def action(self) -> str:
        return _("Voir la conversation")
