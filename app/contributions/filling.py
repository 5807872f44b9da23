"""How much of what a need asks for is found, people or objects: the one place where it is filled, or open again."""

from sqlalchemy import case, func
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import queries, rules
from app.contributions.models import Contribution, State
from app.kernel.errors import Invalid
from app.kernel.i18n import N_, ngettext, number
from app.kernel.i18n import gettext as _
from app.projects import needs
from app.projects.models import Need, NeedState


class MoreThanMissing(Invalid):
    """More objects than the need lacks: somebody else gave some meanwhile, or the number was always too large."""

    def __init__(self, missing: int) -> None:
        super().__init__(N_("C’est plus qu’il n’en manque."), "pledged")
        self.missing = missing

    def sentence(self) -> str:
        if not self.missing:
            return _("Il n’en manque plus aucun : tout est promis.")
        said = ngettext("Il n’en manque plus que %(n)s.", "Il n’en manque plus que %(n)s.", self.missing)
        return said % {"n": number(self.missing)}


def missing(session: Session, need: Need) -> int:
    return rules.missing(need, queries.accepted_on(session, need.id))


def settle(session: Session, actor: User, need: Need) -> None:
    """Count anew what was found. The need is held (`moving.lock`), so that nothing is counted twice."""
    session.flush()
    if rules.gives_objects(need):
        # Of somebody who has left, what they had sent stays.
        given = case((col(Contribution.state) == State.ACCEPTED, Contribution.pledged), else_=Contribution.sent)
        promised = session.exec(select(func.coalesce(func.sum(given), 0)).where(Contribution.need_id == need.id)).one()
        needs.note_objects(session, need, promised=promised)
    left = missing(session, need)
    if need.state is NeedState.OPEN and left == 0:
        needs.mark_filled(session, actor, need)
    elif need.state is NeedState.FILLED and left > 0:
        needs.mark_open(session, actor, need)


def give(session: Session, actor: User, contribution: Contribution, pledged: int, *, may_be_more: bool = False) -> None:
    """Another number of objects than the one agreed on; the need is held. Raises MoreThanMissing."""
    left = missing(session, contribution.need)
    if pledged - (contribution.pledged or 0) > left and not may_be_more:
        raise MoreThanMissing(left)
    contribution.pledged = pledged
    settle(session, actor, contribution.need)
