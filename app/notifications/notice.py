"""What a message is made of. Each domain declares its own as small subclasses in its `messages.py`."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Notice:
    """One kind of message. The methods run in the language of the person who reads."""

    kind: ClassVar[str]

    def subject(self) -> str:
        raise NotImplementedError

    def body(self) -> str:
        """Plain paragraphs, separated by an empty line."""
        raise NotImplementedError

    def action(self) -> str:
        """The words of the one button."""
        raise NotImplementedError

    def path(self) -> str:
        """Where the button leads, without the language: `/contributions/12`."""
        raise NotImplementedError
