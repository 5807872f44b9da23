"""The public conversations about a project and about each of its needs: whoever wrote, and its team, are told."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import queries as contributions
from app.contributions import sides
from app.contributions.rules import Ties
from app.contributions.wording import shortened
from app.conversations import moderators
from app.conversations.about.base import About, Conversation, Shown
from app.journal.models import Subject
from app.kernel.i18n import current_locale
from app.kernel.i18n import gettext as _
from app.projects import needs, queries, rules, translating
from app.projects.models import Need, Project
from app.projects.rules import Standing
from app.projects.talking import seat
from app.threads import queries as threads
from app.threads.models import Voice
from app.threads.rules import Seat
from app.threads.telling import Listener, Topic


class AboutProject(About):
    def find(self, session: Session, user: User | None, subject_id: int) -> Conversation:
        project = queries.get(session, user, subject_id)
        topic = Topic(Subject.PROJECT, project.id, project.title, f"/projects/{project.id}#conversation")
        titles = translating.titles(session, [project], current_locale())
        mine = seat(queries.standing(session, user, project), project)
        return _conversation(session, topic, project, _shown_project(project, titles, mine))

    def visible(self, ties: Ties) -> Select[Any]:
        return queries.visible_to(ties.user).with_only_columns(col(Project.id))

    def own(self, ties: Ties) -> Select[Any]:
        return select(Project.id).where(contributions.of_team(ties))

    def shown(self, session: Session, ties: Ties, ids: Collection[int]) -> Mapping[int, Shown]:
        rows = session.exec(select(Project).where(col(Project.id).in_(ids))).all()
        titles = translating.titles(session, rows, current_locale())
        return {row.id: _shown_project(row, titles, seat(_standing(ties, row), row)) for row in rows}


class AboutNeed(About):
    def find(self, session: Session, user: User | None, subject_id: int) -> Conversation:
        need = contributions.need(session, user, subject_id)
        title = f"{need.project.title} — {shortened(need.text)}"
        topic = Topic(Subject.NEED, need.id, title, f"/conversations/need/{need.id}")
        mine = seat(queries.standing(session, user, need.project), need.project)
        said = translating.of_project(session, need.project, current_locale())
        shown = _shown_need(need, translating.reading(needs.text_of(need), said, current_locale()), mine)
        return _conversation(session, topic, need.project, shown)

    def visible(self, ties: Ties) -> Select[Any]:
        projects = queries.visible_to(ties.user).with_only_columns(col(Project.id))
        return select(Need.id).where(col(Need.project_id).in_(projects))

    def own(self, ties: Ties) -> Select[Any]:
        return select(Need.id).join(Project, col(Project.id) == Need.project_id).where(contributions.of_team(ties))

    def shown(self, session: Session, ties: Ties, ids: Collection[int]) -> Mapping[int, Shown]:
        rows = session.exec(
            contributions.with_project(
                select(Need).join(Project, col(Project.id) == Need.project_id).where(col(Need.id).in_(ids))
            )
        ).all()
        said = translating.of_needs(session, [row.id for row in rows], current_locale())
        return {
            row.id: _shown_need(
                row,
                translating.reading(needs.text_of(row), said, current_locale()),
                seat(_standing(ties, row.project), row.project),
            )
            for row in rows
        }


def _shown_project(project: Project, titles: Mapping[int, str], mine: Seat) -> Shown:
    language = current_locale() if project.id in titles else project.language
    title = titles.get(project.id, project.title)
    return Shown(title, language, _("Projet"), ("project", {"project_id": project.id}), mine)


def _shown_need(need: Need, read: translating.Reading, mine: Seat) -> Shown:
    title = shortened(str(read.content["text"]))
    return Shown(title, read.language, _("Besoin"), ("project", {"project_id": need.project_id}), mine)


def _standing(ties: Ties, project: Project) -> Standing:
    return Standing(ties.user, organisations=ties.organisations, is_co_author=project.id in ties.co_authored)


def _conversation(session: Session, topic: Topic, project: Project, shown: Shown) -> Conversation:
    team = sides.team_of(session, project)
    known = {user.id: Listener(Seat(user, Voice.TEAM)) for user in team}
    for user, _last in threads.speakers(session, topic.kind, topic.subject_id):
        known.setdefault(user.id, Listener(Seat(user)))
    responsible = moderators.of_region(session, rules.region_of(project))
    for user in responsible:
        known.setdefault(user.id, Listener(Seat(user, Voice.MODERATOR), told=False))
    return Conversation(topic, _among_colleagues(shown, team), list(known.values()), responsible)


def _among_colleagues(shown: Shown, team: Sequence[User]) -> Shown:
    """The names of the team are for its own members and for moderators."""
    if shown.seat.voice is Voice.READER:
        return shown
    return replace(shown, seat=replace(shown.seat, colleagues={user.id: user.name for user in team}))
