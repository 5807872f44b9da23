"""A project done, as a story: before, after, figures, photographs, what was learnt, who is thanked."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from app.accounts.models import User
from app.projects import photos
from app.projects.fiche import FicheView, SectionView
from app.projects.models import PhotoKind, Project, Stage, Thanks, ThanksState
from app.projects.photos import PhotoView
from app.projects.sections import Done
from app.projects.translating import of_project

DONE = "done"


class Part(StrEnum):
    """What makes a story whole; each can be told later, and none must be."""

    AFTER = "after"
    BEFORE = "before"
    FIGURES = "figures"
    PHOTOS = "photos"
    LESSONS = "lessons"
    THANKS = "thanks"


@dataclass(frozen=True)
class StoryView:
    """What `projects/_story.html` shows."""

    is_realised: bool
    view: SectionView | None
    before: Sequence[PhotoView]
    after: Sequence[PhotoView]
    others: Sequence[PhotoView]
    thanked: Sequence[str]
    own_thanks: Thanks | None
    """Whether this reader was asked to be named, and what they answered."""
    told: frozenset[Part]
    photos_waiting: int = 0
    """For editors: those that nobody sees yet."""

    @property
    def content(self) -> Done | None:
        return self.view.content if self.view else None

    @property
    def is_empty(self) -> bool:
        return self.view is None and not (self.before or self.after or self.others)

    @property
    def missing(self) -> list[Part]:
        return [part for part in Part if part not in self.told]


def view(session: Session, project: Project, fiche: FicheView, user: User | None, locale: str) -> StoryView:
    written = next((one for one in fiche.sections if one.kind.name == DONE), None)
    pictures = photos.all_of(session, project, of_project(session, project, locale), locale)
    visible = [one for one in pictures if one.is_shown]
    asked = session.exec(select(Thanks).where(Thanks.project_id == project.id).order_by(col(Thanks.answered_at))).all()
    return StoryView(
        is_realised=project.stage is Stage.REALISED,
        view=written,
        before=[one for one in visible if one.photo.kind is PhotoKind.BEFORE],
        after=[one for one in visible if one.photo.kind is PhotoKind.AFTER],
        others=[one for one in visible if one.photo.kind is PhotoKind.OTHER],
        thanked=_named(session, project),
        own_thanks=next((one for one in asked if user and one.user_id == user.id), None),
        told=_told(written.content if written else Done(), bool(visible), bool(asked)),
        photos_waiting=len(pictures) - len(visible) if fiche.can_edit else 0,
    )


def _named(session: Session, project: Project) -> Sequence[str]:
    """Those who agreed to be named and still have an account, in the order of their answers."""
    return session.exec(
        select(Thanks.name)
        .join(User, col(User.id) == Thanks.user_id)
        .where(Thanks.project_id == project.id, Thanks.state == ThanksState.AGREED, col(User.closed_at).is_(None))
        .order_by(col(Thanks.answered_at), col(Thanks.user_id))
    ).all()


def _told(done: Done, has_photos: bool, has_thanks: bool) -> frozenset[Part]:
    parts = {
        Part.BEFORE: bool(done.before),
        Part.AFTER: bool(done.text),
        Part.FIGURES: bool(done.figures),
        Part.LESSONS: bool(done.lessons),
        Part.PHOTOS: has_photos,
        Part.THANKS: has_thanks,
    }
    return frozenset(part for part, is_there in parts.items() if is_there)
