from enum import StrEnum

from sqlalchemy import ARRAY, Column, Text
from sqlmodel import Field, Relationship

from app.kernel.database import Table, Value, one_of
from app.kernel.i18n import current_locale, label


class CommuneKind(StrEnum):
    URBAN = "urban"
    RURAL = "rural"


def _texts() -> Column[list[str]]:
    return Column(ARRAY(Text), nullable=False, server_default="{}")


class Region(Table, table=True):
    __tablename__ = "region"

    code: str = Field(primary_key=True)
    name_fr: str
    name_ar: str


class Province(Table, table=True):
    """A province or prefecture."""

    __tablename__ = "province"

    code: str = Field(primary_key=True)
    region_code: str = Field(foreign_key="region.code", index=True)
    name_fr: str
    name_ar: str

    region: Region = Relationship()


class Commune(Table, table=True):
    """`code` is the Haut-Commissariat au Plan's; the codes of its province and region are its beginning."""

    __tablename__ = "commune"
    __table_args__ = (one_of("kind", CommuneKind),)

    code: str = Field(primary_key=True)
    province_code: str = Field(foreign_key="province.code", index=True)
    name_fr: str
    name_ar: str
    aliases_fr: list[str] = Field(default_factory=list, sa_column=_texts())
    aliases_ar: list[str] = Field(default_factory=list, sa_column=_texts())
    latitude: float
    longitude: float
    population: int
    """Census of 2024."""
    kind: CommuneKind = Field(sa_type=Value(CommuneKind))
    retired: bool = False
    """No longer in the official list, kept because something points to it."""

    province: Province = Relationship()

    @property
    def full_name(self) -> str:
        """With its province, always: there are several Sahel and Bni Said."""
        comma = "، " if current_locale() == "ar" else ", "
        return f"{label(self)}{comma}{label(self.province)}"
