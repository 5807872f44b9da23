"""What people said to be wrong in what matching proposed, for those who see over it."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import or_, tuple_
from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions.wording import person_name
from app.kernel.database import related
from app.kernel.pagination import Page, cut, decode
from app.matching.models import Objection
from app.matching.objections import is_between_two, wrong_pairs
from app.profiles.models import Profile
from app.projects.models import Need
from app.taxonomy.naming import concept_name
from app.taxonomy.queries import concepts

PAGE = 30


@dataclass(frozen=True)
class SaidWrong:
    objection: Objection
    by: str
    wanted: str
    """What the words do not answer: a concept, or words of the need; empty if the whole match is wrong."""
    person: str
    need: Need | None
    profile_id: int | None
    for_everybody: bool
    """Enough people said the same: these words are linked to this concept nowhere for sure."""

    @property
    def is_match(self) -> bool:
        return not self.objection.folded


def said_wrong(session: Session, cursor: str | None) -> Page[SaidWrong]:
    """The last first. What one person alone says of one text is that text’s, and what was taken back is over."""
    everywhere = wrong_pairs(session)
    statement = (
        select(Objection, User.name)
        .join(User, col(User.id) == Objection.said_by_id)
        .where(
            col(Objection.taken_back_at).is_(None),
            or_(
                is_between_two(),
                tuple_(col(Objection.concept_id), col(Objection.folded), col(Objection.language)).in_(everywhere),
            ),
        )
        .order_by(col(Objection.id).desc())
        .limit(PAGE + 1)
    )
    match decode(cursor):
        case (int() as last,):
            statement = statement.where(col(Objection.id) < last)
    page = cut(session.exec(statement).all(), PAGE, lambda row: (row[0].id,))
    rows = [objection for objection, _by in page.rows]
    named = concepts(session, {row.concept_id for row in rows if row.concept_id})
    people = _people(session, {row.profile_id for row in rows if row.profile_id})
    needs = _needs(session, {row.need_id for row in rows if row.need_id})
    return Page(
        [
            SaidWrong(
                objection,
                by,
                concept_name(named[objection.concept_id]) if objection.concept_id in named else objection.wanted,
                people.get(objection.profile_id or 0, ""),
                needs.get(objection.need_id or 0),
                objection.profile_id,
                (objection.concept_id or "", objection.folded, objection.language) in everywhere,
            )
            for objection, by in page.rows
        ],
        page.next,
    )


def _people(session: Session, ids: set[int]) -> Mapping[int, str]:
    rows = session.exec(
        select(Profile).where(col(Profile.id).in_(ids)).options(joinedload(related(Profile.owner)))
    ).all()
    return {profile.id: person_name(profile, named=True) for profile in rows}


def _needs(session: Session, ids: set[int]) -> Mapping[int, Need]:
    rows = session.exec(select(Need).where(col(Need.id).in_(ids)).options(joinedload(related(Need.project)))).all()
    return {need.id: need for need in rows}
