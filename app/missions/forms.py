from datetime import date, time
from typing import Annotated, Literal

from fastapi import Depends
from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.kernel.days import Day, Hour, exists_in_morocco, today
from app.kernel.errors import Invalid
from app.kernel.folding import is_mostly_arabic
from app.kernel.forms import Submitted, submitted
from app.kernel.i18n import N_
from app.kernel.text import Line, Paragraphs
from app.missions.models import CancelReason, Continue, ImageRights, MissionMode, Practice, Side
from app.projects.fields import SecureLink, digits

TEXT_LENGTH = 1_500
Words = Annotated[Paragraphs, StringConstraints(max_length=TEXT_LENGTH)]
Few = Annotated[int, BeforeValidator(digits), Field(ge=0, le=100_000)]
Days = Annotated[int, BeforeValidator(digits), Field(ge=1, le=366)]
Hours = Annotated[int, BeforeValidator(digits), Field(ge=1, le=2_000)]
Grade = Annotated[int, Field(ge=1, le=4)]


class Terms(BaseModel):
    """What both sides agree to: the columns of a mission of the same names."""

    objective: Annotated[Paragraphs, StringConstraints(min_length=5, max_length=TEXT_LENGTH)]
    language: Literal["fr", "ar"]
    mode: MissionMode
    place: Line
    call_link: SecureLink | Literal[""]
    starts_on: date
    ends_on: date
    starts_at: time | None
    days: int
    deliverables: Words
    lodging: bool
    transport: bool
    interpreter: bool
    provides: Words
    expenses: Words
    insurance: Words
    image_rights: ImageRights


class MissionForm(BaseModel):
    objective: Annotated[Paragraphs, StringConstraints(min_length=5, max_length=TEXT_LENGTH)]
    mode: MissionMode
    place: Line = Field(default="", validate_default=True)
    call_link: SecureLink | Literal[""] = ""
    starts_on: Day
    ends_on: Day | None = None
    starts_at: Hour | None = None
    days: Days | None = Field(default=None, validate_default=True)
    deliverables: Words = ""
    lodging: bool = False
    transport: bool = False
    interpreter: bool = False
    provides: Words = ""
    expenses: Words = ""
    insurance: Words = ""
    image_rights: ImageRights = ImageRights.ASK
    seen: int = 0
    """The version that was opened."""
    once: str | None = None

    @field_validator("place")
    @classmethod
    def _needed_on_site(cls, value: str, info: ValidationInfo) -> str:
        if not value and info.data.get("mode") is MissionMode.ON_SITE:
            raise PydanticCustomError("where", N_("Où cela se passe-t-il ? Un village, une salle, un bureau suffit."))
        return value

    @field_validator("starts_on")
    @classmethod
    def _still_to_come(cls, value: date) -> date:
        if value < today():
            raise PydanticCustomError("past", N_("Cette date est déjà passée."))
        return value

    @field_validator("ends_on")
    @classmethod
    def _after_its_start(cls, value: date | None, info: ValidationInfo) -> date | None:
        if value and (start := info.data.get("starts_on")) and value < start:
            raise PydanticCustomError("period", N_("La fin ne peut pas être avant le début."))
        return value

    @field_validator("starts_at")
    @classmethod
    def _on_a_clock(cls, value: time | None, info: ValidationInfo) -> time | None:
        """Twice a year an hour is skipped in Morocco, around Ramadan."""
        if value and (day := info.data.get("starts_on")) and not exists_in_morocco(day, value):
            raise PydanticCustomError("skipped", N_("Cette heure n’existe pas ce jour-là : le Maroc change d’heure."))
        return value

    @field_validator("days")
    @classmethod
    def _within_its_dates(cls, value: int | None, info: ValidationInfo) -> int | None:
        start, end = info.data.get("starts_on"), info.data.get("ends_on") or info.data.get("starts_on")
        if value and start and end and value > (end - start).days + 1:
            raise PydanticCustomError("days", N_("Il y a moins de jours que cela entre les deux dates."))
        return value

    def terms(self) -> Terms:
        last = self.ends_on or self.starts_on
        given = self.model_dump(exclude={"seen", "once"})
        given["ends_on"] = last
        given["days"] = self.days or (last - self.starts_on).days + 1
        given["language"] = "ar" if is_mostly_arabic(self.objective) else "fr"
        return Terms.model_validate(given)


class AgreeForm(BaseModel):
    seen: int
    word: Words = ""


class CancelForm(BaseModel):
    seen: int
    reason: CancelReason
    word: Words = ""


class HeldForm(BaseModel):
    women: Few | None = None
    men: Few | None = None
    young_people: Few | None = None

    def check(self) -> None:
        """The young are counted among the women and men. Raises Invalid (`young_people`)."""
        if self.young_people and self.young_people > (self.women or 0) + (self.men or 0):
            raise Invalid(N_("Les jeunes sont comptés aussi parmi les femmes et les hommes."), "young_people")


class EvaluationForm(BaseModel):
    useful: Annotated[Words, StringConstraints(min_length=3)]
    difficult: Words = ""
    carry_on: Continue
    adequacy: Grade | None = None
    coherence: Grade | None = None
    relevance: Grade | None = None
    efficiency: Grade | None = None
    hours: Hours | None = None
    once: str | None = None


class FollowUpForm(BaseModel):
    practice: Practice
    text: Words = ""
    again: bool = False
    once: str | None = None


class PreparationForm(BaseModel):
    text: Annotated[Line, StringConstraints(min_length=3)]
    asked_of: Side


class AnswerForm(BaseModel):
    answer: Words = ""


class DocumentForm(BaseModel):
    title: Annotated[Line, StringConstraints(min_length=2, max_length=120)]


SubmittedMission = Annotated[Submitted[MissionForm], Depends(submitted(MissionForm))]
SubmittedAgree = Annotated[Submitted[AgreeForm], Depends(submitted(AgreeForm))]
SubmittedCancel = Annotated[Submitted[CancelForm], Depends(submitted(CancelForm))]
SubmittedHeld = Annotated[Submitted[HeldForm], Depends(submitted(HeldForm))]
SubmittedEvaluation = Annotated[Submitted[EvaluationForm], Depends(submitted(EvaluationForm))]
SubmittedFollowUp = Annotated[Submitted[FollowUpForm], Depends(submitted(FollowUpForm))]
SubmittedPreparation = Annotated[Submitted[PreparationForm], Depends(submitted(PreparationForm))]
SubmittedAnswer = Annotated[Submitted[AnswerForm], Depends(submitted(AnswerForm))]
SubmittedDocument = Annotated[Submitted[DocumentForm], Depends(submitted(DocumentForm))]
