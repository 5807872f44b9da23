"""The public conversation about a news item: its author and whoever wrote are told."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions.rules import Ties
from app.conversations import moderators
from app.conversations.about.base import About, Conversation, Shown
from app.journal.models import Subject
from app.kernel.i18n import gettext as _
from app.news import queries, rules
from app.news.models import NewsItem
from app.news.talking import seat
from app.threads import queries as threads
from app.threads.models import Voice
from app.threads.rules import Seat
from app.threads.telling import Listener, Topic


class AboutNews(About):
    def find(self, session: Session, user: User | None, subject_id: int) -> Conversation:
        item = queries.get(session, user, subject_id)
        topic = Topic(Subject.NEWS, item.id, item.title, f"/news/{item.id}#conversation")
        known = {item.author_id: Listener(Seat(item.author, Voice.TEAM))}
        for speaker, _last in threads.speakers(session, Subject.NEWS, item.id):
            known.setdefault(speaker.id, Listener(Seat(speaker)))
        responsible = moderators.of_region(session, rules.region_of(item))
        for moderator in responsible:
            known.setdefault(moderator.id, Listener(Seat(moderator, Voice.MODERATOR), told=False))
        return Conversation(topic, _shown(user, item), list(known.values()), responsible)

    def visible(self, ties: Ties) -> Select[Any]:
        return queries.visible_to(ties.user).with_only_columns(col(NewsItem.id))

    def own(self, ties: Ties) -> Select[Any]:
        return select(NewsItem.id).where(NewsItem.author_id == ties.user.id)

    def shown(self, session: Session, ties: Ties, ids: Collection[int]) -> Mapping[int, Shown]:
        rows = session.exec(select(NewsItem).where(col(NewsItem.id).in_(ids))).all()
        return {row.id: _shown(ties.user, row) for row in rows}


def _shown(user: User | None, item: NewsItem) -> Shown:
    return Shown(item.title, item.language, _("Actualité"), ("news_item", {"news_id": item.id}), seat(user, item))
