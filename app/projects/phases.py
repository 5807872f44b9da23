"""Where each phase of a chronogram is, said with one tap; and the phases as a telephone's calendar keeps them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from icalendar import Calendar, Event
from sqlmodel import Session

from app.journal import actions as journal
from app.journal.models import Subject
from app.kernel.errors import Forbidden, NotFound
from app.kernel.i18n import gettext as _
from app.projects import fiche, rules, translating
from app.projects.fiche import StaleSection
from app.projects.models import Project, Section
from app.projects.rules import Standing
from app.projects.sections import BY_NAME, PHASE_STATES, PhaseState

CHRONOGRAM = BY_NAME["chronogram"]


@dataclass(frozen=True)
class Said:
    """What taking it back needs: the state before, and the phase in the version that says the new one."""

    before: PhaseState | None
    number: int
    version: int


def say(
    session: Session, standing: Standing, project: Project, number: int, state: PhaseState | None, seen: int
) -> Said:
    """The state of the phase of that number in version `seen`; None where only the dates tell.

    Raises NotFound, and StaleSection where that phase was changed meanwhile.
    """
    if standing.user is None or not rules.can_edit(standing, project):
        raise Forbidden
    present = fiche.section(session, project, CHRONOGRAM)
    at = _place_of(session, project, present, number, seen)
    phases = [dict(phase) for phase in present.content["phases"]]
    before = PhaseState(phases[at]["state"]) if phases[at].get("state") else None
    if before is state:
        return Said(before, at, present.version)
    phases[at].pop("state", None)
    if state is not None:
        phases[at]["state"] = state.value
    content = {**present.content, "phases": phases}
    saved = fiche.save(session, standing, project, CHRONOGRAM, content, present.language, present.version)
    moved = (before.value if before else None, state.value if state else None)
    title = phases[at]["title"]
    journal.record(session, standing.user.id, Subject.PROJECT, project.id, "phase", moved=moved, number=at, title=title)
    return Said(before, at, saved.version)


def _place_of(session: Session, project: Project, present: Section, number: int, seen: int) -> int:
    """Others may have added or moved phases since the page was read: the same one is looked for."""
    phases = present.content.get("phases", [])
    if seen == present.version:
        if number >= len(phases):
            raise NotFound
        return number
    read = fiche.base_version(session, project, CHRONOGRAM, seen)
    rows = read.content.get("phases", []) if read else []
    if number >= len(rows):
        raise NotFound
    same = [n for n, phase in enumerate(phases) if _without_state(phase) == _without_state(rows[number])]
    if len(same) != 1:
        raise StaleSection(present)
    return same[0]


def _without_state(phase: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in phase.items() if name != "state"}


def calendar(session: Session, project: Project, locale: str, link: str, host: str) -> bytes:
    """Whole days, wherever one is; the same numbers and a higher version take the place of what was there.

    Raises NotFound when there is no phase.
    """
    section = fiche.section(session, project, CHRONOGRAM)
    if not section.content.get("phases"):
        raise NotFound
    translations = translating.of_project(session, project, locale)
    read = translating.reading(fiche.text_of(section), translations, locale).content
    made = Calendar()
    made.add("prodid", "-//Twiza//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", project.title)
    for number, phase in enumerate(CHRONOGRAM.form.model_validate(read).phases):  # type: ignore[attr-defined]
        event = Event()
        event.add("uid", f"project-{project.id}-phase-{number}@{host}")
        event.add("sequence", section.version)
        event.add("dtstamp", section.edited_at)
        event.add("summary", phase.title)
        told = [project.title, phase.responsible and _("Qui s’en charge : %(name)s") % {"name": phase.responsible}]
        told.append(_(PHASE_STATES[phase.state]) if phase.state else "")
        event.add("description", "\n".join([*filter(None, told), link]))
        event.add("url", link)
        event.add("location", project.commune.full_name)
        event.add("dtstart", phase.starts_on)
        event.add("dtend", phase.ends_on + timedelta(days=1))  # the day on which it is over
        event.add("transp", "TRANSPARENT")
        made.add_component(event)
    return bytes(made.to_ical())
