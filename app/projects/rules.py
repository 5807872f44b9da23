"""Who may do what with a project, which moves moderation knows, and who acts next. Pure functions."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from app.accounts import rules as accounts
from app.accounts.models import GrantKind, User
from app.deadlines.steps import Step
from app.deadlines.wording import next_step
from app.kernel.days import today
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.projects.models import Moderation, Project, Stage

STEPS = {
    Moderation.WAITING: Step.PROJECT_READ,
    Moderation.QUESTION: Step.PROJECT_EXPLAINED,
    Moderation.RETURNED: Step.PROJECT_RESUMED,
    Moderation.HELPING: Step.PROJECT_WRITTEN,
}
"""Who is waited for while moderation is not over; once it is published, needs and contributions have their own."""


@dataclass(frozen=True)
class Standing:
    """What ties somebody to one project (`queries.standing`): the rules judge by it alone."""

    user: User | None = None
    organisations: frozenset[int] = frozenset()
    """Those that this person speaks for."""
    communes: frozenset[str] = frozenset()
    """The communes whose own organisation is among them."""
    is_co_author: bool = False


def region_of(project: Project) -> str:
    """The code of a commune begins with its region's."""
    return project.commune_code[:2]


class Sided(Protocol):
    """A project, or as much of one as tells who is on its side."""

    @property
    def id(self) -> int: ...
    @property
    def author_id(self) -> int: ...
    @property
    def organisation_id(self) -> int | None: ...
    @property
    def endorsed_by_id(self) -> int | None: ...


def owns(standing: Standing, project: Sided) -> bool:
    """The author, or whoever speaks for the organisation in whose name it was posted."""
    if standing.user is None:
        return False
    return standing.user.id == project.author_id or project.organisation_id in standing.organisations


def writes(standing: Standing, project: Sided) -> bool:
    """Those on the side of the project, as moderation addresses them."""
    return owns(standing, project) or standing.is_co_author or project.endorsed_by_id in standing.organisations


def can_moderate(standing: Standing, project: Project) -> bool:
    return standing.user is not None and accounts.in_scope(standing.user, region=region_of(project))


def oversees(standing: Standing, project: Project) -> bool:
    """A coordinator sees what others leave waiting."""
    coordinates = standing.user is not None and standing.user.has_grant(GrantKind.COORDINATOR)
    return can_moderate(standing, project) or (coordinates and is_late(project))


def is_late(project: Project) -> bool:
    return project.open_step is not None and project.open_step.due_on < today()


def can_edit(standing: Standing, project: Project) -> bool:
    return writes(standing, project) or can_moderate(standing, project)


def can_endorse(standing: Standing, project: Project) -> bool:
    """Only the commune itself, by somebody who speaks for it, and only what everybody can read."""
    return project.moderation is Moderation.PUBLISHED and project.commune_code in standing.communes


def can_remove_co_author(standing: Standing, project: Project, user_id: int) -> bool:
    """Whoever answers for the project, and each for oneself."""
    if standing.user is None:
        return False
    return standing.user.id == user_id or owns(standing, project) or can_moderate(standing, project)


class By(StrEnum):
    MODERATOR = "moderator"
    WRITERS = "writers"
    OWNERS = "owners"
    OVERSEERS = "overseers"  # moderators and coordinators


@dataclass(frozen=True)
class Move:
    """One step of moderation: from which states, to which, by whom, and whether it goes without words."""

    verb: str
    told: str
    """What the page says of it afterwards, a message id."""
    sources: frozenset[Moderation]
    to: Moderation
    by: By
    needs_words: bool = False
    once_late: bool = False


_M = Moderation
_UNDECIDED = frozenset({_M.WAITING, _M.QUESTION, _M.HELPING})

MOVES = {
    move.verb: move
    for move in (
        Move("publish", N_("Publié"), _UNDECIDED | {_M.RETURNED}, _M.PUBLISHED, By.MODERATOR),
        Move("ask", N_("Question du modérateur"), _UNDECIDED, _M.QUESTION, By.MODERATOR, needs_words=True),
        Move(
            "return", N_("Rendu à son auteur, avec une raison"), _UNDECIDED, _M.RETURNED, By.MODERATOR, needs_words=True
        ),
        Move(
            "help",
            N_("Écriture à deux proposée"),
            frozenset({_M.WAITING, _M.QUESTION, _M.RETURNED}),
            _M.HELPING,
            By.MODERATOR,
        ),
        Move(
            "unpublish", N_("N’est plus publié"), frozenset({_M.PUBLISHED}), _M.RETURNED, By.MODERATOR, needs_words=True
        ),
        Move("answer", N_("Réponse"), frozenset({_M.QUESTION, _M.HELPING}), _M.WAITING, By.WRITERS, needs_words=True),
        Move("send_again", N_("Envoyé à nouveau"), frozenset({_M.RETURNED, _M.WITHDRAWN}), _M.WAITING, By.WRITERS),
        Move("withdraw", N_("Retiré"), _UNDECIDED | {_M.RETURNED, _M.PUBLISHED}, _M.WITHDRAWN, By.OWNERS),
        Move(
            "close",
            N_("Mis de côté par la modération"),
            frozenset({_M.QUESTION, _M.HELPING, _M.RETURNED}),
            _M.WITHDRAWN,
            By.OVERSEERS,
            needs_words=True,
            once_late=True,
        ),
    )
}


def may_move(standing: Standing, project: Project, move: Move) -> bool:
    """Whether this person may ever do it; whether it can be done now, `is_open` tells."""
    judges = {By.MODERATOR: can_moderate, By.WRITERS: writes, By.OWNERS: owns, By.OVERSEERS: oversees}
    return judges[move.by](standing, project)


def is_open(project: Project, move: Move) -> bool:
    """What is published is withdrawn by its owners only while nobody was called upon."""
    if move.verb == "withdraw" and project.moderation is Moderation.PUBLISHED and project.stage is not Stage.IDEA:
        return False
    return project.moderation in move.sources and (is_late(project) or not move.once_late)


def open_moves(standing: Standing, project: Project) -> list[str]:
    """The verbs that this person is offered on the page."""
    return [m.verb for m in MOVES.values() if is_open(project, m) and may_move(standing, project, m)]


@dataclass(frozen=True)
class NextStep:
    """Who acts next, in the reader's language; `kind` is that of `components/next.html`."""

    sentence: str
    since: datetime | None
    """None where nobody wrote down when that began."""
    kind: str = "wait"


def who_acts_next(standing: Standing, project: Project, stage_since: datetime | None = None) -> NextStep:
    """`stage_since`: when a published project came to its stage (`queries.stage_since`), where a page says it."""
    since = project.moderation_since
    theirs = writes(standing, project)
    if project.open_step is not None:
        waits_for_moderator = project.moderation is Moderation.WAITING
        mine = can_moderate(standing, project) if waits_for_moderator else theirs
        both = project.moderation is Moderation.HELPING and can_moderate(standing, project)
        said = next_step(project.open_step, mine or both)
        return NextStep(said.sentence, since, said.kind)
    if project.moderation is Moderation.PUBLISHED:
        return _once_published(standing, project, stage_since)
    if theirs:
        return NextStep(_("Ce projet est retiré : vous pouvez l’envoyer à nouveau."), since, "you")
    return NextStep(_("Ce projet est retiré : son équipe peut l’envoyer à nouveau."), since)


def _once_published(standing: Standing, project: Project, since: datetime | None) -> NextStep:
    match project.stage:
        case Stage.IDEA if can_edit(standing, project):
            return NextStep(_("À vous de dire ce qui manque : ajoutez un premier besoin."), since, "you")
        case Stage.IDEA:
            return NextStep(_("L’équipe du projet dit bientôt ce qui lui manque."), since)
        case Stage.OPEN:
            return NextStep(_("On cherche des personnes : chacun peut proposer son aide."), since)
        case Stage.UNDER_WAY:
            return NextStep(_("Des personnes y travaillent."), since)
        case Stage.REALISED:
            return NextStep(_("C’est fait."), since, "over")
