from typing import Annotated, Literal

from fastapi import Depends
from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from app.accounts.contact import holds_address
from app.contributions.models import DeclineReason, State
from app.kernel.forms import Submitted, submitted
from app.kernel.i18n import N_
from app.kernel.text import Paragraphs, ShortLine
from app.projects.need_form import Quantity

LONGEST_WORD = 2000


def _without_address(text: str) -> str:
    """Addresses are exchanged by the agreement of both sides, not in passing: a moderator's yes would come too late."""
    if holds_address(text):
        raise PydanticCustomError(
            "address",
            N_(
                "Laissez de côté les adresses e-mail et les numéros de téléphone : "
                "vous les échangerez ici dès que les deux côtés seront d’accord."
            ),
        )
    return text


Word = Annotated[Paragraphs, Field(max_length=LONGEST_WORD), AfterValidator(_without_address)]


class OfferForm(BaseModel):
    message: Word
    profile: int | None = None
    """In whose name, for somebody who is also the contact of a group."""
    relay: ShortLine = ""
    """The code of the link by which the person came."""
    relayer_told: bool = False
    pledged: Quantity | None = None
    """How many objects, for equipment."""
    once: str | None = None


class InvitationForm(BaseModel):
    message: Word
    once: str | None = None


class WrongForm(BaseModel):
    reason: str = ""
    """The key of the one that is wrong; without it, the whole match is."""
    then: str | None = None


class AnswerForm(BaseModel):
    """A yes, a no, or stepping out; which of them is the address of the form."""

    seen: State
    """The state that the person saw: an answer to what has changed meanwhile is not taken for another."""
    reason: DeclineReason | None = None
    word: Word = ""
    one_more: bool = False
    """Accept beyond the number of people or objects wanted."""
    pledged: Quantity | None = None
    """How many objects are agreed on, for equipment."""
    then: str | None = None
    """A page of ours to go back to: the desk."""
    once: str | None = None


class ThanksForm(BaseModel):
    words: Word = ""


class ThanksAnswerForm(BaseModel):
    answer: Literal["yes", "no"]
    name: Annotated[ShortLine, AfterValidator(_without_address)] = ""
    """Everybody reads it."""


SubmittedOffer = Annotated[Submitted[OfferForm], Depends(submitted(OfferForm))]
SubmittedInvitation = Annotated[Submitted[InvitationForm], Depends(submitted(InvitationForm))]
SubmittedAnswer = Annotated[Submitted[AnswerForm], Depends(submitted(AnswerForm))]
SubmittedWrong = Annotated[Submitted[WrongForm], Depends(submitted(WrongForm))]
SubmittedThanks = Annotated[Submitted[ThanksForm], Depends(submitted(ThanksForm))]
SubmittedThanksAnswer = Annotated[Submitted[ThanksAnswerForm], Depends(submitted(ThanksAnswerForm))]
