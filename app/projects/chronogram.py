"""The phases of a project as a chart along the months: where each bar is, what it says, and where today is.

Everything is in percent of the length of the chart, from its beginning: in Arabic that is on the right.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.i18n import format_date, gettext, ngettext, number
from app.kernel.i18n import gettext as _
from app.projects.sections import PHASE_STATES, Phase, PhaseState

STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
MOST_TICKS = 6
"""As many names of months as a telephone has room for."""
NARROWEST = 1.5
NEAR = timedelta(days=62)
"""So far before or after the phases, today is still on the chart."""


Place = Callable[[date], float]


@dataclass(frozen=True)
class Bar:
    phase: Phase
    number: int
    start: float
    width: float
    kind: str
    """to_do · under_way · done · late · unsaid"""
    words: str

    @property
    def others(self) -> list[tuple[str, str]]:
        """The states to which it can be carried, in words."""
        return [(state.value, gettext(words)) for state, words in PHASE_STATES.items() if state is not self.phase.state]


@dataclass(frozen=True)
class Tick:
    at: float
    month: str
    year: str
    """Where another year begins."""


@dataclass(frozen=True)
class Chart:
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    today: float | None
    late: int


def chart(phases: Sequence[Phase], day: date, is_over: bool) -> Chart | None:
    """`is_over`: the project is realised, so that what nobody followed counts as done."""
    if not phases:
        return None
    first, last = min(phase.starts_on for phase in phases), max(phase.ends_on for phase in phases)
    shows_today = first - NEAR <= day <= last + NEAR
    if shows_today:
        first, last = min(first, day), max(last, day)
    begins, ends = first.replace(day=1), _months_later(last.replace(day=1), 1)
    length = (ends - begins).days

    def place(when: date) -> float:
        return round(100 * (when - begins).days / length, 2)

    bars = [_bar(phase, n, place, *_standing(phase, day, is_over)) for n, phase in enumerate(phases)]
    return Chart(
        bars=bars,
        ticks=_ticks(begins, ends, place),
        today=round(place(day) + 50 / length, 2) if shows_today else None,  # its noon
        late=sum(bar.kind == "late" for bar in bars),
    )


def _bar(phase: Phase, number_: int, place: Place, kind: str, words: str) -> Bar:
    start, end = place(phase.starts_on), place(phase.ends_on + timedelta(days=1))
    width = max(NARROWEST, end - start)
    return Bar(phase, number_, round(min(start, 100 - width), 2), round(width, 2), kind, words)


def _standing(phase: Phase, day: date, is_over: bool) -> tuple[str, str]:
    """The colour of a bar, and what it says in words."""
    match phase.state:
        case PhaseState.DONE:
            return "done", _("Fait")
        case PhaseState.UNDER_WAY if day > phase.ends_on:
            return "late", _late(day - phase.ends_on)
        case PhaseState.UNDER_WAY:
            return "under_way", _("En cours")
        case PhaseState.TO_DO if day > phase.ends_on:
            return "late", _late(day - phase.ends_on)
        case PhaseState.TO_DO if day > phase.starts_on:
            return "late", _("Devait commencer le %(date)s") % {"date": format_date(phase.starts_on)}
        case PhaseState.TO_DO:
            return "to_do", _("À faire")
        case _:
            return _from_dates(phase, day, is_over)


def _from_dates(phase: Phase, day: date, is_over: bool) -> tuple[str, str]:
    if day < phase.starts_on:
        return "to_do", _("Prévu")
    if is_over:
        return "done", _("Fait")
    if day <= phase.ends_on:
        return "under_way", _("En cours, d’après les dates")
    return "unsaid", _("Les dates sont passées : est-ce fait ?")


def _late(since: timedelta) -> str:
    n = since.days
    return ngettext("En retard de %(n)s jour", "En retard de %(n)s jours", n) % {"n": number(n)}


def _ticks(begins: date, ends: date, place: Place) -> list[Tick]:
    months = (ends.year - begins.year) * 12 + ends.month - begins.month
    step = next((one for one in STEPS if months <= one * MOST_TICKS), STEPS[-1])
    ticks: list[Tick] = []
    at = begins if step < 12 else begins.replace(month=1)
    year = None
    while at < ends:
        if at >= begins:
            ticks.append(
                Tick(
                    place(at),
                    format_date(at, "LLL") if step < 12 else "",
                    str(at.year) if at.year != year else "",
                )
            )
            year = at.year
        at = _months_later(at, step)
    return ticks


def _months_later(first: date, months: int) -> date:
    years, month = divmod(first.month - 1 + months, 12)
    return first.replace(year=first.year + years, month=month + 1)
