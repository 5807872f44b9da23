"""Who may give more time or close what nobody answers. Pure functions."""

from app.accounts.models import GrantKind, User
from app.accounts.rules import in_scope
from app.deadlines.models import OpenStep
from app.kernel.days import today
from app.reminders.things import Thing


def looks_after(user: User, row: OpenStep, thing: Thing) -> bool:
    """A moderator of its region or country, or a coordinator, once it is late; nobody in what concerns themselves."""
    if user.id == thing.concerns or row.due_on >= today():
        return False
    near = in_scope(user, region=thing.region, country=thing.country)
    return near or user.has_grant(GrantKind.COORDINATOR)
