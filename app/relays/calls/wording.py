"""What people read about grouped calls, in their language where it was written in it."""

from datetime import date

from babel import dates

from app.kernel.i18n import N_, current_locale, format_date
from app.kernel.i18n import gettext as _
from app.relays.calls.models import CallState, GroupedCall
from app.relays.calls.rules import Verb, lacks, meets

STATES = {
    CallState.DRAFT: (N_("Brouillon"), "quiet"),
    CallState.OPEN: (N_("Appel ouvert"), "open"),
    CallState.CLOSED: (N_("Appel clos"), "quiet"),
    CallState.HELD: (N_("Raconté"), "done"),
}
VERBS = {
    Verb.OPEN: N_("Ouvrir l’appel"),
    Verb.CLOSE: N_("Clore l’appel"),
    Verb.REOPEN: N_("Rouvrir l’appel"),
    Verb.REPORT: N_("Raconter ce qui en est venu"),
}
ZONES = {
    "Africa/Casablanca": N_("heure du Maroc"),
    "Europe/Paris": N_("heure de Paris, Bruxelles, Madrid, Rome"),
    "Europe/London": N_("heure de Londres"),
    "America/Toronto": N_("heure de Montréal"),
    "Asia/Dubai": N_("heure de Dubaï"),
}
_LACKS = {
    "title_fr": N_("le titre en français"),
    "title_ar": N_("le titre en arabe"),
    "intro_fr": N_("l’introduction en français"),
    "intro_ar": N_("l’introduction en arabe"),
    "needs": N_("des besoins d’au moins deux communes"),
}
_MOVES = {
    "create": N_("Appel commencé"),
    "edit": N_("Texte changé"),
    "choose": N_("Besoins choisis"),
    "open": N_("Appel ouvert"),
    "close": N_("Appel clos"),
    "reopen": N_("Appel rouvert"),
    "report": N_("Ce qui en est venu est raconté"),
    "join": N_("Une commune veut en être"),
    "take_in": N_("Une commune en est"),
    "turn_down": N_("Une commune n’en est pas"),
    "leave": N_("Une commune se retire"),
}
MOVES = tuple(_MOVES)


def title(call: GroupedCall) -> str:
    return _said(call.title_fr, call.title_ar) or _("Appel sans titre")


def intro(call: GroupedCall) -> str:
    return _said(call.intro_fr, call.intro_ar)


def language(call: GroupedCall) -> str:
    """In which the reader reads it."""
    there = call.title_ar if current_locale() == "ar" else call.title_fr
    other = "fr" if current_locale() == "ar" else "ar"
    return current_locale() if there else other


def _said(fr: str, ar: str) -> str:
    return (ar or fr) if current_locale() == "ar" else (fr or ar)


def state_of(call: GroupedCall) -> tuple[str, str]:
    words, kind = STATES[call.state]
    return _(words), kind


def meeting(call: GroupedCall) -> str:
    """“12 décembre 2026, 18:30 (heure du Maroc)”."""
    if call.meets_on is None:
        return ""
    day = format_date(call.meets_on)
    if (moment := meets(call)) is None:
        return day
    hour = dates.format_time(moment.time(), "HH:mm", locale="fr")
    return _("%(day)s, %(hour)s (%(zone)s)") % {"day": day, "hour": hour, "zone": _(ZONES[call.meets_zone])}


def lacking(call: GroupedCall, communes: list[str]) -> list[str]:
    return [_(_LACKS[name]) for name in lacks(call, communes)]


def move_label(verb: str) -> str:
    return _(_MOVES[verb])


def next_sentence(call: GroupedCall, today: date, makes: bool) -> tuple[str, str]:
    """Who acts next and by when, and the kind of components/next.html."""
    day = {"day": format_date(call.answers_by)}
    match call.state:
        case CallState.DRAFT:
            return _("À vous d’achever cet appel, puis de l’ouvrir."), "you"
        case CallState.OPEN if today <= call.answers_by:
            return _("Chacun peut répondre jusqu’au %(day)s.") % day, "wait"
        case CallState.OPEN if makes:
            return _("Le dernier jour est passé : à vous de clore l’appel, ou de lui donner du temps."), "late"
        case CallState.OPEN:
            return _("Le dernier jour pour répondre est passé."), "wait"
        case CallState.CLOSED if makes:
            return _("L’appel est clos : à vous de raconter ce qui en est venu."), "you"
        case CallState.CLOSED:
            return _("L’appel est clos : bientôt, ce qui en est venu."), "wait"
        case _:
            return _("Voici ce qui en est venu."), "over"
