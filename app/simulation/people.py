"""Who lives in the simulation, and how each of them answers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from sqlmodel import Session, col, select

from app.accounts import actions as accounts
from app.accounts import rights
from app.accounts.contact import parse_contact
from app.accounts.models import GrantKind, Role, User
from app.notifications.models import Message
from app.organisations import actions as organisations
from app.organisations.models import Membership
from app.profiles import actions as profiles
from app.profiles.forms import Answers, ProfileForm
from app.territories.models import Commune

SILENT = 0.15
"""Of a hundred people, those who never answer unless somebody reminds them, and then not always."""
COUNTRIES = ("FR", "FR", "FR", "BE", "ES", "IT", "CA", "MA", "MA")
ABILITIES = (
    ("fr", "Ingénieur en gestion des déchets, dix ans de tri et de collecte."),
    ("fr", "Enseignante de maternelle, formation d’éducatrices du préscolaire."),
    ("fr", "Agronome : irrigation, agroécologie, oliviers."),
    ("fr", "Comptable, montage de dossiers de financement."),
    ("fr", "Architecte, études de bâtiments publics et de souks."),
    ("ar", "مهندس في التطهير السائل ومحطات المعالجة."),
    ("ar", "ممرضة، تكوين في الصحة القروية."),
    ("ar", "أستاذ إعلاميات، تكوين الشباب على البرمجة."),
)
NEEDS = (
    ("Former des éducatrices du préscolaire.", "fr"),
    ("Organiser la collecte et le tri des déchets.", "fr"),
    ("Étudier l’irrigation des oliviers.", "fr"),
    ("Monter un dossier de financement.", "fr"),
    ("تكوين الشباب في المعلوميات.", "ar"),
    ("دراسة التطهير السائل بالدوار.", "ar"),
)


@dataclass(frozen=True)
class Temper:
    """How somebody answers: `days` on average, or not at all."""

    days: float
    is_silent: bool


@dataclass
class World:
    """Everybody, by what they do; numbers of accounts, of communes and of profiles."""

    tempers: dict[int, Temper] = field(default_factory=dict)
    agents: list[tuple[int, str, int]] = field(default_factory=list)
    """Account, code of the commune, its organisation."""
    contributors: list[tuple[int, int]] = field(default_factory=list)
    """Account and profile."""
    administrator: int = 0

    def temper(self, user_id: int) -> Temper:
        return self.tempers[user_id]


def settle(session: Session, dice: Random, communes: int, contributors: int) -> World:
    """The communes with their agents, the moderators of their regions, a coordinator, and the people tied to them."""
    world = World()
    administrator = rights.make_administrator(
        session, "Administration", "admin@example.org", "trois mots ensemble", "fr"
    )
    world.administrator = administrator.id
    places = _communes(session, dice, communes)
    regions = sorted({commune.code[:2] for commune in places})
    for number, region in enumerate(regions):
        moderator = _join(session, world, dice, f"moderation{number}", days=2, never=0.0)
        rights.set_rights(session, administrator, moderator, Role.MODERATOR, [(region, None)], [])
    coordinator = _join(session, world, dice, "coordination", days=3, never=0.0)
    rights.set_rights(session, administrator, coordinator, Role.MEMBER, [], [GrantKind.COORDINATOR])
    for number, commune in enumerate(places):
        agent = _join(session, world, dice, f"agent{number}", days=dice.choice((2, 5, 9, 15)), never=SILENT)
        organisation = organisations.of_territory(session, agent, commune)
        organisations.ask_to_speak(session, agent, organisation, "")
        asked = select(Membership).where(Membership.user_id == agent.id)
        organisations.verify(session, administrator, session.exec(asked).one())
        world.agents.append((agent.id, commune.code, organisation.id))
    for number in range(contributors):
        user = _join(session, world, dice, f"aide{number}", days=dice.choice((1, 3, 6, 12)), never=SILENT)
        language, abilities = dice.choice(ABILITIES)
        form = ProfileForm.model_validate(
            {
                "abilities": abilities,
                "language": language,
                "modes": ["on_site", "remote"],
                "country": dice.choice(COUNTRIES),
                "themes": [],
            }
        )
        tie = session.get_one(Commune, dice.choice(places).code)
        profile = profiles.create(session, user, form, Answers([tie], ["fr", "ar"]))
        world.contributors.append((user.id, profile.id))
        if number % 100 == 99:
            session.commit()
    session.commit()
    return world


def _communes(session: Session, dice: Random, how_many: int) -> Sequence[Commune]:
    every = session.exec(select(Commune).order_by(col(Commune.code))).all()
    return dice.sample(list(every), min(how_many, len(every)))


def _join(session: Session, world: World, dice: Random, name: str, *, days: float, never: float) -> User:
    """Signs up and opens the link that was sent."""
    email = f"{name}@example.org"
    accounts.sign_up(session, name, parse_contact(email), None, dice.choice(("fr", "ar")))
    session.flush()
    link = session.exec(select(Message.link).where(Message.address == email).order_by(col(Message.id).desc())).first()
    user, _used = accounts.use_link(session, (link or "").rpartition("/")[2])
    world.tempers[user.id] = Temper(days, dice.random() < never)
    return user
