"""Every table, for Alembic and for the mappers: importing this module is enough."""

from app.accounts import models as accounts
from app.assistance import models as assistance
from app.contributions import models as contributions
from app.deadlines import models as deadlines
from app.deliveries import models as deliveries
from app.files import models as files
from app.invitations import models as invitations
from app.journal import models as journal
from app.kernel import loaded, once
from app.matching import models as matching
from app.missions import models as missions
from app.news import models as news
from app.notifications import models as notifications
from app.organisations import models as organisations
from app.profiles import models as profiles
from app.projects import models as projects
from app.projects.suggesting import models as suggestions
from app.relays import models as relays
from app.relays.calls import models as grouped_calls
from app.reminders import models as reminders
from app.taxonomy import models as taxonomy
from app.territories import models as territories
from app.threads import models as threads

__all__ = [
    "accounts",
    "assistance",
    "contributions",
    "deadlines",
    "deliveries",
    "files",
    "grouped_calls",
    "invitations",
    "journal",
    "loaded",
    "matching",
    "missions",
    "news",
    "notifications",
    "once",
    "organisations",
    "profiles",
    "projects",
    "relays",
    "reminders",
    "suggestions",
    "taxonomy",
    "territories",
    "threads",
]
