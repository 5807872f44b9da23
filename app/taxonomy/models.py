from enum import StrEnum

from sqlalchemy import ARRAY, Column, Text
from sqlmodel import Field

from app.kernel.database import Table, Value, one_of


class ConceptKind(StrEnum):
    SKILL = "skill"
    OCCUPATION = "occupation"
    FIELD = "field"
    """A term of the lexicon that ESCO lacks: an object, a body, a procedure, a know-how of the field."""
    GROUP = "group"


def _texts() -> Column[list[str]]:
    return Column(ARRAY(Text), nullable=False, server_default="{}")


class Concept(Table, table=True):
    """A skill, an occupation or a group of skills: `id` is the end of its ESCO address. Or a term of the lexicon."""

    __tablename__ = "concept"
    __table_args__ = (one_of("kind", ConceptKind),)

    id: str = Field(primary_key=True)
    kind: ConceptKind = Field(sa_type=Value(ConceptKind))
    label_fr: str = ""
    label_ar: str = ""
    label_en: str = ""
    arabic_official: bool = False
    """Whether the Arabic label is ESCO's; the others were translated for this project and are never called official."""
    aliases_fr: list[str] = Field(default_factory=list, sa_column=_texts())
    aliases_ar: list[str] = Field(default_factory=list, sa_column=_texts())
    aliases_en: list[str] = Field(default_factory=list, sa_column=_texts())
    retired: bool = False


class ConceptBroader(Table, table=True):
    __tablename__ = "concept_broader"

    concept_id: str = Field(foreign_key="concept.id", primary_key=True)
    broader_id: str = Field(foreign_key="concept.id", primary_key=True, index=True)


class OccupationSkill(Table, table=True):
    __tablename__ = "occupation_skill"

    occupation_id: str = Field(foreign_key="concept.id", primary_key=True)
    skill_id: str = Field(foreign_key="concept.id", primary_key=True, index=True)
    essential: bool


class Theme(Table, table=True):
    """One of the fields of local development by which projects are sorted and found."""

    __tablename__ = "theme"

    code: str = Field(primary_key=True)
    label_fr: str
    label_ar: str
    position: int
