"""What a message is made of. Each domain declares its own as small subclasses in its `messages.py`."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from app.notifications.families import Family


@dataclass(frozen=True)
class Notice(ABC):
    """One kind of message. The methods run in the language of the person who reads."""

    kind: ClassVar[str]
    family: ClassVar[Family] = Family.ANSWERS
    """Each kind says its own: a test asks."""

    @abstractmethod
    def subject(self) -> str: ...

    @abstractmethod
    def body(self) -> str:
        """Plain paragraphs, separated by an empty line."""

    @abstractmethod
    def action(self) -> str:
        """The words of the one button."""

    @abstractmethod
    def path(self) -> str:
        """Where the button leads, without the language: `/contributions/12`."""
