from enum import StrEnum

from sqlalchemy import ARRAY, Column, Text
from sqlmodel import Field, Relationship

from app.kernel.database import Table, Value, one_of
from app.kernel.i18n import N_, current_locale, gettext


class ProvinceKind(StrEnum):
    PROVINCE = "province"
    PREFECTURE = "prefecture"


_SAID = {
    ProvinceKind.PROVINCE: N_("%(name)s (province)"),
    ProvinceKind.PREFECTURE: N_("%(name)s (préfecture)"),
}


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

    def name(self, language: str) -> str:
        return self.name_ar if language == "ar" else self.name_fr

    @property
    def full_name(self) -> str:
        """Told apart from the commune or the province of the same name."""
        return gettext("%(name)s (région)") % {"name": self.name(current_locale())}


class Province(Table, table=True):
    """A province (إقليم) or a prefecture (عمالة)."""

    __tablename__ = "province"
    __table_args__ = (one_of("kind", ProvinceKind),)

    code: str = Field(primary_key=True)
    region_code: str = Field(foreign_key="region.code", index=True)
    name_fr: str
    name_ar: str
    kind: ProvinceKind = Field(default=ProvinceKind.PROVINCE, sa_type=Value(ProvinceKind))

    region: Region = Relationship()

    def name(self, language: str) -> str:
        return self.name_ar if language == "ar" else self.name_fr

    @property
    def full_name(self) -> str:
        """Told apart from the commune of the same name: most provinces are called after their chief town."""
        return gettext(_SAID[self.kind]) % {"name": self.name(current_locale())}


class Commune(Table, table=True):
    """`code` is the Haut-Commissariat au Plan's: the province's code begins it, and the region's begins that."""

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
    """No longer in the official list, kept because something may point to it."""

    # A commune is never shown without its province: they are read together.
    province: Province = Relationship(sa_relationship_kwargs={"lazy": "joined", "innerjoin": True})

    def name(self, language: str) -> str:
        return self.name_ar if language == "ar" else self.name_fr

    def name_and_province(self, language: str) -> str:
        return with_province(self.name(language), self.province.name(language), language)

    @property
    def full_name(self) -> str:
        """With its province, always, in the reader's language: there are several Sahel and Bni Said."""
        return self.name_and_province(current_locale())


def with_province(commune: str, province: str, language: str) -> str:
    """The names in that language, as one."""
    comma = "، " if language == "ar" else ", "
    return f"{commune}{comma}{province}"


Territory = Region | Province | Commune
