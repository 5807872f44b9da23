"""Photographs of a project: sent together, each shown once it is described and the people on it agreed."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func
from sqlalchemy.dialects.postgresql import distinct_on
from sqlmodel import Session, col, select

from app.files import actions as files
from app.files.models import StoredFile
from app.files.receiving import Received
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, NotFound, Refusal
from app.kernel.i18n import N_
from app.notifications import actions as notifications
from app.projects import contents, rules, sections, translating
from app.projects.messages import PhotoHidden
from app.projects.models import Moderation, Photo, PhotoKind, Project, Translation
from app.projects.rules import Standing
from app.projects.translating import Reading, Text

MOST = 12
MAX_ID = 2**31 - 1
SHOWN = and_(col(Photo.words) != "", col(Photo.consent_at).is_not(None), col(Photo.hidden_at).is_(None))
"""Described, agreed to, and not hidden by a moderator; the project must be published too."""
FIRST = case({PhotoKind.AFTER.value: 0, PhotoKind.OTHER.value: 1, PhotoKind.BEFORE.value: 2}, value=col(Photo.kind))
"""Which stands for the project: how it is now, rather than how it was."""


class TooManyPhotos(Refusal):
    message = N_("Douze photos suffisent : retirez-en une pour en ajouter une autre.")


@dataclass(frozen=True)
class PhotoView:
    """A photograph as one person reads its words."""

    photo: Photo
    width: int
    height: int
    reading: Reading

    @property
    def words(self) -> str:
        return str(self.reading.content["words"])

    @property
    def lacks_words(self) -> bool:
        return not self.photo.words

    @property
    def is_shown(self) -> bool:
        return not self.lacks_words and self.photo.consent_at is not None and self.photo.hidden_at is None


def shown(session: Session, project: Project, translations: Mapping[str, Translation], locale: str) -> list[PhotoView]:
    """What everybody sees of a published project, in the order that its team gave them."""
    return _views(session, and_(col(Photo.project_id) == project.id, SHOWN), translations, locale)


def all_of(session: Session, project: Project, translations: Mapping[str, Translation], locale: str) -> list[PhotoView]:
    """For those who edit: also what still lacks its words."""
    return _views(session, col(Photo.project_id) == project.id, translations, locale)


def covers(
    session: Session, ids: Collection[int], said: Mapping[int, Mapping[str, Translation]], locale: str
) -> dict[int, PhotoView]:
    """The photograph that stands for each of these projects, where there is one: for lists, in one query."""
    if not ids:
        return {}
    first = (
        select(Photo.id)
        .where(col(Photo.project_id).in_(ids), SHOWN)
        .ext(distinct_on(col(Photo.project_id)))
        .order_by(col(Photo.project_id), FIRST, col(Photo.position), col(Photo.id))
    )
    rows = session.exec(_measured(col(Photo.id).in_(first)))
    return {row[0].project_id: _view(row, said.get(row[0].project_id, {}), locale) for row in rows}


def _measured(where: ColumnElement[bool]) -> Any:
    return (
        select(Photo, StoredFile.width, StoredFile.height)
        .join(StoredFile, col(StoredFile.id) == Photo.file_id)
        .where(where)
        .order_by(col(Photo.position), col(Photo.id))
    )


def _views(
    session: Session, where: ColumnElement[bool], translations: Mapping[str, Translation], locale: str
) -> list[PhotoView]:
    return [_view(row, translations, locale) for row in session.exec(_measured(where))]


def _view(row: Any, translations: Mapping[str, Translation], locale: str) -> PhotoView:
    photo, width, height = row
    return PhotoView(photo, width, height, translating.reading(text_of(photo), translations, locale))


def text_of(photo: Photo) -> Text:
    """Its words as something that one translates."""
    return Text(sections.of_photo(photo.id), {"words": photo.words}, photo.language, photo.version)


def texts(session: Session, project: Project) -> list[Text]:
    statement = select(Photo).where(Photo.project_id == project.id, SHOWN)
    return [text_of(photo) for photo in session.exec(statement.order_by(col(Photo.position), col(Photo.id)))]


def get(session: Session, project: Project, standing: Standing, photo_id: int) -> Photo:
    """Raises NotFound, also for what is not shown to all, unless this person edits the project."""
    photo = session.get(Photo, photo_id) if 0 < photo_id <= MAX_ID else None
    if photo is None or photo.project_id != project.id:
        raise NotFound
    if not is_public(project, photo) and not rules.can_edit(standing, project):
        raise NotFound
    return photo


def is_public(project: Project, photo: Photo) -> bool:
    is_shown = photo.words != "" and photo.consent_at is not None and photo.hidden_at is None
    return project.moderation is Moderation.PUBLISHED and is_shown


@dataclass(frozen=True)
class Added:
    photos: Sequence[Photo]
    refused: Sequence[tuple[str, Refusal]]
    """The files that are not kept, each with why."""


def add(session: Session, standing: Standing, project: Project, sent: Iterable[Received], kind: PhotoKind) -> Added:
    """Those that are pictures are kept, though others of the same sending are not: on a weak network each counts."""
    user = _editor(standing, project)
    already, last = session.exec(
        select(func.count(), func.coalesce(func.max(Photo.position), 0)).where(Photo.project_id == project.id)
    ).one()
    added: list[Photo] = []
    refused: list[tuple[str, Refusal]] = []
    for one in sent:
        try:
            if already + len(added) >= MOST:
                raise TooManyPhotos
            kept = files.keep_picture(session, user.id, one, "photos")
        except Refusal as error:
            refused.append((one.name, error))
            continue
        photo = Photo(
            project_id=project.id,
            file_id=kept.id,
            kind=kind,
            language=project.language,
            position=last + len(added) + 1,
            added_by_id=user.id,
            added_at=now(),
        )
        session.add(photo)
        added.append(photo)
    session.flush()
    if added:
        journal.record(
            session, user.id, Subject.PROJECT, project.id, "add_photos", photos=[photo.id for photo in added]
        )
    return Added(added, refused)


def describe(
    session: Session, standing: Standing, project: Project, photo: Photo, words: str, kind: PhotoKind, consent: bool
) -> None:
    """What it shows, and that those on it agree: the day of the tick is kept, and who made it."""
    user = _editor(standing, project)
    if words != photo.words:
        photo.words, photo.version = words, photo.version + 1
        photo.language = contents.recognised(words) if words else project.language
    photo.kind = kind
    if consent and photo.consent_at is None:
        photo.consent_at, photo.consent_by_id = now(), user.id
        journal.record(session, user.id, Subject.PROJECT, project.id, "photo_consent", photo=photo.id)
    elif not consent and photo.consent_at is not None:
        photo.consent_at = photo.consent_by_id = None
        journal.record(session, user.id, Subject.PROJECT, project.id, "photo_consent_ended", photo=photo.id)
    session.add(photo)
    _touch(session, project)


def shift(session: Session, standing: Standing, project: Project, photo: Photo, later: bool) -> None:
    """One place earlier or later among the photographs of the project."""
    _editor(standing, project)
    row = list(
        session.exec(
            select(Photo).where(Photo.project_id == project.id).order_by(col(Photo.position), col(Photo.id))
        ).all()
    )
    place = row.index(photo)
    other = place + (1 if later else -1)
    if 0 <= other < len(row):
        row[place], row[other] = row[other], row[place]
    for position, one in enumerate(row, 1):
        one.position = position
    _touch(session, project)


def remove(session: Session, standing: Standing, project: Project, photo: Photo) -> None:
    """For good: a picture of people that is taken away is kept nowhere."""
    user = _editor(standing, project)
    journal.record(session, user.id, Subject.PROJECT, project.id, "remove_photo", photo=photo.id)
    session.delete(photo)
    session.flush()
    files.remove(session, photo.file_id)
    _touch(session, project)


def hide(session: Session, standing: Standing, project: Project, photo: Photo, reason: str) -> Entry:
    """By a moderator; the team reads why. Raises Invalid (`words`) without a reason."""
    if standing.user is None or not rules.can_moderate(standing, project):
        raise Forbidden
    if photo.hidden_at is not None:
        raise NotFound
    if not reason:
        raise Invalid(N_("Dites pourquoi, en quelques mots : l’équipe du projet les lira."), "words")
    photo.hidden_at, photo.hidden_by_id, photo.hidden_reason = now(), standing.user.id, reason
    session.add(photo)
    entry = journal.record(
        session, standing.user.id, Subject.PROJECT, project.id, "hide_photo", note=reason, photo=photo.id
    )
    if project.author_id != standing.user.id:
        told = PhotoHidden(project.id, project.title, project.author.name, words=reason)
        notifications.queue(session, project.author, told, entry=entry, after=journal.UNDO_WITHIN)
    _touch(session, project)
    return entry


def show_again(session: Session, standing: Standing, project: Project, photo: Photo) -> None:
    if standing.user is None or not rules.can_moderate(standing, project):
        raise Forbidden
    _uncover(session, photo)
    journal.record(session, standing.user.id, Subject.PROJECT, project.id, "show_photo", photo=photo.id)
    _touch(session, project)


def undo_hiding(session: Session, actor_id: int, project: Project, entry: Entry) -> None:
    """Raises TooLateToUndo, and NotFound if the photograph was removed meanwhile."""
    photo = session.get(Photo, int(entry.data.get("photo", 0)))
    if entry.verb != "hide_photo" or entry.subject_id != project.id or photo is None:
        raise NotFound
    journal.take_back(session, actor_id, entry)
    notifications.cancel(session, entry)
    _uncover(session, photo)
    _touch(session, project)


def _uncover(session: Session, photo: Photo) -> None:
    photo.hidden_at = photo.hidden_by_id = None
    photo.hidden_reason = ""
    session.add(photo)


def _editor(standing: Standing, project: Project) -> Any:
    if standing.user is None or not rules.can_edit(standing, project):
        raise Forbidden
    return standing.user


def _touch(session: Session, project: Project) -> None:
    project.updated_at = now()
    session.add(project)
    session.flush()
