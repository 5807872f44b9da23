from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from app.contributions.forms import Word
from app.contributions.models import DeclineReason
from app.deadlines.steps import Delay, Rhythm
from app.kernel.forms import Submitted, submitted
from app.kernel.i18n import N_

Days = Annotated[int, Field(ge=0, le=400)]


class MoreTimeForm(BaseModel):
    """`then` is a page of ours to go back to: the desk."""

    days: int | None = None
    words: Word = ""
    then: str = ""


class CloseForm(BaseModel):
    reason: DeclineReason | None = None
    words: Word = ""
    then: str = ""


class DelayForm(BaseModel):
    """How long a step may take, and when it is recalled: before the day for `soon`, after it for the others."""

    days: Annotated[int, Field(ge=1, le=400)]
    soon: Annotated[int, Field(ge=0, le=100)]
    late: Days
    moderator: Days
    coordinator: Days
    stuck: Days

    @model_validator(mode="after")
    def one_after_the_other(self) -> "DelayForm":
        order = (self.late, self.moderator, self.coordinator, self.stuck)
        if list(order) != sorted(order):
            raise PydanticCustomError(
                "order", N_("Chaque rappel vient après le précédent : mettez des nombres de jours qui augmentent.")
            )
        return self

    def delay(self, office: bool) -> Delay:
        return Delay(self.days, office, Rhythm(self.soon, self.late, self.moderator, self.coordinator, self.stuck))


SubmittedMoreTime = Annotated[Submitted[MoreTimeForm], Depends(submitted(MoreTimeForm))]
SubmittedClose = Annotated[Submitted[CloseForm], Depends(submitted(CloseForm))]
SubmittedDelay = Annotated[Submitted[DelayForm], Depends(submitted(DelayForm))]
