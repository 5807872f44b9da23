"""A mission as a telephone's calendar keeps it (iCalendar, RFC 5545)."""

from datetime import timedelta

from icalendar import Alarm, Calendar, Event

from app.contributions.wording import shortened
from app.kernel.database import now
from app.kernel.i18n import gettext as _
from app.missions import wording
from app.missions.models import Mission, MissionState

ALARMS = (timedelta(days=7), timedelta(days=1))
UNSAID_LENGTH = timedelta(hours=1)


def calendar(mission: Mission, link: str, host: str) -> bytes:
    """One event with two alarms; the same `uid` and a higher number take the place of an earlier version.

    Days without an hour are whole days wherever one is; an hour is written as a moment in UTC, because a telephone
    may not know when Morocco changes its clocks.
    """
    event = Event()
    event.add("uid", f"mission-{mission.id}@{host}")
    event.add("sequence", 2 * mission.version + (mission.state is MissionState.CANCELLED))
    event.add("dtstamp", now())
    event.add("summary", wording.title(mission))
    event.add("description", "\n\n".join([shortened(mission.objective), link]))
    event.add("url", link)
    if place := mission.place or mission.call_link:
        event.add("location", place)
    event.add("status", _STATUS.get(mission.state, "CONFIRMED"))
    if (begins := wording.begins_at(mission)) and mission.starts_on == mission.ends_on:
        event.add("dtstart", begins.astimezone(now().tzinfo))
        event.add("duration", UNSAID_LENGTH)
    else:
        event.add("dtstart", mission.starts_on)
        event.add("dtend", mission.ends_on + timedelta(days=1))  # the day on which it is over
    for before in ALARMS:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", _("Votre mission approche"))
        alarm.add("trigger", -before)
        event.add_component(alarm)
    made = Calendar()
    made.add("prodid", "-//Twiza//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add_component(event)
    return bytes(made.to_ical())


_STATUS = {MissionState.PROPOSED: "TENTATIVE", MissionState.CANCELLED: "CANCELLED"}
