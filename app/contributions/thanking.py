"""Those who helped with what was done are asked, once, whether they want to be named on its page.

The row is in `projects`, which shows the names and knows nothing of contributions.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.accounts import consents
from app.accounts.models import Purpose, User
from app.contributions.messages_after import ThanksAsked
from app.contributions.models import Contribution, State
from app.journal import actions as journal
from app.journal.models import Subject
from app.kernel.database import now, related
from app.kernel.errors import Forbidden, NotFound, Refusal
from app.kernel.i18n import N_
from app.notifications import actions as notifications
from app.profiles.models import Profile, ProfileKind
from app.projects import queries as projects
from app.projects import rules
from app.projects.models import Moderation, Need, Project, Stage, Thanks, ThanksState
from app.projects.queries import MAX_ID
from app.projects.rules import Standing


class NotDoneYet(Refusal):
    message = N_("On remercie quand c’est fait : dites d’abord que le projet est réalisé.")


class NobodyToAsk(Refusal):
    message = N_("Toutes les personnes qui ont aidé ont déjà été sollicitées : chacune ne l’est qu’une fois.")


@dataclass(frozen=True)
class Helper:
    """Somebody whose help was accepted, as the page would call them, and what they answered."""

    user: User
    name: str
    thanks: Thanks | None


def helpers(session: Session, project: Project) -> list[Helper]:
    """Each person once, in the order in which they came; whoever answers for a group, in its name."""
    rows = session.exec(
        select(Profile)
        .join(Contribution, col(Contribution.profile_id) == Profile.id)
        .join(Need, col(Need.id) == Contribution.need_id)
        .join(User, col(User.id) == Profile.owner_id)
        .where(Need.project_id == project.id, Contribution.state == State.ACCEPTED, col(User.closed_at).is_(None))
        .options(joinedload(related(Profile.owner)))
        .order_by(col(Contribution.id))
    ).all()
    asked = {row.user_id: row for row in session.exec(select(Thanks).where(Thanks.project_id == project.id))}
    found: dict[int, Helper] = {}
    for profile in rows:
        name = profile.owner.name if profile.kind is ProfileKind.PERSON else profile.name
        found.setdefault(profile.owner_id, Helper(profile.owner, name, asked.get(profile.owner_id)))
    return list(found.values())


def ask(session: Session, standing: Standing, project: Project, words: str) -> Sequence[Thanks]:
    """Everybody who was not asked yet, with the team's words. Raises Forbidden, NotDoneYet, NobodyToAsk."""
    if standing.user is None or not rules.can_edit(standing, project):
        raise Forbidden
    if project.stage is not Stage.REALISED or project.moderation is not Moderation.PUBLISHED:
        raise NotDoneYet
    new = [helper for helper in helpers(session, project) if helper.thanks is None]
    if not new:
        raise NobodyToAsk
    people = [helper.user.id for helper in new]
    entry = journal.record(
        session, standing.user.id, Subject.PROJECT, project.id, "ask_thanks", note=words, people=people
    )
    rows = []
    for helper in new:
        row = Thanks(
            project_id=project.id,
            user_id=helper.user.id,
            name=helper.name,
            words=words,
            asked_by_id=standing.user.id,
            asked_at=now(),
        )
        session.add(row)
        rows.append(row)
        told = ThanksAsked(project.id, project.title, project.commune.full_name, helper.user.name, words)
        notifications.queue(session, helper.user, told, entry=entry)
    session.flush()
    return rows


def asked_of(session: Session, user: User, project_id: int) -> tuple[Thanks, Project]:
    """What this person was asked about a project. Raises NotFound for whoever was not."""
    row = session.get(Thanks, (project_id, user.id)) if 0 < project_id <= MAX_ID else None
    if row is None:
        raise NotFound
    return row, session.exec(projects.with_place(select(Project)).where(Project.id == project_id)).one()


def answer(session: Session, thanks: Thanks, agrees: bool, name: str = "") -> None:
    """Yes, under that name; or no, at once or at any time later. Each answer has its day."""
    before = thanks.state
    thanks.state = ThanksState.AGREED if agrees else ThanksState.DECLINED
    thanks.answered_at = now()
    if agrees:
        thanks.name = name
        consents.give(session, thanks.user, Purpose.THANKED, "thanks")
    session.add(thanks)
    moved = (before.value, thanks.state.value)
    journal.record(session, thanks.user_id, Subject.PROJECT, thanks.project_id, "answer_thanks", moved=moved)


def waiting_for(session: Session, user: User) -> Sequence[tuple[Thanks, Project]]:
    """What this person was asked and did not answer yet, the oldest first."""
    return session.exec(
        select(Thanks, Project)
        .join(Project, col(Project.id) == Thanks.project_id)
        .where(Thanks.user_id == user.id, Thanks.state == ThanksState.ASKED)
        .order_by(col(Thanks.asked_at))
    ).all()
