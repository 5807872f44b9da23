"""What the files of `data/` say, typed: each begins with a comment that explains its fields.

A word too many in a file, or an unknown code, is refused before anything is written.
"""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from app.accounts.models import GrantKind, Role
from app.assistance.models import AssistanceKind
from app.contributions.models import DeclineReason, Origin, State
from app.demonstration.pictures import Scene
from app.missions.models import Continue, MissionMode, Practice
from app.news.models import NewsState
from app.organisations.models import OrganisationKind
from app.profiles.models import ProfileKind, Visibility
from app.projects.models import Duration, Mode, Moderation, NeedKind, PhotoKind, Stage
from app.projects.sections import PhaseState
from app.projects.suggesting.models import SuggestionKind
from app.threads.models import Fault

DATA = Path(__file__).parent / "data"

Language = Literal["fr", "ar"]


class Told(BaseModel):
    """One entry of a file."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Abilities(Told):
    """What a person or a group can bring."""

    can_do: str
    text_language: Literal["fr", "ar", "en"]
    occupation: str = ""
    spoken: list[str]
    modes: list[Literal["onsite", "remote"]]
    ties: list[str]
    availability: str = ""
    themes: list[str]
    also_bring: str = ""
    visibility: Visibility
    updated_days_ago: int
    not_meant: list[str] = []
    also_meant: list[str] = []


class Person(Told):
    key: str
    name: str
    email: str | None = None
    phone: str | None = None
    language: Language
    country: str
    town: str
    joined_days_ago: int
    role: Role = Role.MEMBER
    moderates_regions: list[str] = []
    moderates_countries: list[str] = []
    grants: list[GrantKind] = []
    speaks_for: list[str] = []
    function: str = ""
    enrolled_by: str | None = None
    consent: str = ""
    profile: Abilities | None = None


class Collective(Abilities):
    key: str
    name: str
    kind: ProfileKind
    contact: str
    members: list[str] = []
    organisation: str | None = None
    country: str
    town: str


class Organisation(Told):
    key: str
    kind: OrganisationKind
    name_fr: str
    name_ar: str
    about_fr: str = ""
    about_ar: str = ""
    commune: str | None = None
    province: str | None = None
    country: str = "MA"
    town: str = ""
    state: Literal["verified", "waiting"]
    asked_days_ago: int
    verified_days_ago: int | None = None
    verified_by: str | None = None


class Phase(Told):
    title: str
    responsible: str = ""
    start_in_days: int
    end_in_days: int
    state: PhaseState | None = None


class Suggestion(Told):
    section: str
    kind: SuggestionKind
    language: Language
    text: str
    by: str
    days_ago: int
    answer: Literal["accept", "decline"] | None = None
    answered_days_ago: int | None = None
    answered_by: str = ""
    word: str = ""


class Beneficiaries(Told):
    text: str = ""
    women: int | None = None
    young_people: int | None = None
    children: int | None = None
    special_needs: int | None = None
    total: int | None = None


class Photo(Told):
    kind: PhotoKind
    words: str
    scene: Scene


class Thanked(Told):
    words: str
    agreed: list[str] = []
    declined: list[str] = []


class Done(Told):
    text: str
    before: str = ""
    lessons: list[str] = []
    figures: list[tuple[str, str]] = []
    photo: list[Photo] = []
    thanked: Thanked | None = None
    days_ago: int


class TranslatedPhase(Told):
    title: str
    responsible: str


class Translation(Told):
    language: Language
    title: str
    summary: str
    by: str
    days_ago: int
    done: str | None = None
    before: str = ""
    lessons: list[str] = []
    photos: list[str] = []
    figures: list[tuple[str, str]] = []
    sections: dict[str, str] = {}
    phase: list[TranslatedPhase] = []
    needs: dict[str, str] = {}


class Need(Told):
    key: str
    kind: NeedKind
    text: str
    people: int
    quantity: int | None = None
    mode: Mode
    duration: Duration
    start_in_days: int | None = None
    end_in_days: int | None = None
    not_meant: list[str] = []
    also_meant: list[str] = []


class Project(Told):
    key: str
    language: Language
    title: str
    summary: str
    commune: str
    other_communes: list[str] = []
    theme: str
    author: str
    organisation: str | None = None
    co_authors: list[str] = []
    stage: Stage
    created_days_ago: int
    moderation: Moderation
    moderated_days_ago: int | None = None
    moderated_by: str | None = None
    moderation_message: str = ""
    endorsed_by: str | None = None
    endorsed_days_ago: int | None = None
    context: str = ""
    objective: str = ""
    results: str = ""
    partners: str = ""
    place: str = ""
    plan_origin: str = ""
    budget: str = ""
    budget_dirhams: int | None = None
    crowdfunding_url: str = ""
    beneficiaries: Beneficiaries | None = None
    phase: list[Phase] = []
    done: Done | None = None
    translation: Translation | None = None
    need: list[Need] = []
    suggestion: list[Suggestion] = []


class Delivery(Told):
    """Some of the objects that were promised."""

    quantity: int
    by: str
    carrier: str
    sent_days_ago: int
    received: int | None = None
    received_days_ago: int | None = None
    received_by: str = ""
    word: str = ""


class Contribution(Told):
    need: str
    contributor: str
    origin: Origin
    by: str
    state: State
    started_days_ago: int
    message: str
    message_language: Literal["fr", "ar", "en"]
    approved_days_ago: int | None = None
    approved_by: str | None = None
    refused_days_ago: int | None = None
    refused_by: str | None = None
    refused_message: str = ""
    answered_days_ago: int | None = None
    answered_by: str | None = None
    answer: str = ""
    answer_language: Literal["fr", "ar", "en"] | None = None
    reason: DeclineReason | None = None
    pledged: int | None = None
    delivery: list[Delivery] = []


class MissionEvaluation(Told):
    by: str
    days_ago: int
    useful: str
    difficult: str = ""
    carry_on: Continue
    hours: int | None = None
    grade: int


class MissionFollowUp(Told):
    by: str
    days_ago: int
    months: int
    practice: Practice
    text: str
    again: bool


class Mission(Told):
    need: str
    contributor: str
    by: str
    proposed_days_ago: int
    starts_in_days: int
    lasts_days: int
    objective: str
    mode: MissionMode
    place: str = ""
    deliverables: str = ""
    lodging: bool = False
    transport: bool = False
    interpreter: bool = False
    expenses: str = ""
    agreed_days_ago: int | None = None
    agreed_by: str | None = None
    held_days_ago: int | None = None
    held_by: str | None = None
    women: int | None = None
    men: int | None = None
    young_people: int | None = None
    evaluation: list[MissionEvaluation] = []
    follow_up: list[MissionFollowUp] = []


class News(Told):
    key: str
    language: Language
    title: str
    text: str
    author: str
    commune: str | None = None
    province: str | None = None
    region: str | None = None
    state: NewsState
    created_days_ago: int
    published_days_ago: int | None = None
    published_by: str | None = None
    returned_days_ago: int | None = None
    returned_by: str | None = None
    reason: str = ""
    happens_in_days: int | None = None
    deadline_in_days: int | None = None


class Call(Told):
    kind: AssistanceKind
    locale: Language
    text: str = ""
    page: str
    project: str | None = None
    user: str | None = None
    phone: str | None = None
    hour: str = ""
    created_days_ago: int
    done_days_ago: int | None = None
    done_by: str | None = None
    outcome: str = ""


class Post(Told):
    """On a project, a need, a contribution (a need and its contributor) or a news item."""

    project: str | None = None
    need: str | None = None
    contributor: str | None = None
    news: str | None = None
    by: str
    days_ago: int
    text: str
    asks: bool = False
    reported_by: str | None = None
    reason: Fault = Fault.OTHER
    word: str = ""


class Content(Told):
    """Everything that the demonstration tells."""

    person: list[Person]
    collective: list[Collective]
    organisation: list[Organisation]
    project: list[Project]
    contribution: list[Contribution]
    mission: list[Mission]
    news: list[News]
    call: list[Call]
    post: list[Post]


def read() -> Content:
    told: dict[str, object] = {}
    for path in sorted(DATA.glob("*.toml")):
        told |= tomllib.loads(path.read_text("utf-8"))
    return Content.model_validate(told)
