"""What people read about relays and about whom the villagers know."""

from app.kernel.i18n import N_, country_name, ngettext, number
from app.kernel.i18n import gettext as _
from app.relays.models import KnownPerson, KnownState, Relay, RelayReason, RelayState

STATES = {
    RelayState.ASKED: (N_("Demandé"), "idea"),
    RelayState.OPEN: (N_("Le mot passe"), "open"),
    RelayState.STOPPED: (N_("Lien arrêté"), "quiet"),
    RelayState.DECLINED: (N_("Décliné"), "quiet"),
    RelayState.WITHDRAWN: (N_("Demande retirée"), "quiet"),
}
"""A word, and how components/state.html colours it."""

REASONS = {
    RelayReason.NO_LONGER_KNOWN: N_("Je ne peux plus joindre ces personnes"),
    RelayReason.NOT_SUITED: N_("Ce besoin n’est pas pour elles"),
    RelayReason.NOT_NOW: N_("Ce n’est pas le moment"),
    RelayReason.NO_TIME: N_("Le temps manque"),
    RelayReason.OTHER: N_("Une autre raison"),
}

_MOVES = {
    "relay": N_("Relais commencé"),
    "ask": N_("Relais demandé"),
    "accept": N_("Accepté : le mot passe"),
    "decline": N_("Décliné"),
    "withdraw": N_("Demande retirée"),
    "stop": N_("Lien arrêté"),
    "resume": N_("Lien rouvert"),
    "credit": N_("Une aide proposée, grâce à ce relais"),
}
MOVES = tuple(_MOVES)


def state_of(relay: Relay) -> tuple[str, str]:
    words, kind = STATES[relay.state]
    return _(words), kind


def reason_label(reason: RelayReason) -> str:
    return _(REASONS[reason])


def move_label(verb: str) -> str:
    return _(_MOVES[verb])


def place_of(known: KnownPerson) -> str:
    """Where they live now."""
    country = country_name(known.country)
    return _("%(town)s (%(country)s)") % {"town": _apart(known.town), "country": country} if known.town else country


def known_label(known: KnownPerson) -> str:
    """“3 personnes · pharmaciens · Casablanca (Maroc)”: never a name."""
    people = ngettext("%(n)s personne", "%(n)s personnes", known.how_many) % {"n": number(known.how_many)}
    return " · ".join([people, _apart(known.occupation), place_of(known)])


def _apart(words: str) -> str:
    """Words that may run the other way: isolated, they leave those around them in their order (Unicode, UAX 9)."""
    return f"\u2068{words}\u2069"


def invitation(relay: Relay, need: str, url: str) -> str:
    """The words to send, in the present language."""
    return _(
        "Bonjour ! À %(place)s, on cherche : %(need)s\n\n"
        "Vous sauriez faire, ou vous connaissez quelqu’un ? Voici de quoi il s’agit, sans compte à créer :\n%(url)s"
    ) % {"place": relay.need.project.commune.full_name, "need": need, "url": url}


_KNOWN_STATES = {
    KnownState.ASKED: (N_("Attend l’accord du contact"), "idea"),
    KnownState.LISTED: (N_("Sur la liste"), "open"),
    KnownState.REFUSED: (N_("Cherche un contact"), "late"),
    KnownState.ENDED: (N_("Retiré de la liste"), "quiet"),
}


def known_state_of(known: KnownPerson) -> tuple[str, str]:
    words, kind = _KNOWN_STATES[known.state]
    return _(words), kind
