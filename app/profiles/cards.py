"""What a page receives of a profile. A nameless card has no name inside: no template can show what it does not have."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from app.kernel.i18n import country_name, label, language_name
from app.kernel.i18n import gettext as _
from app.matching.chips import ChipState
from app.profiles.masking import nameless
from app.profiles.models import Profile, ProfileKind, ProfilePlace
from app.profiles.rules import Described, Level, is_shared
from app.taxonomy.naming import concept_name
from app.territories.models import Territory


@dataclass(frozen=True, kw_only=True)
class Card:
    """In the reader's language, but for what the person wrote."""

    id: int
    kind: ProfileKind
    title: str
    """What stands where a name would: the occupation, or what kind of contributor it is."""
    occupation: str
    abilities: str
    language: str
    """Of what the person wrote."""
    skills: tuple[str, ...]
    places: tuple[str, ...]
    languages: tuple[str, ...]
    on_site: bool
    remote: bool
    country: str
    themes: tuple[str, ...]
    availability: str
    available_from: date | None

    @property
    def how(self) -> str:
        return _how(self.on_site, self.remote)

    @property
    def is_shared(self) -> bool:
        return self.kind is not ProfileKind.PERSON


@dataclass(frozen=True, kw_only=True)
class FullCard(Card):
    """With the name; e-mail and telephone are exchanged by contributions alone."""

    name: str
    contact: str
    """Who answers for a group or an association; empty for a person."""
    organisation: str
    town: str
    other: str
    links: tuple[str, ...]


def card(profile: Profile, level: Level, themes: Mapping[str, str]) -> Card:
    """What that level shows; `themes` are labels by code. For Level.NOTHING there is no card: ask the rules first."""
    if level is Level.NOTHING:
        raise ValueError("nothing of this profile may be shown")
    named = level is Level.FULL
    person, group = profile.owner.name, profile.name

    def written(text: str) -> str:
        return text if named else nameless(text, person, group)

    shown: dict[str, Any] = {
        "id": profile.id,
        "kind": profile.kind,
        "title": _title(profile, written(profile.occupation)),
        "occupation": written(profile.occupation),
        "abilities": written(profile.abilities),
        "language": profile.language,
        "skills": tuple(concept_name(chip.concept) for chip in profile.chips if chip.state is not ChipState.REMOVED),
        "places": tuple(territory_of(place).full_name for place in profile.places),
        "languages": tuple(language_name(code) for code in profile.languages),
        "on_site": profile.on_site,
        "remote": profile.remote,
        "country": country_name(profile.country),
        "themes": tuple(themes[code] for code in profile.themes if code in themes),
        "availability": written(profile.availability),
        "available_from": profile.available_from,
    }
    if not named:
        return Card(**shown)
    return FullCard(
        **shown,
        name=group if is_shared(profile) else person,
        contact=person if is_shared(profile) else "",
        organisation=label(profile.organisation) if profile.organisation else "",
        town=profile.town,
        other=profile.other,
        links=tuple(profile.links),
    )


@dataclass(frozen=True)
class Glance:
    """As much as a list shows of somebody."""

    id: int
    name: str
    """Or what stands in its place."""
    country: str
    how: str


class Glanced(Described, Protocol):
    """A profile, or as much of one as a list shows."""

    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def occupation(self) -> str: ...
    @property
    def on_site(self) -> bool: ...
    @property
    def remote(self) -> bool: ...


def glance(profile: Glanced, owner: str, level: Level) -> Glance:
    """`card`, of which a list shows little. `owner`: the name of whoever answers."""
    name = profile.name if is_shared(profile) else owner
    if level is not Level.FULL:
        name = _title(profile, nameless(profile.occupation, owner, profile.name))
    return Glance(profile.id, name, country_name(profile.country), _how(profile.on_site, profile.remote))


def _how(on_site: bool, remote: bool) -> str:
    if on_site and remote:
        return _("sur place et à distance")
    return _("sur place") if on_site else _("à distance")


def territory_of(place: ProfilePlace) -> Territory:
    territory = place.commune or place.province or place.region
    assert territory is not None  # a check of the table
    return territory


def _title(profile: Described, occupation: str) -> str:
    if profile.kind is ProfileKind.PERSON:
        return occupation or _("Une personne qui peut aider")
    return _("Une association") if profile.kind is ProfileKind.ASSOCIATION else _("Un groupe")
