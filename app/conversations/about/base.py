"""What a kind of subject says of its conversations."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session

from app.accounts.models import User
from app.contributions.rules import Ties
from app.threads.rules import Seat
from app.threads.telling import Listener, Topic


@dataclass(frozen=True)
class Shown:
    """A subject as one person reads of it."""

    title: str
    language: str
    what: str
    """What kind of thing it is, in a word."""
    page: tuple[str, Mapping[str, int]]
    """The route of its page."""
    seat: Seat


@dataclass(frozen=True)
class Conversation:
    """A thread as one person finds it: they may read it, or it would be absent."""

    topic: Topic
    shown: Shown
    listeners: Sequence[Listener]
    """All those whom it concerns, this person included."""
    moderators: Sequence[User]
    """Who looks after it."""

    @property
    def seat(self) -> Seat:
        return self.shown.seat


class About(ABC):
    @abstractmethod
    def find(self, session: Session, user: User | None, subject_id: int) -> Conversation:
        """For somebody who reads or writes in it. Raises NotFound, also for what this person may not see."""

    @abstractmethod
    def visible(self, ties: Ties) -> Select[Any]:
        """The numbers of those that this person may see."""

    @abstractmethod
    def own(self, ties: Ties) -> Select[Any]:
        """The numbers of those in which this person has a part."""

    @abstractmethod
    def shown(self, session: Session, ties: Ties, ids: Collection[int]) -> Mapping[int, Shown]:
        """For a list; all of them may be seen."""
