from typing import Annotated, Literal

from fastapi import Depends
from pydantic import BaseModel, StringConstraints

from app.kernel.forms import Submitted, submitted
from app.kernel.text import ShortLine


class AddressesForm(BaseModel):
    addresses: Annotated[str, StringConstraints(max_length=30_000)]
    """As pasted."""
    locale: Literal["fr", "ar"]
    once: str = ""


class JoinForm(BaseModel):
    name: ShortLine
    charter: Literal["yes"]


SubmittedAddresses = Annotated[Submitted[AddressesForm], Depends(submitted(AddressesForm))]
SubmittedJoin = Annotated[Submitted[JoinForm], Depends(submitted(JoinForm))]
