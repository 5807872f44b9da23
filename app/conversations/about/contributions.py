"""The conversation of a contribution: its two sides, each once it may know of it, and their moderators."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col

from app.accounts.models import User
from app.contributions import cards, queries, rules, sides, talking
from app.contributions.models import Contribution, Origin, State
from app.contributions.rules import Party, Role, Ties
from app.contributions.wording import person_name
from app.conversations.about.base import About, Conversation, Shown
from app.journal.models import Subject
from app.kernel.errors import NotFound
from app.threads import queries as threads
from app.threads.models import Voice
from app.threads.rules import Seat
from app.threads.telling import Listener, Topic


class AboutContribution(About):
    def find(self, session: Session, user: User | None, subject_id: int) -> Conversation:
        if user is None:
            raise NotFound
        ties = sides.ties(session, user)
        found = queries.get(session, ties, subject_id)
        title = found.need.project.title
        topic = Topic(Subject.CONTRIBUTION, found.id, title, f"/contributions/{found.id}#conversation")
        listeners = _listeners(session, found)
        shown = _shown(ties, found, cards.titles_of(session, [found]))
        colleagues = {one.user.id: one.user.name for one in listeners if one.seat.voice is not Voice.MODERATOR}
        if shown.seat.voice in (Voice.TEAM, Voice.MODERATOR):
            shown = replace(shown, seat=replace(shown.seat, colleagues=colleagues))
        return Conversation(topic, shown, listeners, _moderators(session, found))

    def visible(self, ties: Ties) -> Select[Any]:
        return queries.visible_to(ties).with_only_columns(col(Contribution.id))

    def own(self, ties: Ties) -> Select[Any]:
        return queries.own(ties).with_only_columns(col(Contribution.id))

    def shown(self, session: Session, ties: Ties, ids: Collection[int]) -> Mapping[int, Shown]:
        rows = queries.whole(session, ids)
        titles = cards.titles_of(session, rows)
        return {row.id: _shown(ties, row, titles) for row in rows}


def _shown(ties: Ties, found: Contribution, titles: Mapping[int, str]) -> Shown:
    card = cards.card(ties, found, titles)
    page = ("contribution", {"contribution_id": found.id})
    return Shown(card.title, card.title_language, str(card.headline.striptags()), page, talking.seat(ties, found))


def _moderators(session: Session, found: Contribution) -> list[User]:
    return list(sides.moderators_of(session, found.need.project, found.profile))


def _listeners(session: Session, found: Contribution) -> list[Listener]:
    """Before a moderator approved, the asking side and the moderators; then both sides, and whoever of them wrote."""
    names, masked = talking.as_team_reads(found)
    asking = rules.played_by(Role.ASKING, found.origin)
    known: dict[int, Listener] = {}
    owner = found.profile.owner
    if rules.has_left(found) or asking is Party.CONTRIBUTOR:
        known[owner.id] = Listener(Seat(owner, Voice.CONTRIBUTOR))
    if rules.has_left(found) or asking is Party.TEAM:
        for user in sides.team_of(session, found.need.project):
            known.setdefault(user.id, Listener(Seat(user, Voice.TEAM, names=names, masked=masked)))
    as_moderators_read = {owner.id: person_name(found.profile, named=True)}
    spoken = {user.id: user for user, _last in threads.speakers(session, Subject.CONTRIBUTION, found.id)}
    if found.origin is Origin.INVITATION:
        spoken.setdefault(found.created_by_id, found.created_by)
    judging = {user.id: user for user in _moderators(session, found)}
    for user in {**judging, **spoken}.values():
        if rules.looks_after(user, found.need.project, found.profile) or user.id in judging:
            told = user.id in spoken or found.state is State.PROPOSED
            known.setdefault(user.id, Listener(Seat(user, Voice.MODERATOR, names=as_moderators_read), told=told))
    return list(known.values())
