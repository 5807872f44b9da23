from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from app.contributions.forms import Word
from app.kernel.forms import Submitted, submitted
from app.kernel.text import Key
from app.relays.models import RelayReason


class RelayForm(BaseModel):
    is_named: bool = False


class AnswerForm(BaseModel):
    """What goes with a verb: the name with a yes, the reason with a no."""

    is_named: bool = False
    reason: RelayReason | None = None
    word: Word = ""
    then: str | None = None


class OpeningForm(BaseModel):
    once: Key = ""
    to: Key = ""
    """Where the pressed button leads; empty when a script of ours tells that the page was shown."""


class AskForm(BaseModel):
    message: Annotated[Word, Field(max_length=600)] = ""
    once: str | None = None


SubmittedRelay = Annotated[Submitted[RelayForm], Depends(submitted(RelayForm))]
SubmittedAnswer = Annotated[Submitted[AnswerForm], Depends(submitted(AnswerForm))]
SubmittedOpening = Annotated[Submitted[OpeningForm], Depends(submitted(OpeningForm))]
SubmittedAsk = Annotated[Submitted[AskForm], Depends(submitted(AskForm))]
