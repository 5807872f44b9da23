"""What people read about a mission: the words for its states, verbs and criteria, who acts next, and its dates."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.deadlines.models import OpenStep
from app.journal.models import Entry
from app.kernel.days import today
from app.kernel.i18n import N_, ZONE, format_date, ngettext
from app.kernel.i18n import gettext as _
from app.missions import rules
from app.missions.models import (
    CancelReason,
    Continue,
    ImageRights,
    Mission,
    MissionMode,
    MissionState,
    Practice,
    Side,
)
from app.missions.rules import Verb

STATES = {
    MissionState.PROPOSED: (N_("Mission proposée"), "idea"),
    MissionState.AGREED: (N_("Mission convenue"), "open"),
    MissionState.HELD: (N_("Mission faite"), "done"),
    MissionState.CLOSED: (N_("Mission faite"), "done"),
    MissionState.CANCELLED: (N_("Mission annulée"), "quiet"),
}
MODES = {MissionMode.ON_SITE: N_("Sur place"), MissionMode.REMOTE: N_("À distance")}
IMAGE_RIGHTS = {
    ImageRights.YES: N_("Les photos de la mission peuvent être montrées."),
    ImageRights.ASK: N_("Avant de montrer une photo, on demande à qui y figure."),
    ImageRights.NO: N_("Aucune photo de la mission n’est montrée."),
}
REASONS = {
    CancelReason.DATE: N_("La date ne convient plus"),
    CancelReason.UNWELL: N_("Maladie, ou affaire de famille"),
    CancelReason.MEANS: N_("Les moyens manquent"),
    CancelReason.CHANGED: N_("Le projet a changé"),
    CancelReason.OTHER: N_("Une autre raison"),
}
CONTINUE = {
    Continue.YES: N_("Oui, bientôt"),
    Continue.LATER: N_("Oui, plus tard"),
    Continue.NO: N_("Non, c’est fini"),
}
PRACTICE = {
    Practice.YES: N_("Oui, c’est en place"),
    Practice.PARTLY: N_("En partie"),
    Practice.NOT_YET: N_("Pas encore"),
}
CRITERIA = {
    "adequacy": N_("La mission répondait-elle au besoin ?"),
    "coherence": N_("Allait-elle avec ce que fait déjà la commune ?"),
    "relevance": N_("Était-ce la bonne chose à faire, au bon moment ?"),
    "efficiency": N_("Le résultat valait-il le temps et les moyens ?"),
}
GRADES = ((4, N_("Tout à fait")), (3, N_("Plutôt oui")), (2, N_("Plutôt non")), (1, N_("Pas du tout")))

_MOVES = {
    Verb.PROPOSE: N_("Mission proposée"),
    Verb.CHANGE: N_("Mission changée, à convenir à nouveau"),
    Verb.AGREE: N_("Mission convenue"),
    Verb.HOLD: N_("La mission a eu lieu"),
    Verb.EVALUATE: N_("Bilan écrit"),
    Verb.FOLLOW_UP: N_("Suites racontées"),
    Verb.CANCEL: N_("Mission annulée"),
}
_TURNS = {
    MissionState.PROPOSED: (
        N_("À vous de dire oui, ou de proposer autre chose, avant le %(day)s."),
        {
            Side.TEAM: N_("L’équipe du projet doit répondre avant le %(day)s."),
            Side.CONTRIBUTOR: N_("La personne qui aide doit répondre avant le %(day)s."),
        },
    ),
    MissionState.HELD: (
        N_("À vous de dire comment cela s’est passé, avant le %(day)s."),
        {
            Side.TEAM: N_("L’équipe du projet dit comment cela s’est passé avant le %(day)s."),
            Side.CONTRIBUTOR: N_("La personne qui a aidé dit comment cela s’est passé avant le %(day)s."),
        },
    ),
}
PROVIDED = (
    ("lodging", N_("Le logement")),
    ("transport", N_("Les transports sur place")),
    ("interpreter", N_("Un interprète")),
)


@dataclass(frozen=True)
class Next:
    """For components/next.html."""

    sentence: str
    kind: str
    detail: str | None = None


def next_step(mission: Mission, step: OpenStep | None, side: Side | None, evaluated: Collection[Side]) -> Next | None:
    """Who must act, and by when, as this reader should hear it; None once nobody is waited for."""
    if step is None:
        return None
    values, late = {"day": format_date(step.due_on)}, today() > step.due_on
    waited = rules.waited_for(mission, evaluated)
    if mission.state is MissionState.AGREED:
        return _agreed(mission, values, late, side)
    if mission.state is MissionState.CLOSED:
        return _closed(step, values, late, side)
    mine, theirs = _TURNS[mission.state]
    if side in waited:
        return Next(_(mine) % values, "late" if late else "you")
    return Next(_(theirs[waited[0]]) % values, "late" if late else "wait")


def _agreed(mission: Mission, values: dict[str, str], late: bool, side: Side | None) -> Next:
    if today() < mission.starts_on:
        days = (mission.starts_on - today()).days
        when = _("C’est convenu : rendez-vous le %(day)s.") % {"day": format_date(mission.starts_on)}
        return Next(when, "over", countdown(days))
    if side is None:
        return Next(
            _("Les deux côtés disent avant le %(day)s si la mission a eu lieu.") % values, "late" if late else "wait"
        )
    return Next(_("La mission a-t-elle eu lieu ? Dites-le avant le %(day)s.") % values, "late" if late else "you")


def _closed(step: OpenStep, values: dict[str, str], late: bool, side: Side | None) -> Next:
    begins = step.since.astimezone(ZONE).date()
    if today() < begins:
        asked = _("Merci ! Le %(day)s, nous demandons à l’équipe ce qui a été mis en pratique.")
        return Next(asked % {"day": format_date(begins)}, "over")
    if side is Side.TEAM:
        return Next(
            _("À vous de dire ce qui a été mis en pratique, avant le %(day)s.") % values, "late" if late else "you"
        )
    return Next(
        _("L’équipe du projet dit ce qui a été mis en pratique avant le %(day)s.") % values, "late" if late else "wait"
    )


def countdown(days: int) -> str:
    if days == 1:
        return _("C’est demain.")
    return ngettext("Dans %(n)s jour.", "Dans %(n)s jours.", days) % {"n": days} if days else _("C’est aujourd’hui.")


def path_of(mission: Mission, history: Iterable[Entry]) -> list[tuple[str, str, str]]:
    """The steps gone, the present one and those to come, for components/path.html."""
    days = {entry.to_state: format_date(entry.at, "short") for entry in history if entry.to_state}
    way = [MissionState.PROPOSED, MissionState.AGREED, MissionState.HELD, MissionState.CLOSED]
    words = {
        MissionState.PROPOSED: _("Proposée"),
        MissionState.AGREED: _("Convenue"),
        MissionState.HELD: _("Faite"),
        MissionState.CLOSED: _("Bilan"),
    }
    if mission.state is MissionState.CANCELLED:
        gone = [state for state in way if state in days]
        steps = [(words[state], "done", days[state]) for state in gone]
        return [*steps, (_("Annulée"), "stopped", days.get(MissionState.CANCELLED, ""))]
    here = way.index(mission.state)
    # What is convened or done has happened; what is proposed is waited for.
    reached = here if mission.state is MissionState.PROPOSED else here + 1
    steps = [(words[state], "done", days.get(state, "")) for state in way[:reached]]
    if reached < len(way):
        steps.append((words[way[reached]], "now", ""))
    return [*steps, *((words[state], "", "") for state in way[reached + 1 :])]


def dates(mission: Mission) -> str:
    """ "Le 4 mai 2027 à 18:30 (heure du Maroc)", "Du 4 mai au 6 mai 2027"."""
    if mission.starts_on != mission.ends_on:
        return _("Du %(start)s au %(end)s") % {
            "start": format_date(mission.starts_on),
            "end": format_date(mission.ends_on),
        }
    if mission.starts_at is None:
        return _("Le %(day)s") % {"day": format_date(mission.starts_on)}
    return _("Le %(day)s à %(hour)s, heure du Maroc") % {
        "day": format_date(mission.starts_on),
        "hour": mission.starts_at.strftime("%H:%M"),
    }


def begins_at(mission: Mission) -> datetime | None:
    """The moment, where an hour was fixed."""
    return datetime.combine(mission.starts_on, mission.starts_at, ZONE) if mission.starts_at else None


def provided(mission: Mission) -> list[str]:
    """What the commune provides."""
    named = [_(words) for name, words in PROVIDED if getattr(mission, name)]
    return [*named, *([mission.provides] if mission.provides else [])]


def state_of(mission: Mission) -> tuple[str, str]:
    """What `components/state.html` takes."""
    words, kind = STATES[mission.state]
    return _(words), kind


def move_label(entry: Entry) -> str:
    return _(_MOVES[Verb(entry.verb)])


def long_ago(months: int) -> str:
    return _("Un mois après") if months == 1 else _("Six mois après")


def options(words: dict[object, str] | Sequence[tuple[object, str]]) -> list[tuple[object, str]]:
    """For radios and selects."""
    pairs = words.items() if isinstance(words, dict) else words
    return [(getattr(value, "value", value), _(text)) for value, text in pairs]


def title(mission: Mission) -> str:
    return _("Mission : %(project)s") % {"project": mission.contribution.need.project.title}
