from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel

from app.accounts.forms import Password
from app.kernel.forms import Submitted, submitted


class LeaveForm(BaseModel):
    current: Password | None = None


SubmittedLeave = Annotated[Submitted[LeaveForm], Depends(submitted(LeaveForm))]
