"""Contributions when one of the two is no longer there: what was open ends with a kind word, what was done stays."""

from collections.abc import Collection

from sqlalchemy import delete, update
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from app.accounts.models import User
from app.contributions import filling, messages_after, moving, queries, sides
from app.contributions.models import Contribution, ContributionDocument, ListKind, Match, MatchList, Origin, State
from app.contributions.rules import LIVE, Party, Verb, has_left
from app.journal.models import Entry, Subject
from app.profiles.models import Profile
from app.projects.models import Need


def step_out(session: Session, user: User) -> None:
    """From what they offered, accepted or were asked, for each profile that they still answer for."""
    theirs = select(Contribution.id).join(Profile, col(Profile.id) == Contribution.profile_id)
    for contribution in _open(session, theirs.where(Profile.owner_id == user.id)):
        moving.lock(session, contribution)
        if contribution.state not in LIVE:
            continue
        told: moving.Told = ()
        heard = contribution.origin is Origin.INVITATION or has_left(contribution)
        if heard and not moving.recall(session, contribution):
            team = sides.team_of(session, contribution.need.project)
            told = [(team, messages_after.ContributorLeft(contribution, Party.TEAM))]
        moving.say(contribution, None, "")
        moving.move(session, user, contribution, Verb.WITHDRAW, State.WITHDRAWN, told)
        filling.settle(session, user, contribution.need)


def let_go(session: Session, user: User, project_ids: Collection[int]) -> None:
    """Those who offered help to projects that nobody is left for are told, rather than left waiting."""
    if not project_ids:
        return
    of_projects = select(Contribution.id).join(Need, col(Need.id) == Contribution.need_id)
    for contribution in _open(session, of_projects.where(col(Need.project_id).in_(project_ids))):
        moving.lock(session, contribution)
        if contribution.state not in LIVE:
            continue
        knows = contribution.origin is Origin.OFFER or has_left(contribution)
        person = [contribution.profile.owner] if knows else []
        told = [(person, messages_after.ProjectLeft(contribution, Party.CONTRIBUTOR))]
        moving.say(contribution, None, "")
        moving.move(session, user, contribution, Verb.WITHDRAW, State.WITHDRAWN, told)


def _open(session: Session, numbers: SelectOfScalar[int]) -> Collection[Contribution]:
    live = numbers.where(col(Contribution.state).in_(LIVE)).order_by(col(Contribution.need_id))
    return queries.whole(session, session.exec(live).all())


def forget(session: Session, user: User) -> None:
    """What they said of themselves when offering, and why they matched; that they helped stays."""
    profiles = select(Profile.id).where(Profile.owner_id == user.id)
    own = col(Contribution.profile_id).in_(profiles)
    numbers = session.exec(select(Contribution.id).where(own)).all()
    session.execute(delete(ContributionDocument).where(col(ContributionDocument.contribution_id).in_(numbers)))
    session.execute(update(Contribution).where(own).values(reasons=[]))
    session.execute(update(Contribution).where(own, col(Contribution.created_by_id) == user.id).values(message=""))
    session.execute(
        update(Entry)
        .where(
            col(Entry.subject_kind) == Subject.CONTRIBUTION,
            col(Entry.subject_id).in_(numbers),
            col(Entry.actor_id) == user.id,
            col(Entry.verb) == Verb.OFFER.value,
        )
        .values(note="")
    )
    session.execute(delete(Match).where(col(Match.profile_id).in_(profiles)))
    session.execute(
        delete(MatchList).where(col(MatchList.kind) == ListKind.PROFILE, col(MatchList.subject_id).in_(profiles))
    )
