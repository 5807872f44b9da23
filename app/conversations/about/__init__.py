"""Which things are talked about: one table."""

from app.conversations.about.base import About, Conversation, Shown
from app.conversations.about.contributions import AboutContribution
from app.conversations.about.news import AboutNews
from app.conversations.about.projects import AboutNeed, AboutProject
from app.journal.models import Subject

ABOUT: dict[Subject, About] = {
    Subject.PROJECT: AboutProject(),
    Subject.NEED: AboutNeed(),
    Subject.CONTRIBUTION: AboutContribution(),
    Subject.NEWS: AboutNews(),
}

__all__ = ["ABOUT", "About", "Conversation", "Shown"]
