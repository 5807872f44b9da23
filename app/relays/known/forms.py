from typing import Annotated, Literal

from fastapi import Depends
from pydantic import AfterValidator, BaseModel, Field, StringConstraints
from pydantic_core import PydanticCustomError

from app.accounts.contact import holds_address
from app.kernel.forms import Submitted, submitted
from app.kernel.i18n import N_
from app.kernel.text import Key, Line, Paragraphs, ShortLine
from app.profiles.forms import Country
from app.relays.known.nameless import names_somebody

LONGEST = 300
MOST_PEOPLE = 500


def _without_address(text: str) -> str:
    if holds_address(text):
        raise PydanticCustomError(
            "address", N_("Ni téléphone ni e-mail ici : c’est par vous que le mot passera, sans que l’on sache qui.")
        )
    return text


def _without_name(text: str) -> str:
    if names_somebody(_without_address(text)):
        raise PydanticCustomError(
            "name", N_("Cela ressemble à un nom. Dites le métier et l’endroit, jamais qui : « trois pharmaciennes ».")
        )
    return text


class KnownForm(BaseModel):
    """The commune is resolved by `territories.forms.chosen_commune`."""

    occupation: Annotated[
        Paragraphs, StringConstraints(min_length=3, max_length=LONGEST), AfterValidator(_without_name)
    ]
    how_many: Annotated[int, Field(ge=1, le=MOST_PEOPLE)] = 1
    country: Country
    town: Annotated[ShortLine, AfterValidator(_without_address)] = ""
    commune: Line = ""
    commune_code: Key = ""
    douar: Annotated[ShortLine, AfterValidator(_without_address)] = ""
    reach: int | None = None
    """Another member who can reach them; by default whoever writes."""
    language: Literal["fr", "ar", "en"] | None = None
    no_name: bool = False
    """Said of words with capitals that may be a name."""
    version: int | None = None
    once: str | None = None


class ChipsForm(BaseModel):
    concepts: list[str] = []
    concepts_new: list[str] = []


SubmittedKnown = Annotated[Submitted[KnownForm], Depends(submitted(KnownForm))]
SubmittedChips = Annotated[Submitted[ChipsForm], Depends(submitted(ChipsForm))]
