from datetime import date, datetime
from typing import NamedTuple

from sqlmodel import Session

from app.accounts.models import User
from app.accounts.rules import publishes_at_once
from app.deadlines import actions as deadlines
from app.journal import actions as journal
from app.journal.actions import TooLateToUndo
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.days import today
from app.kernel.errors import Forbidden, Invalid, Refusal
from app.kernel.i18n import N_
from app.news import rules
from app.news.messages import AFTER_MOVE
from app.news.models import NewsItem, NewsState
from app.news.rules import MOVES
from app.notifications import actions as notifications
from app.territories.models import Commune, Province, Region, Territory


class AlreadyMoved(Refusal):
    message = N_("Quelqu’un a déjà répondu pour cette actualité.")


class ChangedMeanwhile(Refusal):
    message = N_("Cette actualité a changé pendant que vous la lisiez. Relisez-la, puis recommencez.")


class Content(NamedTuple):
    """What an author writes."""

    title: str
    text: str
    language: str
    territory: Territory | None = None
    happens_on: date | None = None
    deadline: date | None = None


def write(session: Session, author: User, content: Content) -> NewsItem:
    """It waits for a moderator; a trusted author's is published at once. Raises Invalid (`deadline`)."""
    _check_deadline(content.deadline)
    moment = now()
    item = NewsItem(author_id=author.id, title="", text="", language=content.language, state_since=moment)
    _fill(item, content)
    if publishes_at_once(author):
        item.state, item.published_at = NewsState.PUBLISHED, moment
    session.add(item)
    session.flush()
    _follow_clock(session, item)
    journal.record(session, author.id, Subject.NEWS, item.id, "write", moved=(None, item.state.value))
    return item


def edit(session: Session, user: User, item: NewsItem, content: Content, version: int | None) -> Entry:
    """Raises Forbidden, Invalid (`deadline`), and ChangedMeanwhile when `version` is not the present one."""
    if not rules.can_edit(user, item):
        raise Forbidden
    if version != item.version:
        raise ChangedMeanwhile
    if content.deadline != item.deadline:
        _check_deadline(content.deadline)
    before, was = item.state, {"title": item.title, "text": item.text, "language": item.language}
    _fill(item, content)
    item.version += 1
    _set_state(item, rules.state_once_saved(user, item))
    session.add(item)
    return _record(session, user, item, "edit", before, **was)


def _check_deadline(deadline: date | None) -> None:
    if deadline is not None and deadline < today():
        raise Invalid(N_("Cette date est passée : l’appel serait déjà clos."), "deadline")


def _fill(item: NewsItem, content: Content) -> None:
    place = content.territory
    item.title, item.text, item.language = content.title, content.text, content.language
    item.happens_on, item.deadline = content.happens_on, content.deadline
    item.commune_code = place.code if isinstance(place, Commune) else None
    item.province_code = place.code if isinstance(place, Province) else None
    item.region_code = place.code if isinstance(place, Region) else None


def _set_state(item: NewsItem, state: NewsState) -> None:
    if state is item.state:
        return
    moment = now()
    item.state, item.state_since = state, moment
    item.published_at = moment if state is NewsState.PUBLISHED else None


def move(session: Session, user: User, item: NewsItem, verb: str, words: str, version: int | None) -> Entry:
    """Publish, return or unpublish. Raises Forbidden, AlreadyMoved, ChangedMeanwhile, Invalid (`words`)."""
    step = MOVES[verb]
    if not rules.may_move(user, item, verb):
        raise Forbidden
    if item.state not in step.sources:
        raise AlreadyMoved
    if version is not None and version != item.version:
        raise ChangedMeanwhile
    if step.needs_words and not words and user.id != item.author_id:
        raise Invalid(N_("Dites pourquoi, en quelques mots : la personne les lira."), "words")
    before = item.state
    was = {
        "since": item.state_since.isoformat(),
        "published_at": item.published_at.isoformat() if item.published_at else None,
    }
    _set_state(item, step.to)
    session.add(item)
    entry = _record(session, user, item, verb, before, note=words, **was)
    if user.id != item.author_id:
        told = AFTER_MOVE[verb](news_id=item.id, title=item.title, name=item.author.name, words=words)
        notifications.queue(session, item.author, told, entry=entry, after=journal.UNDO_WITHIN)
    return entry


def undo(session: Session, user: User, item: NewsItem, entry: Entry) -> None:
    """Take back one's own last decision, with its message. Raises TooLateToUndo."""
    if entry.subject_id != item.id or entry.verb not in MOVES:
        raise TooLateToUndo
    journal.take_back(session, user.id, entry)
    notifications.cancel(session, entry)
    item.state = NewsState(entry.from_state or "")
    item.state_since = datetime.fromisoformat(entry.data["since"])
    published_at = entry.data["published_at"]
    item.published_at = datetime.fromisoformat(published_at) if published_at else None
    session.add(item)
    _follow_clock(session, item)


def _follow_clock(session: Session, item: NewsItem) -> None:
    """Whoever is waited for now, and until when."""
    deadlines.follow(session, Subject.NEWS, item.id, rules.step_of(item), item.state_since)


def _record(
    session: Session, user: User, item: NewsItem, verb: str, before: NewsState, note: str = "", **data: object
) -> Entry:
    _follow_clock(session, item)
    return journal.record(
        session, user.id, Subject.NEWS, item.id, verb, moved=(before.value, item.state.value), note=note, **data
    )
