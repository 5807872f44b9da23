"""What begins on a day: ideas, needs, offers, invitations, questions and suggestions, as often as people would."""

from collections.abc import Callable
from random import Random

from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import actions as contributions
from app.kernel.errors import Refusal
from app.organisations.models import Organisation
from app.profiles.models import Profile
from app.profiles.solicitations import AskedOften
from app.projects import actions as projects
from app.projects import needs, queries
from app.projects.fiche import section
from app.projects.models import Moderation, Need, NeedState, Project
from app.projects.need_form import NeedForm
from app.projects.sections import BY_NAME
from app.projects.suggesting import actions as suggesting
from app.projects.suggesting.models import SuggestionKind
from app.simulation.people import NEEDS, World
from app.territories.models import Commune

IDEAS, NEEDED, OFFERED, INVITED, SUGGESTED = 0.012, 0.03, 0.004, 0.05, 0.02
"""Chances on one day: of each agent, of each contributor (offers), of one project (suggestions)."""
Refused = dict[str, int]


def begin(session: Session, dice: Random, world: World, refused: Refused) -> None:
    """Each in a savepoint: what the application refuses is counted, and leaves nothing behind."""
    acts = [(IDEAS, _idea), (NEEDED, _need), (INVITED, _invitation)]
    for agent in world.agents:
        for chance, act in acts:
            if dice.random() < chance:
                _tried(session, refused, act, dice, world, agent)
    offers = sum(dice.random() < OFFERED for _one in world.contributors)
    for user_id, profile_id in dice.sample(world.contributors, offers):
        _tried(session, refused, _offer, dice, user_id, profile_id)
    if dice.random() < SUGGESTED * len(world.agents):
        _tried(session, refused, _suggestion, dice, world)


def _tried(session: Session, refused: Refused, act: Callable[..., None], *given: object) -> None:
    try:
        with session.begin_nested():
            act(session, *given)
    except Refusal as error:
        name = "solicited often" if isinstance(error, AskedOften) else type(error).__name__
        refused[name] = refused.get(name, 0) + 1


def _idea(session: Session, dice: Random, _world: World, agent: tuple[int, str, int]) -> None:
    user_id, commune, organisation = agent
    number = dice.randrange(10**6)
    projects.post_idea(
        session,
        session.get_one(User, user_id),
        title=f"Une bibliothèque pour le village {number}",
        summary="Des livres, des tables et quelqu’un pour accueillir les enfants après l’école.",
        commune=session.get_one(Commune, commune),
        language="fr",
        organisation=session.get_one(Organisation, organisation),
    )


def _need(session: Session, dice: Random, _world: World, agent: tuple[int, str, int]) -> None:
    of_agent = (Project.author_id == agent[0], Project.moderation == Moderation.PUBLISHED)
    ids = session.exec(select(Project.id).where(*of_agent).order_by(col(Project.id))).all()
    if not ids:
        return
    project = session.get_one(Project, dice.choice(ids))
    words, language = dice.choice(NEEDS)
    form = NeedForm.model_validate(
        {"kind": "training", "text": words, "people_wanted": dice.choice((1, 1, 2, 3)), "mode": "either",
         "duration": "one_off", "language": language}
    )  # fmt: skip
    needs.add(session, queries.standing(session, session.get_one(User, agent[0]), project), project, form)


def _sought(session: Session, dice: Random, *where: object) -> Need | None:
    open_needs = (Need.state == NeedState.OPEN, Project.moderation == Moderation.PUBLISHED, *where)
    ids = session.exec(
        select(Need.id).join(Project, col(Project.id) == Need.project_id).where(*open_needs).order_by(col(Need.id))  # type: ignore[arg-type]
    ).all()
    return session.get_one(Need, dice.choice(ids)) if ids else None


def _offer(session: Session, dice: Random, user_id: int, profile_id: int) -> None:
    if need := _sought(session, dice):
        user, profile = session.get_one(User, user_id), session.get_one(Profile, profile_id)
        contributions.offer(session, user, need, profile, "Je peux vous aider.")


def _invitation(session: Session, dice: Random, world: World, agent: tuple[int, str, int]) -> None:
    """Of a handful of people whom everybody would like: that is what two solicitations a month are for."""
    need = _sought(session, dice, Project.author_id == agent[0])
    if need is not None:
        asked = world.contributors[min(int(dice.expovariate(8 / len(world.contributors))), len(world.contributors) - 1)]
        user, profile = session.get_one(User, agent[0]), session.get_one(Profile, asked[1])
        contributions.invite(session, user, need, profile, "Votre savoir-faire nous aiderait.")


def _suggestion(session: Session, dice: Random, world: World) -> None:
    ids = session.exec(
        select(Project.id).where(Project.moderation == Moderation.PUBLISHED).order_by(col(Project.id))
    ).all()
    if not ids:
        return
    project = session.get_one(Project, dice.choice(ids))
    author = session.get_one(User, dice.choice(world.contributors)[0])
    kind = BY_NAME["objective"]
    present = section(session, project, kind)
    words = f"Dire aussi pour combien d’enfants, et à quelles heures ({dice.randrange(10**6)})."
    suggesting.suggest(session, author, project, kind, SuggestionKind.REMARK, words, "fr", present.version)
