from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from app.deliveries.models import CancelReason
from app.kernel.days import Day
from app.kernel.forms import Submitted, submitted
from app.kernel.text import Line, Paragraphs
from app.projects.need_form import Quantity

Note = Annotated[Paragraphs, Field(max_length=1000)]


class SendForm(BaseModel):
    quantity: Quantity
    carrier: Line = ""
    expected_on: Day | None = None
    note: Note = ""
    once: str | None = None


class ReceiveForm(BaseModel):
    quantity: Quantity
    received_on: Day
    received_by: Line = ""
    photo_text: Line = ""
    word: Note = ""
    once: str | None = None


class CancelForm(BaseModel):
    quantity: Quantity = 1
    """Of what has not left yet."""
    reason: CancelReason | None = None
    word: Note = ""
    again: bool = False
    """Others will be sent in their place."""
    once: str | None = None


class PledgeForm(BaseModel):
    pledged: Quantity
    once: str | None = None


SubmittedSend = Annotated[Submitted[SendForm], Depends(submitted(SendForm))]
SubmittedReceive = Annotated[Submitted[ReceiveForm], Depends(submitted(ReceiveForm))]
SubmittedCancel = Annotated[Submitted[CancelForm], Depends(submitted(CancelForm))]
SubmittedPledge = Annotated[Submitted[PledgeForm], Depends(submitted(PledgeForm))]
