from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, StringConstraints

from app.kernel.forms import Submitted, submitted
from app.kernel.text import Paragraphs
from app.threads.models import Fault

TEXT_LENGTH = 3000
WORDS_LENGTH = 500

Said = Annotated[Paragraphs, StringConstraints(max_length=TEXT_LENGTH)]
Words = Annotated[Paragraphs, StringConstraints(max_length=WORDS_LENGTH)]


class SayForm(BaseModel):
    text: Said
    to: list[int] = []
    """Whom it is addressed to."""
    asks: bool = False
    """A question, for which the team is waited."""
    then: str = ""
    """The page to go back to."""
    once: str | None = None


class EditForm(BaseModel):
    text: Said
    version: int
    """What was on the screen when the changes began."""


class FaultForm(BaseModel):
    """What is wrong with a post: somebody reports it, or a moderator hides it."""

    reason: Fault
    words: Words = ""
    then: str = ""


class ThenForm(BaseModel):
    then: str = ""


class MuteForm(ThenForm):
    muted: bool = False


SubmittedSaid = Annotated[Submitted[SayForm], Depends(submitted(SayForm))]
SubmittedEdit = Annotated[Submitted[EditForm], Depends(submitted(EditForm))]
SubmittedFault = Annotated[Submitted[FaultForm], Depends(submitted(FaultForm))]
SubmittedThen = Annotated[Submitted[ThenForm], Depends(submitted(ThenForm))]
SubmittedMute = Annotated[Submitted[MuteForm], Depends(submitted(MuteForm))]
