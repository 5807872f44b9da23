"""What people read about a contribution: the words for its states, verbs and reasons, who acts next, and its path."""

from collections.abc import Collection, Iterable
from textwrap import shorten

from app.contributions import rules
from app.contributions.models import Contribution, DeclineReason, Origin, State
from app.contributions.rules import Party, Verb
from app.deadlines import wording as deadlines
from app.deadlines.steps import Step
from app.deadlines.wording import Next
from app.journal.models import Entry
from app.kernel.i18n import N_, format_date
from app.kernel.i18n import gettext as _
from app.profiles.cards import FullCard, card
from app.profiles.models import Profile
from app.profiles.rules import HOME, Level
from app.projects.models import Mode

STATES = {
    State.PROPOSED: N_("Proposée"),
    State.APPROVED: N_("Approuvée"),
    State.WAITING_LIST: N_("Liste d’attente"),
    State.ACCEPTED: N_("Acceptée"),
    State.DECLINED: N_("Déclinée"),
    State.WITHDRAWN: N_("Retirée"),
    State.REFUSED: N_("Non retenue"),
    State.CLOSED: N_("Sans suite"),
}
STATE_KINDS = {
    State.PROPOSED: "idea",
    State.APPROVED: "open",
    State.WAITING_LIST: "quiet",
    State.ACCEPTED: "done",
    State.DECLINED: "quiet",
    State.WITHDRAWN: "quiet",
    State.REFUSED: "quiet",
    State.CLOSED: "quiet",
}
"""How components/state.html colours them."""

REASONS = {
    DeclineReason.FOUND_OTHERS: N_("Quelqu’un d’autre a été trouvé"),
    DeclineReason.OTHER_SKILL: N_("Il faut un autre savoir-faire"),
    DeclineReason.NOT_NOW: N_("Ce n’est pas le moment"),
    DeclineReason.TOO_FAR: N_("C’est trop loin"),
    DeclineReason.NO_TIME: N_("Le temps manque"),
    DeclineReason.NO_ANSWER: N_("Personne n’a répondu"),
    DeclineReason.SETTLED: N_("Cela s’est réglé autrement"),
    DeclineReason.CHANGED: N_("Le projet a changé"),
    DeclineReason.OTHER: N_("Une autre raison"),
}

RELAYED = "relayed"
"""What `relays` notes in the journal of a contribution to which somebody’s link led."""

_MOVES: dict[str, str] = {
    RELAYED: N_("Grâce à quelqu’un qui a fait passer le mot"),
    Verb.OFFER: N_("Aide proposée"),
    Verb.INVITE: N_("Invitation proposée"),
    Verb.APPROVE: N_("Approuvée par la modération"),
    Verb.REFUSE: N_("Non retenue par la modération"),
    Verb.ACCEPT: N_("Acceptée"),
    Verb.DECLINE: N_("Déclinée"),
    Verb.PUT_ON_WAITING_LIST: N_("Mise sur la liste d’attente"),
    Verb.WITHDRAW: N_("Retirée"),
    Verb.CLOSE: N_("Fermée par la modération"),
}

LONGEST_QUOTE = 160


def state_label(state: State) -> str:
    return _(STATES[state])


def reason_label(reason: DeclineReason) -> str:
    return _(REASONS[reason])


def next_step(contribution: Contribution, sides: Collection[Party]) -> Next | None:
    """Who must act, and by when, as this reader should hear it; None once it is closed without an agreement."""
    step, between = contribution.open_step, {Party.CONTRIBUTOR, Party.TEAM} & set(sides)
    if contribution.state is State.ACCEPTED:
        if step is not None:
            mine = between & {Party.CONTRIBUTOR} if step.step is Step.DELIVERY_SENT else between
            return deadlines.next_step(step, bool(mine))
        if between:
            return Next(_("Vous êtes d’accord : travaillez bien ensemble."), "over")
        return Next(_("Les deux côtés sont d’accord et ont leurs coordonnées."), "over")
    return deadlines.next_step(step, rules.whose_turn(contribution) in sides) if step is not None else None


_IN_SUMMER = N_(
    "Cette aide se donne sur place, et la personne vit à l’étranger : beaucoup sont au pays en juillet et en août. "
    "Proposez une visite à ce moment-là."
)


def summer_hint(contribution: Contribution) -> str:
    """While no date is fixed: a visit in July or August, for help on site by somebody who lives abroad."""
    step, need = contribution.open_step, contribution.need
    undated = step is not None and step.step is Step.MISSION_DATED
    return _(_IN_SUMMER) if undated and need.mode is Mode.ON_SITE and contribution.profile.country != HOME else ""


def path_of(contribution: Contribution, history: Iterable[Entry]) -> list[tuple[str, str, str]]:
    """The steps gone, the present one and those to come, for components/path.html."""
    days = {State.PROPOSED.value: format_date(contribution.created_at, "short")}
    days |= {entry.to_state: format_date(entry.at, "short") for entry in history if entry.to_state}
    gone = [State.PROPOSED]
    if contribution.state is not State.PROPOSED and rules.has_left(contribution):
        gone.append(State.APPROVED)
    if contribution.state not in gone:
        gone.append(contribution.state)
    steps = [(state_label(state), "done", days.get(state, "")) for state in gone]
    label, _done, day = steps[-1]
    if contribution.state is State.ACCEPTED:
        return steps
    if contribution.state not in rules.LIVE:
        return [*steps[:-1], (label, "stopped", day)]
    to_come = [state for state in (State.APPROVED, State.ACCEPTED) if state not in gone]
    return [*steps[:-1], (label, "now", day), *((state_label(state), "", "") for state in to_come)]


def move_label(entry: Entry) -> str:
    if entry.verb == Verb.ACCEPT and entry.to_state == State.WAITING_LIST:
        return _("Acceptée, mais toutes les places étaient prises : sur la liste d’attente")
    return _(_MOVES[entry.verb])


def person_name(profile: Profile, named: bool) -> str:
    """The name, or what stands in its place on a nameless card."""
    shown = card(profile, Level.FULL if named else Level.CARD, {})
    return shown.name if isinstance(shown, FullCard) else shown.title


def shortened(text: str) -> str:
    """The beginning of a text, cut between two words."""
    return shorten(text, LONGEST_QUOTE, placeholder=" …")


def withdrawing(contribution: Contribution, by_team: bool) -> str:
    """The words of the button that takes back an offer, an invitation or an agreement."""
    if contribution.state is State.ACCEPTED:
        return _("Renoncer à cette aide") if by_team else _("Me retirer")
    return _("Retirer mon offre") if contribution.origin is Origin.OFFER else _("Retirer l’invitation")
