from datetime import UTC, date, datetime, time
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from fastapi import Depends
from pydantic import AfterValidator, BaseModel, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.contributions.forms import Word
from app.kernel.days import Day, Hour, today
from app.kernel.forms import Submitted, submitted
from app.kernel.i18n import N_
from app.kernel.text import Key, Line, Paragraphs
from app.relays.calls.wording import ZONES

LONGEST_INTRO = 3000
LONGEST_REPORT = 4000
Title = Annotated[Line, StringConstraints(max_length=140)]
Intro = Annotated[Paragraphs, StringConstraints(max_length=LONGEST_INTRO)]


def _page(value: str) -> str:
    parts = urlsplit(value)
    if value and (parts.scheme != "https" or not parts.hostname or "." not in parts.hostname):
        raise PydanticCustomError("page", N_("Cette adresse de page n’est pas complète : elle commence par https://."))
    return value


def _exists(day: date, hour: time, zone: ZoneInfo) -> bool:
    """Not where clocks are put forward over it."""
    moment = datetime.combine(day, hour, zone)
    return moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == moment.replace(tzinfo=None)


class CallForm(BaseModel):
    """Whatever is empty may be written later: it is asked for when the call opens."""

    title_fr: Title = ""
    title_ar: Title = ""
    intro_fr: Intro = ""
    intro_ar: Intro = ""
    theme: Key
    organisation: int | None = None
    answers_by: Day
    meets_on: Day | None = None
    meets_zone: Key = "Africa/Casablanca"
    meets_at: Hour | None = None
    place: Line = ""
    link: Annotated[Line, AfterValidator(_page)] = ""
    version: int | None = None
    once: str | None = None

    @field_validator("answers_by", "meets_on")
    @classmethod
    def _still_to_come(cls, value: date | None) -> date | None:
        if value and value < today():
            raise PydanticCustomError("past", N_("Cette date est déjà passée."))
        return value

    @field_validator("meets_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in ZONES:
            raise PydanticCustomError("zone", N_("Choisissez une des réponses proposées."))
        return value

    @field_validator("meets_at")
    @classmethod
    def _of_a_day(cls, value: time | None, info: ValidationInfo) -> time | None:
        day, zone = info.data.get("meets_on"), info.data.get("meets_zone")
        if value and not day:
            raise PydanticCustomError("no_day", N_("Dites aussi quel jour."))
        if value and day and zone and not _exists(day, value, ZoneInfo(zone)):
            raise PydanticCustomError("skipped", N_("Cette heure n’existe pas ce jour-là : on y change d’heure."))
        return value


class ChooseForm(BaseModel):
    needs: list[int] = []


class JoinForm(BaseModel):
    need: int


class JoinAnswerForm(BaseModel):
    word: Word = ""


class ReportForm(BaseModel):
    report: Annotated[Paragraphs, StringConstraints(min_length=10, max_length=LONGEST_REPORT)]


class SeveralForm(BaseModel):
    """One message for several needs."""

    needs: list[int] = []
    profile: int | None = None
    message: Word
    once: str | None = None


SubmittedCall = Annotated[Submitted[CallForm], Depends(submitted(CallForm))]
SubmittedChoice = Annotated[Submitted[ChooseForm], Depends(submitted(ChooseForm))]
SubmittedJoin = Annotated[Submitted[JoinForm], Depends(submitted(JoinForm))]
SubmittedJoinAnswer = Annotated[Submitted[JoinAnswerForm], Depends(submitted(JoinAnswerForm))]
SubmittedReport = Annotated[Submitted[ReportForm], Depends(submitted(ReportForm))]
SubmittedSeveral = Annotated[Submitted[SeveralForm], Depends(submitted(SeveralForm))]
