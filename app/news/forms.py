from typing import Annotated, Literal

from fastapi import Depends
from pydantic import BaseModel, StringConstraints

from app.kernel.days import Day
from app.kernel.forms import Submitted, submitted
from app.kernel.text import Key, Line, Paragraphs

TITLE_LENGTH = 120
TEXT_LENGTH = 5000
WORDS_LENGTH = 1000

Words = Annotated[Paragraphs, StringConstraints(max_length=WORDS_LENGTH)]


class NewsForm(BaseModel):
    """The territory is resolved by `territories.forms.chosen_territory`."""

    title: Annotated[Line, StringConstraints(min_length=5, max_length=TITLE_LENGTH)]
    text: Annotated[Paragraphs, StringConstraints(min_length=10, max_length=TEXT_LENGTH)]
    territory: Line = ""
    territory_code: Key = ""
    happens_on: Day | None = None
    deadline: Day | None = None
    language: Literal["fr", "ar"] | None = None
    """Only when somebody corrected what was recognised."""
    version: int | None = None
    """What was on the screen when the changes began."""
    once: Key = ""


class MoveForm(BaseModel):
    """`version` is the text that was read before deciding; `then` is a page of ours to go back to: the desk."""

    words: Words = ""
    version: int | None = None
    then: str = ""


SubmittedNews = Annotated[Submitted[NewsForm], Depends(submitted(NewsForm))]
SubmittedMove = Annotated[Submitted[MoveForm], Depends(submitted(MoveForm))]
