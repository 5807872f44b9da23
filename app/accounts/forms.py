from typing import Annotated, Literal

from fastapi import Depends
from pydantic import BaseModel, StringConstraints

from app.kernel.forms import Submitted, submitted
from app.kernel.text import ShortLine

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


SubmittedSignUp = Annotated[Submitted[SignUpForm], Depends(submitted(SignUpForm))]
SubmittedSignIn = Annotated[Submitted[SignInForm], Depends(submitted(SignInForm))]
