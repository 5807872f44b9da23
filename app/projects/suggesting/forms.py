"""What a person submits about a suggestion."""

from typing import Annotated

from pydantic import BaseModel, StringConstraints

from app.kernel.text import Key, Line, Paragraphs
from app.projects.forms import Language
from app.projects.sections import TEXT_LENGTH
from app.projects.suggesting.models import SuggestionKind

WORD_LENGTH = 1000


class SuggestionForm(BaseModel):
    """`version` of the section is read apart: whatever a page sent, it is one that exists."""

    kind: SuggestionKind
    text: Annotated[Paragraphs, StringConstraints(min_length=3, max_length=TEXT_LENGTH)]
    language: Language | None = None
    """Only when its author corrected what was recognised."""
    once: Key = ""


class DeclineForm(BaseModel):
    """`then` is a page of ours to go back to."""

    word: Annotated[Paragraphs, StringConstraints(max_length=WORD_LENGTH)] = ""
    then: Line = ""
