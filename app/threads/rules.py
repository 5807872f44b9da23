"""Who may do what in a thread. Pure functions over a seat and a post."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.accounts.models import User
from app.journal.models import Subject
from app.threads.models import Post, Voice

ASKED = (Subject.PROJECT, Subject.NEED)
"""Where a question of somebody from outside waits for the team."""


def _as_written(text: str) -> str:
    return text


@dataclass(frozen=True)
class Seat:
    """What one person is in one thread, as the domain of its subject says it: the rules judge by it alone."""

    user: User | None
    voice: Voice = Voice.READER
    organisation_id: int | None = None
    """For which they answer."""
    is_open: bool = False
    """Whoever sits here may write, once they have signed in."""
    moderates: bool = False
    is_public: bool = True
    passes_addresses: bool = False
    """Both sides agreed: e-mail addresses and telephone numbers may stand in what is written."""
    names: Mapping[int, str] = field(default_factory=dict)
    """Those whom this reader knows by another name than that of their account."""
    masked: Callable[[str], str] = _as_written
    """What this reader may read of a text: without the name of whoever is nameless for them."""
    colleagues: Mapping[int, str] = field(default_factory=dict)
    """Whom they may mention besides those who wrote."""

    @property
    def may_write(self) -> bool:
        return self.is_open and self.user is not None


class Verb(StrEnum):
    EDIT = "edit"
    WITHDRAW = "withdraw"
    RESTORE = "restore"
    REPORT = "report"
    HIDE = "hide"
    CLOSE = "close"  # the question: no answer is waited for any more


def is_own(seat: Seat, post: Post) -> bool:
    return seat.user is not None and seat.user.id == post.author_id


def is_taken_back(post: Post) -> bool:
    """By its author, rather than hidden by a moderator."""
    return post.hidden_by_id == post.author_id


def reads_hidden(seat: Seat, post: Post) -> bool:
    """Whoever can bring it back."""
    return is_own(seat, post) or (seat.moderates and not is_taken_back(post))


def may(seat: Seat, post: Post, verb: Verb) -> bool:
    if seat.user is None:
        return False
    own, hidden = is_own(seat, post), post.hidden_at is not None
    match verb:
        case Verb.EDIT:
            return own and not hidden and seat.may_write
        case Verb.WITHDRAW:
            return own and not hidden
        case Verb.RESTORE:
            return hidden and (own if is_taken_back(post) else seat.moderates and not own)
        case Verb.REPORT:
            return not own and not hidden
        case Verb.HIDE:
            return seat.moderates and not own and not hidden
        case Verb.CLOSE:
            return post.wants_answer and (own or seat.moderates or seat.voice is Voice.TEAM)


def open_verbs(seat: Seat, post: Post) -> list[Verb]:
    """What this person is offered under a post."""
    return [verb for verb in Verb if may(seat, post, verb)]


def asks(seat: Seat, kind: Subject) -> bool:
    """Whether what this person writes may be a question to the team."""
    return kind in ASKED and seat.voice is Voice.READER
