from typing import Annotated, Literal

from fastapi import Depends
from pydantic import BaseModel, StringConstraints

from app.kernel.forms import Submitted, submitted
from app.kernel.text import Key, Line, Paragraphs, ShortLine
from app.organisations.models import OrganisationKind

ABOUT_LENGTH = 600
REASON_LENGTH = 1000

Function = Annotated[ShortLine, StringConstraints(min_length=2)]
Reason = Annotated[Paragraphs, StringConstraints(max_length=REASON_LENGTH)]

IN_MOROCCO = (OrganisationKind.LOCAL_ASSOCIATION, OrganisationKind.COOPERATIVE)
ABROAD = (OrganisationKind.FOREIGN_MUNICIPALITY,)
DECLARED = (
    OrganisationKind.LOCAL_ASSOCIATION,
    OrganisationKind.COOPERATIVE,
    OrganisationKind.DIASPORA_ASSOCIATION,
    OrganisationKind.INSTITUTION,
    OrganisationKind.FOREIGN_MUNICIPALITY,
)
"""Communes, provinces and regions exist already: they are found, not declared."""


class JoinForm(BaseModel):
    choice: Key
    """`o12`, or `t09.581` for a territory whose administration is not stored yet (`finding.Candidate`)."""
    function: Function
    q: Line = ""
    """The words that found it: a refused form shows the same list again."""
    once: Key = ""


class DeclareForm(BaseModel):
    kind: Literal[DECLARED]  # type: ignore[valid-type]
    name_fr: Line = ""
    name_ar: Line = ""
    where: Literal["morocco", "abroad"]
    commune: Line = ""
    commune_code: Key = ""
    country: Key = ""
    town: ShortLine = ""
    about: Annotated[Paragraphs, StringConstraints(max_length=ABOUT_LENGTH)] = ""
    function: Function
    alike_seen: str = ""
    once: Key = ""


class AddForm(BaseModel):
    contact: ShortLine
    """The e-mail or telephone of somebody who has an account."""
    function: Function


class DecisionForm(BaseModel):
    """`then` is a page of ours to go back to: the desk."""

    then: str = ""


class RefuseForm(DecisionForm):
    reason: Reason


SubmittedJoin = Annotated[Submitted[JoinForm], Depends(submitted(JoinForm))]
SubmittedDeclaration = Annotated[Submitted[DeclareForm], Depends(submitted(DeclareForm))]
SubmittedAddition = Annotated[Submitted[AddForm], Depends(submitted(AddForm))]
SubmittedDecision = Annotated[Submitted[DecisionForm], Depends(submitted(DecisionForm))]
SubmittedRefusal = Annotated[Submitted[RefuseForm], Depends(submitted(RefuseForm))]
