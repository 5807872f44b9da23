from collections.abc import Iterable
from typing import Annotated, Any, Literal

from fastapi import Depends
from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from app.accounts.contact import holds_address
from app.contributions.models import DeclineReason, State
from app.kernel.forms import Submitted, submitted, validate
from app.kernel.i18n import N_
from app.kernel.text import Key, Paragraphs, ShortLine
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
    relay: Key = ""
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


class DecideForm(BaseModel):
    """About several people at once. Fields of one person carry the number of their contribution: `word_12`."""

    decision: Literal["accept", "decline"]
    chosen: list[int] = []
    reason: DeclineReason | None = None
    word: Word = ""
    """For all of those who have no word of their own."""
    one_more: bool = False
    once: str | None = None


class PartsForm(BaseModel):
    once: str | None = None


class _OwnWord(BaseModel):
    text: Word = ""


class _Part(_OwnWord):
    text: Annotated[Word, Field(max_length=300)] = ""


def own_words(form: Submitted[Any], field: str, numbers: Iterable[int]) -> dict[int, str]:
    """What was typed in the field of each; what cannot be taken is noted by its field."""
    model: type[_OwnWord] = _Part if field == "part" else _OwnWord
    words: dict[int, str] = {}
    for number in numbers:
        name = f"{field}_{number}"
        if name not in form.values:
            continue
        checked = validate(model, {"text": form.values[name]})
        if checked.refused:
            form.errors[name] = checked.errors["text"]
        else:
            words[number] = checked.data.text
    return words


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
SubmittedDecision = Annotated[Submitted[DecideForm], Depends(submitted(DecideForm))]
SubmittedParts = Annotated[Submitted[PartsForm], Depends(submitted(PartsForm))]
SubmittedWrong = Annotated[Submitted[WrongForm], Depends(submitted(WrongForm))]
SubmittedThanks = Annotated[Submitted[ThanksForm], Depends(submitted(ThanksForm))]
SubmittedThanksAnswer = Annotated[Submitted[ThanksAnswerForm], Depends(submitted(ThanksAnswerForm))]
