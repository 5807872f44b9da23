"""The meeting of a grouped call as a telephone's calendar keeps it."""

from datetime import UTC, timedelta

from icalendar import Calendar, Event

from app.kernel.database import now
from app.relays.calls import rules, wording
from app.relays.calls.models import GroupedCall

UNSAID_LENGTH = timedelta(hours=2)


def calendar(call: GroupedCall, link: str, host: str) -> bytes:
    """An hour is written as a moment in UTC: a telephone may not know when Morocco changes its clocks."""
    event = Event()
    event.add("uid", f"call-{call.id}@{host}")
    event.add("sequence", call.version)
    event.add("dtstamp", now())
    event.add("summary", wording.title(call))
    event.add("description", "\n\n".join(filter(None, [wording.intro(call), call.link, link])))
    event.add("url", link)
    if where := call.place or call.link:
        event.add("location", where)
    if moment := rules.meets(call):
        event.add("dtstart", moment.astimezone(UTC))
        event.add("duration", UNSAID_LENGTH)
    elif call.meets_on:
        event.add("dtstart", call.meets_on)
        event.add("dtend", call.meets_on + timedelta(days=1))
    made = Calendar()
    made.add("prodid", "-//Twiza//FR")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add_component(event)
    return bytes(made.to_ical())
