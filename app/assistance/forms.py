from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, StringConstraints

from app.kernel.forms import Submitted, submitted
from app.kernel.text import Key, Paragraphs, ShortLine

TEXT_LENGTH = 2000

Words = Annotated[Paragraphs, StringConstraints(max_length=TEXT_LENGTH)]


class AskForm(BaseModel):
    """What both forms carry along."""

    page: str = ""
    """The path that was being looked at."""
    contact_again: str = ""
    """Hidden from people: only a machine fills it."""
    once: Key = ""


class FeedbackForm(AskForm):
    text: Words


class CallForm(AskForm):
    phone: ShortLine
    hour: ShortLine
    text: Words = ""


class DoneForm(BaseModel):
    """`then` is a page of ours to go back to: the desk."""

    outcome: Annotated[Paragraphs, StringConstraints(max_length=500)] = ""
    then: str = ""


SubmittedFeedback = Annotated[Submitted[FeedbackForm], Depends(submitted(FeedbackForm))]
SubmittedCall = Annotated[Submitted[CallForm], Depends(submitted(CallForm))]
SubmittedOutcome = Annotated[Submitted[DoneForm], Depends(submitted(DoneForm))]
