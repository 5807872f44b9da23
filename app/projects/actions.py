"""What can be done with a project as a whole: posted, moderated, endorsed, carried from idea to realisation."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from app.accounts import rules as accounts
from app.accounts.models import User
from app.deadlines import actions as deadlines
from app.journal import actions as journal
from app.journal.models import Entry, Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, NotFound, Refusal
from app.kernel.i18n import N_
from app.notifications import actions as notifications
from app.organisations.models import Organisation, OrganisationKind
from app.projects import chips, contents, fiche, rules
from app.projects.indexing import reindex
from app.projects.inspiring import tell_who_inspired
from app.projects.messages import AFTER_MOVE, HelpOffered, ProjectEndorsed
from app.projects.models import Moderation, Need, NeedState, Project, Section, SectionVersion, Stage
from app.projects.rules import MOVES, Move, Standing
from app.projects.sections import BY_NAME, IDEA
from app.territories.models import Commune

DONE = BY_NAME["done"]


class AlreadyMoved(Refusal):
    message = N_("Ce projet a changé entre-temps : relisez-le avant de décider.")


class NotPublished(Refusal):
    message = N_("Ce projet n’est pas encore publié.")


def post_idea(
    session: Session,
    author: User,
    *,
    title: str,
    summary: str,
    commune: Commune,
    language: str,
    organisation: Organisation | None = None,
    inspired_by: Project | None = None,
) -> Project:
    """An idea of three fields. It waits for a moderator, unless its author is trusted."""
    moment = now()
    at_once = accounts.publishes_at_once(author)
    project = Project(
        author_id=author.id,
        organisation_id=organisation.id if organisation else None,
        commune_code=commune.code,
        title=title,
        summary=summary,
        language=language,
        moderation=Moderation.PUBLISHED if at_once else Moderation.WAITING,
        moderation_since=moment,
        published_at=moment if at_once else None,
        inspired_by_id=inspired_by.id if inspired_by else None,
        created_at=moment,
        updated_at=moment,
    )
    session.add(project)
    session.flush()
    content = {"title": title, "summary": summary, "commune_code": commune.code}
    for table in (Section, SectionVersion):
        session.add(
            table(
                project_id=project.id,
                name=IDEA.name,
                version=1,
                content=content,
                language=language,
                edited_by_id=author.id,
                edited_at=moment,
            )
        )
    follow_clock(session, project)
    moved = (None, project.moderation.value)
    entry = journal.record(session, author.id, Subject.PROJECT, project.id, "post", moved=moved)
    tell_who_inspired(session, project, entry)
    reindex(session, project)
    return project


def move(
    session: Session,
    standing: Standing,
    project: Project,
    verb: str,
    words: str = "",
    seen: datetime | None = None,
    **data: str,
) -> Entry:
    """One step of moderation. `seen` is the `moderation_since` that was on the screen: a decision is not taken blindly;
    `data` is kept in the journal.

    Raises NotFound, Forbidden, Invalid (words are missing) or AlreadyMoved.
    """
    step = MOVES.get(verb)
    if step is None:
        raise NotFound
    if standing.user is None or not rules.may_move(standing, project, step):
        raise Forbidden
    if not rules.is_open(project, step) or (seen is not None and seen != project.moderation_since):
        raise AlreadyMoved
    if step.needs_words and not words:
        raise Invalid(N_("Écrivez quelques mots : c’est ce que l’autre lira."), "words")
    entry = _record(session, standing.user, project, step, words, **data)
    _apply(session, standing.user, project, step)
    _tell_author(session, standing.user, project, step, words, entry)
    tell_who_inspired(session, project, entry)
    return entry


def follow_clock(session: Session, project: Project) -> None:
    """Whoever is waited for now, and until when."""
    step, since = rules.STEPS.get(project.moderation), project.moderation_since
    deadlines.follow(session, Subject.PROJECT, project.id, step, since)


def _record(session: Session, actor: User, project: Project, step: Move, words: str, **data: str) -> Entry:
    """With all that undoing it needs, and what else is to be remembered of it."""
    before: dict[str, Any] = {
        "since": project.moderation_since.isoformat(),
        "published_at": project.published_at.isoformat() if project.published_at else None,
        "helper_id": project.helper_id,
        "stage": project.stage.value,
    }
    moved = (project.moderation.value, step.to.value)
    return journal.record(
        session, actor.id, Subject.PROJECT, project.id, step.verb, moved=moved, note=words, before=before, **data
    )


def _apply(session: Session, actor: User, project: Project, step: Move) -> None:
    moment = now()
    project.moderation = step.to
    project.moderation_since = moment
    project.updated_at = moment
    project.published_at = moment if step.to is Moderation.PUBLISHED else None
    if step.verb == "help":
        project.helper_id = actor.id
    session.add(project)
    follow_clock(session, project)
    follow_needs(session, project)
    chips.remember_all(session, project)  # what is found in advance knows only what everybody may read


def _tell_author(session: Session, actor: User, project: Project, step: Move, words: str, entry: Entry) -> None:
    notice = AFTER_MOVE.get(step.verb)
    if notice is None or actor.id == project.author_id:
        return
    told: dict[str, Any] = {"project_id": project.id, "title": project.title, "words": words}
    told["name"] = project.author.name
    if notice is HelpOffered:
        told["helper"] = actor.name
    notifications.queue(session, project.author, notice(**told), entry=entry, after=journal.UNDO_WITHIN)


def undo(session: Session, actor: User, project: Project, entry: Entry) -> None:
    """Take back one's own last step, and the message that told of it. Raises TooLateToUndo."""
    if entry.verb not in MOVES or entry.subject_id != project.id:
        raise NotFound
    journal.take_back(session, actor.id, entry)
    notifications.cancel(session, entry)
    before = entry.data["before"]
    project.moderation = Moderation(entry.from_state or "")
    project.moderation_since = datetime.fromisoformat(before["since"])
    project.published_at = datetime.fromisoformat(before["published_at"]) if before["published_at"] else None
    project.helper_id = before["helper_id"]
    project.stage = Stage(before["stage"])
    project.updated_at = now()
    session.add(project)
    follow_clock(session, project)
    chips.remember_all(session, project)


def endorse(session: Session, standing: Standing, project: Project) -> Entry:
    """The commune says that it stands behind the project."""
    if standing.user is None or not rules.can_endorse(standing, project):
        raise Forbidden
    if project.endorsed_by_id is not None:
        raise AlreadyMoved
    commune = session.exec(
        select(Organisation).where(
            Organisation.kind == OrganisationKind.COMMUNE, Organisation.commune_code == project.commune_code
        )
    ).one()
    project.endorsed_by_id, project.endorsed_at = commune.id, now()
    session.add(project)
    entry = journal.record(session, standing.user.id, Subject.PROJECT, project.id, "endorse")
    if project.author_id != standing.user.id:
        notice = ProjectEndorsed(project_id=project.id, title=project.title, name=project.author.name)
        notifications.queue(session, project.author, notice, entry=entry, after=journal.UNDO_WITHIN)
    return entry


def withdraw_endorsement(session: Session, standing: Standing, project: Project) -> None:
    if standing.user is None or project.commune_code not in standing.communes:
        raise Forbidden
    if project.endorsed_by_id is None:
        raise AlreadyMoved
    project.endorsed_by_id = project.endorsed_at = None
    session.add(project)
    last = _last_entry(session, project, "endorse")
    if last is not None:
        notifications.cancel(session, last)
    journal.record(session, standing.user.id, Subject.PROJECT, project.id, "withdraw_endorsement")


def correct_language(session: Session, standing: Standing, project: Project, language: str) -> None:
    """Its language was recognised wrongly."""
    if standing.user is None or not rules.can_edit(standing, project):
        raise Forbidden
    if language == project.language:
        return
    journal.record(
        session, standing.user.id, Subject.PROJECT, project.id, "correct_language", moved=(project.language, language)
    )
    idea = fiche.section(session, project, IDEA)
    fiche.save(session, standing, project, IDEA, dict(idea.content), language, idea.version)


def set_stage(session: Session, actor_id: int | None, project: Project, stage: Stage) -> None:
    """Carry a published project to a stage; nothing happens if it is there. Who may, the caller knows (`realise`)."""
    if project.moderation is not Moderation.PUBLISHED:
        raise NotPublished
    if project.stage is stage:
        return
    journal.record(
        session,
        actor_id,
        Subject.PROJECT,
        project.id,
        "stage",
        moved=(project.stage.value, stage.value),
    )
    project.stage = stage
    project.updated_at = now()
    session.add(project)


def realise(session: Session, standing: Standing, project: Project, words: str = "") -> None:
    """It is done, and the fiche says what: in these words, unless somebody wrote that part already."""
    if standing.user is None or not rules.can_edit(standing, project):
        raise Forbidden
    if project.moderation is not Moderation.PUBLISHED:
        raise NotPublished
    done = fiche.section(session, project, DONE)
    if not done.content.get("text"):
        if not words:
            raise Invalid(N_("Dites en une phrase ce qui a été fait."), "words")
        content = {**done.content, "text": words}
        fiche.save(session, standing, project, DONE, content, contents.recognised(words), done.version)
    set_stage(session, standing.user.id, project, Stage.REALISED)


def resume(session: Session, standing: Standing, project: Project) -> None:
    """It was not done after all, or there is more to do: back to where it was."""
    if standing.user is None or not rules.can_edit(standing, project):
        raise Forbidden
    if project.stage is not Stage.REALISED:
        raise AlreadyMoved
    last = _last_entry(session, project, "stage")
    before = Stage(last.from_state) if last is not None and last.from_state else Stage.IDEA
    set_stage(session, standing.user.id, project, before)
    follow_needs(session, project)


def _last_entry(session: Session, project: Project, verb: str) -> Entry | None:
    return session.exec(
        select(Entry)
        .where(Entry.subject_kind == Subject.PROJECT, Entry.subject_id == project.id, Entry.verb == verb)
        .order_by(col(Entry.id).desc())
        .limit(1)
    ).first()


def follow_needs(session: Session, project: Project) -> None:
    """An idea whose need is looked for is open; without open need it is an idea again. Later stages stay."""
    if project.stage not in (Stage.IDEA, Stage.OPEN):
        return
    wanted = session.exec(
        select(Need.id).where(Need.project_id == project.id, Need.state == NeedState.OPEN).limit(1)
    ).first()
    is_open = wanted is not None and project.moderation is Moderation.PUBLISHED
    project.stage = Stage.OPEN if is_open else Stage.IDEA
    session.add(project)
