"""One project leads to another: who did it first is told of each commune that does the same."""

from sqlmodel import Session, col, select

from app.journal.actions import UNDO_WITHIN
from app.journal.models import Entry, Subject
from app.kernel.i18n import label, speaking
from app.notifications import actions as notifications
from app.projects.messages import ProjectFollowed
from app.projects.models import Moderation, Project
from app.territories.models import Commune


def tell_who_inspired(session: Session, project: Project, entry: Entry) -> None:
    """Once, when everybody can read the new one: `entry` is what may have published it."""
    if project.inspired_by_id is None or entry.to_state != Moderation.PUBLISHED:
        return
    published = select(Entry.id).where(
        Entry.subject_kind == Subject.PROJECT,
        Entry.subject_id == project.id,
        Entry.to_state == Moderation.PUBLISHED.value,
        col(Entry.undone_at).is_(None),
    )
    origin = session.get_one(Project, project.inspired_by_id)
    author = origin.author
    is_first = len(session.exec(published.limit(2)).all()) == 1
    if not is_first or author.id == project.author_id or author.closed_at is not None:
        return
    with speaking(author.locale):
        commune = label(session.get_one(Commune, project.commune_code))
    notice = ProjectFollowed(project.id, origin.title, author.name, commune=commune, new_title=project.title)
    notifications.queue(session, author, notice, entry=entry, after=UNDO_WITHIN)
