"""The calendar of the story: each thing happens on its day, in the order in which people would do it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from itertools import groupby
from typing import Any

from sqlmodel import Session

from app.accounts.models import User
from app.assistance.models import AssistanceRequest
from app.contributions.models import Contribution
from app.deliveries.models import Delivery
from app.demonstration.content import Abilities, Need
from app.kernel.database import at, now
from app.kernel.i18n import ZONE
from app.matching.choosing import Shown
from app.matching.queries import named
from app.news.models import NewsItem
from app.organisations.models import Organisation
from app.profiles.models import Profile
from app.projects.models import Need as NeedRow
from app.projects.models import Project
from app.projects.suggesting.models import Suggestion
from app.reminders import actions as reminders
from app.threads.models import Post

OPENS, CLOSES = time(8, 30), time(18, 30)
"""Nobody of the story works at night."""


class Turn(IntEnum):
    """Of two things on the same day, which comes first."""

    ACCOUNT = 1
    RIGHTS = 2
    ASKED = 3
    VERIFIED = 4
    PROFILE = 5
    JOINED = 6
    POSTED = 7
    CO_AUTHORED = 8
    NEEDED = 9
    MODERATED = 10
    ENDORSED = 11
    WRITTEN = 12
    DONE = 13
    TRANSLATED = 14
    STARTED = 15
    APPROVED = 16
    ANSWERED = 17
    SENT = 18
    RECEIVED = 19
    DATED = 20
    AGREED = 21
    HELD = 22
    EVALUATED = 23
    CALLED = 24
    SEEN = 25
    SUGGESTED = 26
    REPLIED = 27
    TALKED = 28


@dataclass(frozen=True)
class Event:
    days_ago: int
    turn: Turn
    happen: Callable[[], Any]


@dataclass
class Story:
    """Who and what there is so far, by the keys of the files, and what is still to happen."""

    session: Session
    today: date = field(default_factory=lambda: now().astimezone(ZONE).date())
    users: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    profiles: dict[str, Profile] = field(default_factory=dict)
    projects: dict[str, Project] = field(default_factory=dict)
    needs: dict[str, NeedRow] = field(default_factory=dict)
    contributions: dict[tuple[str, str], Contribution] = field(default_factory=dict)
    """By need and contributor."""
    deliveries: dict[tuple[str, str, int], Delivery] = field(default_factory=dict)
    """By need, contributor, and which of theirs it is."""
    suggestions: dict[tuple[str, int], Suggestion] = field(default_factory=dict)
    """By project and place in its list."""
    news: dict[str, NewsItem] = field(default_factory=dict)
    calls: dict[int, AssistanceRequest] = field(default_factory=dict)
    posts: dict[int, Post] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def plan(self, days_ago: int, turn: Turn, happen: Callable[[], Any]) -> None:
        if days_ago < 1:
            raise ValueError("the story ends yesterday: today belongs to whoever looks at it")
        self.events.append(Event(days_ago, turn, happen))

    def day(self, from_today: int) -> date:
        return self.today + timedelta(days=from_today)

    def tell(self) -> Iterator[float]:
        """Everything happens, each thing at its moment; yields how much of it has."""
        self.events.sort(key=lambda event: (-event.days_ago, event.turn))
        told = {days_ago: list(events) for days_ago, events in groupby(self.events, lambda event: event.days_ago)}
        done = 0
        for days_ago in range(max(told, default=0), 0, -1):
            today = told.get(days_ago, [])
            opens = datetime.combine(self.day(-days_ago), OPENS, ZONE)
            closes = datetime.combine(self.day(-days_ago), CLOSES, ZONE)
            step = (closes - opens) / max(1, len(today))
            for number, event in enumerate(today):
                with at(opens + number * step):
                    self._happen(event)
            with at(closes):
                self._remind()
            done += len(today)
            yield done / len(self.events)

    def _remind(self) -> None:
        """Whoever is late, as the worker does each day."""
        while row := self.session.exec(reminders.next_due()).first():
            reminders.remind(self.session, row)
            self.session.flush()
        reminders.recall_answered(self.session)

    def _happen(self, event: Event) -> None:
        try:
            event.happen()
            self.session.flush()
        except Exception as error:
            error.add_note(f"in the story, {event.days_ago} days ago: {event.happen}")
            raise


def ticked(session: Session, shown: Sequence[Shown], told: Abilities | Need) -> list[str]:
    """What somebody leaves, ticks and types on the page that asks whether their words were understood."""
    left = [one.concept.id for one in shown if one.ticked and one.concept.label_fr not in told.not_meant]
    added = [concept.id for words in told.also_meant for concept in named(session, words)[:1]]
    return list(dict.fromkeys([*left, *added]))
