"""The words for what is wrong with a post, for who speaks in it, and for what is left of one that is hidden."""

from app.journal.models import Subject
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.threads import rules
from app.threads.models import Fault, Post, Voice

FAULTS = {
    Fault.RUDE: N_("Blessant ou insultant"),
    Fault.PRIVATE: N_("Donne les coordonnées ou la vie privée de quelqu’un"),
    Fault.ADVERTISING: N_("Publicité"),
    Fault.MONEY: N_("Demande de l’argent"),
    Fault.FALSE: N_("Faux ou trompeur"),
    Fault.OFF_TOPIC: N_("Sans rapport avec le sujet"),
    Fault.OTHER: N_("Autre chose"),
}

_VOICES = {
    Voice.TEAM: N_("Équipe du projet"),
    Voice.CONTRIBUTOR: N_("Propose son aide"),
    Voice.MODERATOR: N_("Modération"),
}
_AUTHOR = N_("A écrit cette actualité")


def fault_label(fault: Fault) -> str:
    return _(FAULTS[fault])


def voice_label(kind: Subject, voice: Voice) -> str:
    """Nothing for somebody who is on no side."""
    if kind is Subject.NEWS and voice is Voice.TEAM:
        return _(_AUTHOR)
    return _(_VOICES[voice]) if voice in _VOICES else ""


def hidden_sentence(post: Post) -> str:
    """What stands in the place of a post that is not shown; nothing for one that is."""
    if post.hidden_at is None:
        return ""
    if rules.is_taken_back(post):
        return _("Message retiré par la personne qui l’avait écrit.")
    reason = fault_label(post.hidden_why or Fault.OTHER).lower()
    return _("Message caché par la modération : %(reason)s.") % {"reason": reason}
