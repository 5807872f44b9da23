"""`make(Model, **what_matters)`: saves a row, the rest filled plausibly. A domain adds its defaults in `DEFAULTS`."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel

from app.accounts.models import CharterAcceptance, Grant, GrantKind, ModeratorScope, Role, User
from app.assistance import rules as assistance
from app.assistance.models import AssistanceKind, AssistanceRequest
from app.contributions import rules as contributions
from app.contributions.models import Contribution, Origin
from app.deadlines import actions as deadlines
from app.deadlines.steps import Step
from app.files.models import FileKind, StoredFile
from app.journal.models import Subject
from app.kernel.database import now
from app.kernel.days import today
from app.missions.models import Mission, Side
from app.news import rules as news
from app.news.models import NewsItem
from app.organisations import rules as organisations
from app.organisations.models import Membership, MembershipState, Organisation, OrganisationKind
from app.profiles.models import Profile, ProfileKind
from app.projects import rules as projects
from app.projects.models import CoAuthor, Moderation, Need, NeedKind, Photo, Project, Thanks
from app.projects.suggesting.models import Suggestion, SuggestionKind
from app.relays.calls.models import GroupedCall
from app.relays.models import KnownPerson, Relay
from app.threads.models import Post, Thread, Voice
from tests.files.samples import jpeg

Row = TypeVar("Row", bound=SQLModel)
_numbers = count(1)

ARBAA_SAHEL = "09.581.11.03"
OUIJJANE = "09.581.11.09"
TINZART = "09.541.04.61"
OUISSELSATE = "08.401.03.11"


class Factory:
    def __init__(self, session: Session) -> None:
        self.session = session

    def __call__(self, model: type[Row], **given: Any) -> Row:
        defaults = DEFAULTS.get(model, lambda make, given: {})(self, given)
        row = model(**{**defaults, **given})
        self.session.add(row)
        self.session.flush()
        if follow := CLOCKS.get(model):
            follow(self.session, row)
        return row

    def moderator(self, *regions: str, countries: tuple[str, ...] = (), everywhere: bool = False) -> User:
        user = self(User, role=Role.MODERATOR)
        for region in regions:
            self(ModeratorScope, user_id=user.id, region_code=region)
        for country in countries:
            self(ModeratorScope, user_id=user.id, country=country)
        if everywhere:
            self(ModeratorScope, user_id=user.id)
        return user

    def administrator(self) -> User:
        return self(User, role=Role.ADMINISTRATOR)

    def granted(self, kind: GrantKind) -> User:
        user = self(User)
        self(Grant, user_id=user.id, kind=kind)
        return user


def _user(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    n = next(_numbers)
    email = f"personne{n}@example.org" if "phone" not in given else None
    return {"name": f"Personne {n}", "email": email, "email_confirmed_at": now()}


def _project(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    """Published unless the test says otherwise."""
    moderation = given.get("moderation", Moderation.PUBLISHED)
    return {
        "author_id": 0 if "author_id" in given else make(User).id,
        "commune_code": ARBAA_SAHEL,
        "title": f"Une bibliothèque pour le village {next(_numbers)}",
        "summary": "Des livres, des tables et quelqu’un pour accueillir les enfants après l’école.",
        "language": "fr",
        "moderation": moderation,
        "published_at": now() if moderation is Moderation.PUBLISHED else None,
    }


def _need(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    project = 0 if "project_id" in given else make(Project).id
    author = 0 if "created_by_id" in given else make(User).id
    quantity = {"quantity": 1} if given.get("kind") is NeedKind.EQUIPMENT else {}
    defaults = {"kind": NeedKind.SKILL, "text": "Former trois bénévoles à l’accueil des lecteurs.", "language": "fr"}
    return {"project_id": project, "created_by_id": author, **defaults, **quantity}


def _membership(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    """Verified, as most tests need it."""
    user = 0 if "user_id" in given else make(User).id
    return {"user_id": user, "state": MembershipState.VERIFIED, "decided_at": now()}


def _profile(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    """A person in France who helps on site and at a distance."""
    owner = 0 if "owner_id" in given else make(User).id
    shared = given.get("kind", ProfileKind.PERSON) is not ProfileKind.PERSON
    return {
        "owner_id": owner,
        "name": f"Groupe {next(_numbers)}" if shared else "",
        "abilities": "J’ai dirigé un centre de tri des déchets et formé ses équipes.",
        "language": "fr",
        "languages": ["fr", "ber"],
        "on_site": True,
        "remote": True,
        "country": "FR",
    }


def _contribution(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    """An offer that waits for a moderator."""
    need = 0 if "need_id" in given else make(Need).id
    profile = 0 if "profile_id" in given else make(Profile).id
    owner = make.session.get(Profile, given.get("profile_id") or profile).owner_id
    return {
        "need_id": need,
        "profile_id": profile,
        "origin": Origin.OFFER,
        "created_by_id": owner,
        "message": "Je peux vous aider pendant les vacances d’été.",
    }


def _relay(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    """A link that may be sent."""
    need = 0 if "need_id" in given else make(Need).id
    user = 0 if "user_id" in given else make(User).id
    return {"code": f"code{next(_numbers)}", "need_id": need, "user_id": user}


def _news(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    """It waits for a moderator, unless the test says otherwise."""
    author = 0 if "author_id" in given else make(User).id
    title = f"Le bus scolaire numéro {next(_numbers)} est parti"
    return {"author_id": author, "title": title, "text": "Sept heures, il fait encore frais.", "language": "fr"}


def _mission(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    """On site, tomorrow, proposed by the team of an accepted contribution that the test gives."""
    first = given.get("starts_on", today() + timedelta(days=1))
    return {
        "proposed_by": Side.TEAM,
        "objective": "Former dix-sept agents à l’accueil des jeunes.",
        "language": "fr",
        "mode": "onsite",
        "place": "Maison de l’emploi",
        "starts_on": first,
        "ends_on": first,
        "created_by_id": 0 if "created_by_id" in given else make(User).id,
    }


def _post(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    """By somebody who is on no side, about a published project."""
    author = 0 if "author_id" in given else make(User).id
    thread = 0
    if "thread_id" not in given:
        thread = make(Thread, subject_kind=Subject.PROJECT, subject_id=make(Project).id).id
    said = f"Combien d’enfants viendraient lire chaque jour ? {next(_numbers)}"
    return {"author_id": author, "thread_id": thread, "voice": Voice.READER, "text": said, "language": "fr"}


def _stored_file(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    """A small picture, or a document."""
    owner = 0 if "owner_id" in given else make(User).id
    if given.get("kind") is FileKind.DOCUMENT:
        pdf = b"%PDF-1.4"
        return {"owner_id": owner, "name": "a.pdf", "media_type": "application/pdf", "size": len(pdf), "content": pdf}
    content = jpeg(64, 48)
    size = {"size": len(content), "width": 64, "height": 48}
    return {"owner_id": owner, "kind": FileKind.PICTURE, "name": "a.jpg", "media_type": "image/jpeg", **size} | {
        "content": content,
        "small": content,
    }


def _photo(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    """One that everybody sees, unless the test says otherwise."""
    project = 0 if "project_id" in given else make(Project).id
    file = make(StoredFile)
    shown = {"words": "Des enfants lisent à une longue table.", "language": "fr", "consent_at": now(), "position": 1}
    return {"project_id": project, "file_id": file.id, "added_by_id": file.owner_id, **shown}


def _thanks(make: Factory, given: dict[str, Any]) -> dict[str, Any]:
    """Asked, not yet answered."""
    return {"name": f"Sanae {next(_numbers)}", "asked_by_id": make(User).id}


DEFAULTS: dict[type[SQLModel], Callable[[Factory, dict[str, Any]], dict[str, Any]]] = {
    User: _user,
    CharterAcceptance: lambda make, given: {"version": "2026-11", "locale": "fr"},
    Project: _project,
    Need: _need,
    CoAuthor: lambda make, given: {"invited_by_id": given["user_id"]},
    Suggestion: lambda make, given: {
        "kind": SuggestionKind.ADDITION,
        "text": "Demandez à l’école : les enfants trient déjà le papier.",
        "language": "fr",
        "of_version": 0,
    },
    Organisation: lambda make, given: {
        "kind": OrganisationKind.LOCAL_ASSOCIATION,
        "name_fr": f"Association {next(_numbers)}",
        "verified_at": now(),
    },
    Membership: _membership,
    Contribution: _contribution,
    Profile: _profile,
    Relay: _relay,
    GroupedCall: lambda make, given: {
        "title_fr": "L’eau, ensemble",
        "title_ar": "الماء معا",
        "theme_code": "water_sanitation",
        "answers_by": today() + timedelta(days=30),
    },
    KnownPerson: lambda make, given: {
        "occupation": "pharmaciennes, dont deux tiennent une officine",
        "language": "fr",
        "how_many": 3,
        "country": "MA",
        "town": "Casablanca",
        "commune_code": ARBAA_SAHEL,
    },
    NewsItem: _news,
    Mission: _mission,
    Post: _post,
    StoredFile: _stored_file,
    Photo: _photo,
    Thanks: _thanks,
    AssistanceRequest: lambda make, given: {
        "kind": AssistanceKind.FEEDBACK,
        "text": "Je ne trouve pas ma commune.",
        "page": "/fr/projects/new",
        "locale": "fr",
    },
}


def _clock(kind: Subject, step: Callable[[Any], Step | None], since: str) -> Callable[[Session, Any], None]:
    return lambda session, row: deadlines.follow(session, kind, row.id, step(row), getattr(row, since))


CLOCKS: dict[type[SQLModel], Callable[[Session, Any], None]] = {
    Contribution: _clock(Subject.CONTRIBUTION, contributions.step_of, "state_since"),
    Project: _clock(Subject.PROJECT, lambda row: projects.STEPS.get(row.moderation), "moderation_since"),
    Membership: _clock(Subject.MEMBERSHIP, organisations.step_of, "asked_at"),
    NewsItem: _clock(Subject.NEWS, news.step_of, "state_since"),
    AssistanceRequest: _clock(Subject.ASSISTANCE, assistance.step_of, "created_at"),
}
"""What the domain does as it writes such a row: whoever is waited for, and until when."""
