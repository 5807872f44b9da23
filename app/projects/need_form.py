"""What a person submits about one need."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.kernel.days import Day, today
from app.kernel.errors import Invalid
from app.kernel.i18n import N_
from app.kernel.text import Key, Paragraphs
from app.projects.fields import digits
from app.projects.models import Duration, Mode, Need, NeedKind

TEXT_LENGTH = 1_000

NeedText = Annotated[Paragraphs, StringConstraints(min_length=5, max_length=TEXT_LENGTH)]
People = Annotated[int, BeforeValidator(digits), Field(ge=1, le=500)]
Quantity = Annotated[int, BeforeValidator(digits), Field(ge=1, le=1_000_000)]


ANSWERS = {
    "kind": N_("De quoi avez-vous besoin ?"),
    "text": N_("Dites-le en quelques phrases"),
    "quantity": N_("Combien en faut-il ?"),
    "people_wanted": N_("Combien de personnes cherchez-vous ?"),
    "mode": N_("Où cela se passe-t-il ?"),
    "duration": N_("Pour combien de temps ?"),
    "starts_on": N_("À partir du"),
    "ends_on": N_("Jusqu’au"),
}
KIND_HINTS = {
    NeedKind.SKILL: N_("quelqu’un qui sait faire, et qui le fait avec vous"),
    NeedKind.TRAINING: N_("quelqu’un qui apprend aux autres"),
    NeedKind.IDEAS: N_("plusieurs avis valent mieux qu’un"),
    NeedKind.STUDY: N_("un plan, un diagnostic, un conseil technique"),
    NeedKind.EQUIPMENT: N_("un véhicule, des livres, des meubles… un objet à envoyer"),
    NeedKind.CONTACTS: N_("connaître la bonne personne, au bon endroit"),
    NeedKind.FUNDING_FILE: N_("écrire une demande, trouver le bon guichet"),
    NeedKind.INVESTMENT: N_("trouver un investisseur ; aucun paiement ne passe par Twiza"),
}


class NeedForm(BaseModel):
    kind: NeedKind
    text: NeedText
    people_wanted: People = 1
    quantity: Quantity | None = Field(default=None, validate_default=True)
    mode: Mode
    duration: Duration
    starts_on: Day | None = None
    ends_on: Day | None = None
    language: Literal["fr", "ar"] | None = None
    """Only when it was not recognised well."""
    version: int = 0
    once: Key = ""

    @field_validator("quantity")
    @classmethod
    def _of_equipment_only(cls, value: int | None, info: ValidationInfo) -> int | None:
        if info.data.get("kind") is not NeedKind.EQUIPMENT:
            return None
        if value is None:
            raise PydanticCustomError("how_many", N_("Combien en faut-il ?"))
        return value

    @field_validator("ends_on")
    @classmethod
    def _after_its_start(cls, value: date | None, info: ValidationInfo) -> date | None:
        if value and (start := info.data.get("starts_on")) and value < start:
            raise PydanticCustomError("period", N_("La fin ne peut pas être avant le début."))
        return value


def check_period(form: NeedForm, present: Need | None = None) -> None:
    """Nobody can help in the past; a date that was there before may have passed meanwhile. Raises Invalid."""
    for name in ("starts_on", "ends_on"):
        day: date | None = getattr(form, name)
        if day is not None and day < today() and (present is None or getattr(present, name) != day):
            raise Invalid(N_("Cette date est déjà passée."), name)
