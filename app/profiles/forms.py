"""What a contributor says of themselves: five questions, and more for those who want.

`complete` is called once a form is there, whether or not something was refused: it finds the territories, the languages
and the links that were typed, refuses what it does not know, and leaves in the form what is to be shown again.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from fastapi import Depends
from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError
from sqlmodel import Session

from app.kernel import countries
from app.kernel.database import now
from app.kernel.days import Day
from app.kernel.errors import Invalid
from app.kernel.forms import Submitted, submitted
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.kernel.text import Line, Paragraphs, ShortLine
from app.profiles.languages import OFFERED, code_of
from app.profiles.models import Profile, Visibility
from app.taxonomy.queries import themes
from app.territories.forms import chosen_territories
from app.territories.models import Territory

LONGEST_TEXT = 4000
MOST_PLACES = 20
MOST_LINKS = 5
LONGEST_LINK = 300


def _country(code: str) -> str:
    if code not in countries.codes():
        raise PydanticCustomError("country", N_("Choisissez un pays dans la liste."))
    return code


Country = Annotated[str, AfterValidator(_country)]
LongText = Annotated[Paragraphs, Field(max_length=LONGEST_TEXT)]
Mode = Literal["on_site", "remote"]


class ProfileForm(BaseModel):
    abilities: LongText
    places: list[str] = []
    places_new: list[str] = []
    languages: list[Literal["fr", "ar", "ber", "en", "es", "it", "nl", "de"]] = []
    other_languages: Line = ""
    modes: Annotated[list[Mode], Field(min_length=1)]
    country: Country
    town: ShortLine = ""
    occupation: Line = ""
    availability: Line = ""
    available_from: date | None = None
    themes: list[str] = []
    other: LongText = ""
    links: Paragraphs = ""
    version: int | None = None
    """Of the profile that was being edited; none when it is new."""
    then: str = ""
    """The path to go on to: somebody was about to offer help."""


class GroupForm(ProfileForm):
    name: ShortLine = ""
    organisation: int | None = None
    """The association in whose name it is; none for a group."""


class ChipsForm(BaseModel):
    then: str = ""
    concepts: list[str] = []
    concepts_new: list[str] = []


class VisibilityForm(BaseModel):
    visibility: Visibility


class PauseForm(BaseModel):
    until: Day | None = None


class MemberForm(BaseModel):
    member: Annotated[int, Field(ge=1, le=2**31 - 1)]


SubmittedProfile = Annotated[Submitted[ProfileForm], Depends(submitted(ProfileForm))]
SubmittedGroup = Annotated[Submitted[GroupForm], Depends(submitted(GroupForm))]
SubmittedChips = Annotated[Submitted[ChipsForm], Depends(submitted(ChipsForm))]
SubmittedVisibility = Annotated[Submitted[VisibilityForm], Depends(submitted(VisibilityForm))]
SubmittedPause = Annotated[Submitted[PauseForm], Depends(submitted(PauseForm))]
SubmittedMember = Annotated[Submitted[MemberForm], Depends(submitted(MemberForm))]


@dataclass(frozen=True)
class Answers:
    """What the server made of the words that were typed."""

    territories: Sequence[Territory]
    languages: Sequence[str]
    links: Sequence[str] = ()
    proposed: Sequence[tuple[str, str]] = ()
    """Territories to choose from, where a name could be several."""

    @property
    def chosen(self) -> list[tuple[str, str]]:
        return [(territory.code, territory.full_name) for territory in self.territories]


def complete(session: Session, form: Submitted[Any], before: Profile | None = None) -> Answers:
    """Reads the fields that a list of answers cannot hold; `before` is the profile as it is stored."""
    places = chosen_territories(session, form, "places")
    if len(places.territories) > MOST_PLACES:
        form.refuse(Invalid(N_("Vingt territoires au plus : gardez ceux qui comptent le plus pour vous."), "places"))
    languages, links = _languages(form), _links(form)
    if set(form.values.get("themes") or []) - {theme.code for theme in themes(session)}:
        form.refuse(Invalid(N_("Choisissez une des réponses proposées."), "themes"))
    if not form.refused:
        start = form.data.available_from
        if start and start < now().date() and (before is None or before.available_from != start):
            form.refuse(Invalid(N_("Cette date est déjà passée."), "available_from"))
    return Answers(places.territories, languages, links, places.proposed)


def _languages(form: Submitted[Any]) -> list[str]:
    """The codes of the languages ticked and written."""
    ticked = form.values.get("languages") or []
    found = [code for code in OFFERED if code in ticked]
    for name in _parts(form, "other_languages", ",،;؛\n"):
        code = code_of(name)
        if code is None:
            form.refuse(
                Invalid(_("Nous ne connaissons pas la langue « %(name)s ».") % {"name": name[:40]}, "other_languages")
            )
        elif code not in found:
            found.append(code)
    if not found and "other_languages" not in form.errors:
        form.errors.setdefault("languages", _("Cochez au moins une langue."))
    return found


def _links(form: Submitted[Any]) -> list[str]:
    """Addresses of pages, one a line; what a browser could run instead of open is refused."""
    found = []
    for line in _parts(form, "links", "\n"):
        link = line if "://" in line or line.lower().startswith(("javascript:", "data:")) else f"https://{line}"
        if not _is_page(link):
            said = _("« %(line)s » n’est pas l’adresse d’une page : elle commence par https://.") % {"line": line[:60]}
            form.refuse(Invalid(said, "links"))
        found.append(link)
    if len(found) > MOST_LINKS:
        form.refuse(Invalid(N_("Cinq liens au plus."), "links"))
    return list(dict.fromkeys(found))


def _is_page(link: str) -> bool:
    if len(link) > LONGEST_LINK or any(character.isspace() or not character.isprintable() for character in link):
        return False
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    host = parts.hostname or ""
    return parts.scheme in ("http", "https") and "." in host.strip(".") and "@" not in parts.netloc


def _parts(form: Submitted[Any], name: str, separators: str) -> list[str]:
    text = str(form.values.get(name) or "")
    for separator in separators:
        text = text.replace(separator, "\n")
    return [part.strip() for part in text.split("\n") if part.strip()]
