"""Reads and writes of needs: what a project lacks, until somebody brings it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import joinedload, selectinload
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import User
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.database import now, related
from app.kernel.errors import Forbidden, NotFound, Refusal
from app.kernel.i18n import N_, gettext
from app.projects import actions, chips, contents, queries, rules, sections, translating
from app.projects.indexing import reindex
from app.projects.labels import DURATIONS, KINDS, MODES
from app.projects.models import Need, NeedChip, NeedState, Project
from app.projects.need_form import NeedForm, check_period
from app.projects.rules import Standing
from app.projects.translating import Reading, Text
from app.taxonomy.naming import concept_name

MOST_OPEN = 30


class StaleNeed(Refusal):
    """Somebody saved this need since it was opened; `current` is how it is now."""

    message = N_("Quelqu’un a enregistré ce besoin pendant que vous écriviez.")

    def __init__(self, current: Need) -> None:
        super().__init__()
        self.current = current


class NeedMoved(Refusal):
    message = N_("Ce besoin a changé entre-temps : regardez où il en est.")


class TooManyNeeds(Refusal):
    message = N_("Trente besoins ouverts à la fois suffisent : fermez ceux qui ne servent plus.")


@dataclass(frozen=True)
class NeedView:
    """A need as one person reads it."""

    need: Need
    reading: Reading
    chips: Sequence[str]

    @property
    def text(self) -> str:
        return str(self.reading.content["text"])

    @property
    def kind(self) -> str:
        return gettext(KINDS[self.need.kind])

    @property
    def mode(self) -> str:
        return gettext(MODES[self.need.mode])

    @property
    def duration(self) -> str:
        return gettext(DURATIONS[self.need.duration])


@dataclass(frozen=True)
class NeedsView:
    """What `projects/_needs.html` shows."""

    open: Sequence[NeedView]
    past: Sequence[NeedView]
    """Filled or closed."""
    can_edit: bool


def view(session: Session, project: Project, standing: Standing, locale: str) -> NeedsView:
    translations = translating.of_project(session, project, locale)
    views = [
        NeedView(
            need,
            translating.reading(text_of(need), translations, locale),
            [concept_name(concept) for concept in chips.read_as(need)],
        )
        for need in session.exec(_with_chips().where(Need.project_id == project.id).order_by(col(Need.id)))
    ]
    return NeedsView(
        open=[one for one in views if one.need.state is NeedState.OPEN],
        past=[one for one in views if one.need.state is not NeedState.OPEN],
        can_edit=rules.can_edit(standing, project),
    )


def get(session: Session, project: Project, need_id: int) -> Need:
    """A need of that project, with its chips. Raises NotFound."""
    statement = _with_chips().where(Need.id == need_id, Need.project_id == project.id)
    need = session.exec(statement).one_or_none() if 0 < need_id <= queries.MAX_ID else None
    if need is None:
        raise NotFound
    return need


def text_of(need: Need) -> Text:
    """The need as something that one translates."""
    return Text(sections.of_need(need.id), {"text": need.text}, need.language, need.version)


def texts(session: Session, project: Project) -> list[Text]:
    """The words of the needs."""
    return [
        text_of(need) for need in session.exec(select(Need).where(Need.project_id == project.id).order_by(col(Need.id)))
    ]


def add(session: Session, standing: Standing, project: Project, form: NeedForm) -> Need:
    """A new need, with the concepts that its text names. Raises Invalid for a period that is over."""
    editor = _editor(standing, project)
    check_period(form)
    opened = session.exec(
        select(Need.id).where(Need.project_id == project.id, Need.state == NeedState.OPEN).limit(MOST_OPEN)
    ).all()
    if len(opened) == MOST_OPEN:
        raise TooManyNeeds
    need = Need(project_id=project.id, created_by_id=editor.id, **_answers(form))
    need.project = project
    session.add(need)
    session.flush()
    journal.record(session, editor.id, Subject.NEED, need.id, "add", moved=(None, NeedState.OPEN.value))
    _written(session, need)
    actions.follow_needs(session, project)
    return need


def edit(session: Session, standing: Standing, need: Need, form: NeedForm) -> None:
    """Say a need otherwise, starting from `form.version`. Raises StaleNeed, and Invalid for a period that is over."""
    editor = _editor(standing, need.project)
    _hold(session, need)
    check_period(form, need)
    changed = {name: value for name, value in _answers(form).items() if getattr(need, name) != value}
    if not changed:
        return
    if need.version != form.version:
        raise StaleNeed(need)
    for name, value in changed.items():
        setattr(need, name, value)
    need.version += 1
    journal.record(session, editor.id, Subject.NEED, need.id, "edit", changed=sorted(changed))
    _written(session, need)


def correct_chips(session: Session, standing: Standing, need: Need, ticked: Sequence[str]) -> None:
    """Which concepts it is about. Raises Invalid (`concepts`)."""
    editor = _editor(standing, need.project)
    _hold(session, need)
    chips.correct(session, need, ticked)
    chips.object_to_removed(session, need, editor.id)
    chips.remember(session, need)


def close(session: Session, actor: User, need: Need) -> Entry:
    """Nobody is looked for any more."""
    return _move(session, _allowed(session, actor, need), need, "close", (NeedState.OPEN,), NeedState.CLOSED)


def give_up(session: Session, actor: User, need: Need) -> Entry:
    """Whoever would answer left, and nobody else is there."""
    return _move(session, actor, need, "close", (NeedState.OPEN,), NeedState.CLOSED)


def reopen(session: Session, actor: User, need: Need) -> Entry:
    """Closed or filled, it is looked for again."""
    closed = (NeedState.CLOSED, NeedState.FILLED)
    return _move(session, _allowed(session, actor, need), need, "reopen", closed, NeedState.OPEN)


def mark_filled(session: Session, actor: User, need: Need) -> Entry:
    """As many people as wanted were accepted, or objects promised; whoever did the last may not be an editor."""
    return _move(session, actor, need, "fill", (NeedState.OPEN,), NeedState.FILLED)


def mark_open(session: Session, actor: User, need: Need) -> Entry:
    """Somebody who was accepted stepped out, or gives less."""
    return _move(session, actor, need, "unfill", (NeedState.FILLED,), NeedState.OPEN)


def note_objects(
    session: Session,
    need: Need,
    *,
    promised: int | None = None,
    on_the_way: int | None = None,
    received: int | None = None,
) -> None:
    """How far the objects of a need have come, as those who know have just counted them; they hold the need."""
    counted = {"promised": promised, "on_the_way": on_the_way, "received": received}
    for name, number in counted.items():
        if number is not None:
            setattr(need, name, number)
    session.add(need)
    session.flush()


def _move(session: Session, actor: User, need: Need, verb: str, sources: Sequence[NeedState], to: NeedState) -> Entry:
    _hold(session, need)
    if need.state not in sources:
        raise NeedMoved
    entry = journal.record(session, actor.id, Subject.NEED, need.id, verb, moved=(need.state.value, to.value))
    need.state = to
    need.updated_at = need.project.updated_at = now()
    session.add(need)
    session.flush()
    chips.remember(session, need)
    actions.follow_needs(session, need.project)
    return entry


def _hold(session: Session, need: Need) -> None:
    """Two people who change one need come one after the other, each seeing what the other left."""
    session.refresh(need, with_for_update={"key_share": True, "of": Need})
    session.refresh(need, ["chips"])


def _editor(standing: Standing, project: Project) -> User:
    if standing.user is None or not rules.can_edit(standing, project):
        raise Forbidden
    return standing.user


def _allowed(session: Session, actor: User, need: Need) -> User:
    return _editor(queries.standing(session, actor, need.project), need.project)


def _answers(form: NeedForm) -> dict[str, Any]:
    answers = form.model_dump(exclude={"version", "once"})
    answers["language"] = form.language or contents.recognised(form.text)
    return answers


def _written(session: Session, need: Need) -> None:
    """After its words changed."""
    need.updated_at = need.project.updated_at = now()
    session.add(need)
    session.flush()
    chips.read_again(session, need)
    chips.remember(session, need)
    reindex(session, need.project)


def _with_chips() -> SelectOfScalar[Need]:
    return select(Need).options(
        joinedload(related(Need.project)),
        selectinload(related(Need.chips)).joinedload(related(NeedChip.concept)),
    )
