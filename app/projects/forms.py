"""What a person submits about a project as a whole; its sections and needs have their own forms."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, StringConstraints

from app.kernel.text import Key, Line, Paragraphs
from app.projects.models import PhotoKind
from app.projects.sections import SectionText, Summary, Title

WORDS_LENGTH = 2000

Words = Annotated[Paragraphs, StringConstraints(max_length=WORDS_LENGTH)]
Language = Literal["fr", "ar"]


class IdeaForm(BaseModel):
    """Three fields; the commune is resolved by `territories.forms.chosen_commune`."""

    title: Title
    summary: Summary
    commune: Line = ""
    commune_code: Key = ""
    language: Language | None = None
    """Only when its author corrected what was recognised."""
    organisation: int | None = None
    outline: Key = ""
    """The model from which it starts, or (`like`) the number of a project of another commune."""
    like: Key = ""
    objective: SectionText = ""
    needs: list[Key] = []
    """Which of those that the model proposes, by their place in it."""
    similar_seen: str = ""
    once: Key = ""


class MoveForm(BaseModel):
    """One step of moderation. `since` names the state that was on the screen; `then` is where to go back to."""

    words: Words = ""
    since: datetime | None = None
    then: Line = ""


class LanguageForm(BaseModel):
    language: Language


class RealisedForm(BaseModel):
    words: Words = ""


class PhotosForm(BaseModel):
    """What goes with the files of a sending."""

    kind: PhotoKind = PhotoKind.AFTER
    once: Key = ""


class PhotoForm(BaseModel):
    """One of the photographs that are there; `consent` is ticked."""

    words: Line = ""
    kind: PhotoKind = PhotoKind.AFTER
    consent: Key = ""
