from typing import Annotated, Literal

from fastapi import Depends
from pydantic import BaseModel, Field, StringConstraints

from app.accounts.models import GrantKind, Role
from app.kernel.forms import Submitted, submitted
from app.kernel.text import Line, ShortLine
from app.notifications.families import Rhythm

Password = Annotated[str, StringConstraints(max_length=200)]
"""As typed, spaces included."""


class SignUpForm(BaseModel):
    name: ShortLine
    contact: ShortLine
    """An e-mail or a telephone."""
    password: Password | None = None
    charter: Literal["yes"]
    then: str = ""
    contact_again: str = ""
    """Hidden from people: only a machine fills it."""


class SignInForm(BaseModel):
    contact: ShortLine
    password: Password | None = None
    then: str = ""


class ForgottenForm(BaseModel):
    email: ShortLine


SubmittedForgotten = Annotated[Submitted[ForgottenForm], Depends(submitted(ForgottenForm))]
SubmittedSignUp = Annotated[Submitted[SignUpForm], Depends(submitted(SignUpForm))]
SubmittedSignIn = Annotated[Submitted[SignInForm], Depends(submitted(SignInForm))]


class IdentityForm(BaseModel):
    name: ShortLine
    locale: Literal["fr", "ar"]


class EmailForm(BaseModel):
    email: ShortLine
    current: Password | None = None


class PhoneForm(BaseModel):
    phone: ShortLine | None = None


class PasswordForm(BaseModel):
    password: Password
    current: Password | None = None


class EnrolForm(BaseModel):
    name: ShortLine
    contact: ShortLine
    password: Password | None = None
    locale: Literal["fr", "ar"]
    consent: Line
    """How the person agreed."""
    charter: Literal["yes"]


class RightsForm(BaseModel):
    role: Role
    everywhere: Literal["yes"] | None = None
    regions: list[ShortLine] = []
    countries: list[Annotated[str, StringConstraints(pattern="^[A-Z]{2}$")]] = []
    grants: list[GrantKind] = []


SubmittedIdentity = Annotated[Submitted[IdentityForm], Depends(submitted(IdentityForm))]
SubmittedEmail = Annotated[Submitted[EmailForm], Depends(submitted(EmailForm))]
SubmittedPhone = Annotated[Submitted[PhoneForm], Depends(submitted(PhoneForm))]
SubmittedPassword = Annotated[Submitted[PasswordForm], Depends(submitted(PasswordForm))]
SubmittedEnrol = Annotated[Submitted[EnrolForm], Depends(submitted(EnrolForm))]
SubmittedRights = Annotated[Submitted[RightsForm], Depends(submitted(RightsForm))]


Hour = Annotated[int, Field(ge=0, le=23)]


class ChoicesForm(BaseModel):
    """A field for each family of messages (`notifications/families.py`), then the hours."""

    waiting: Rhythm
    answers: Rhythm
    conversations: Rhythm
    teams: Rhythm
    nearby: Rhythm
    news: Rhythm
    zone: ShortLine = ""
    quiet_from: Hour
    quiet_until: Hour
    digest_hour: Hour
    digest_weekday: Annotated[int, Field(ge=0, le=6)]


SubmittedChoices = Annotated[Submitted[ChoicesForm], Depends(submitted(ChoicesForm))]
