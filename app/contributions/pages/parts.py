"""What other domains show on the page of a contribution: its missions, its objects.

They know contributions and not the reverse, so `main.create_app` names them: `application.state.contribution_parts`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from app.contributions.models import Contribution
from app.contributions.rules import Ties


@dataclass(frozen=True)
class Part:
    """A template, and what it shows under the name `part.view`."""

    template: str
    view: Any


PartOf = Callable[[Session, Ties, Contribution], Part | None]
