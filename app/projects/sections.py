"""The sections of a fiche: what each asks, in which words, and what is a good answer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.kernel.days import Day
from app.kernel.i18n import N_
from app.kernel.text import Key, Line, Paragraphs
from app.projects.fields import Amount, Count, SecureLink

TITLE_LENGTH = 120
SUMMARY_LENGTH = 2_000
TEXT_LENGTH = 6_000
LINE_LENGTH = 200
"""Of `Line`."""

Title = Annotated[Line, StringConstraints(min_length=5, max_length=TITLE_LENGTH)]
Summary = Annotated[Paragraphs, StringConstraints(min_length=10, max_length=SUMMARY_LENGTH)]
SectionText = Annotated[Paragraphs, StringConstraints(max_length=TEXT_LENGTH)]


class Idea(BaseModel):
    title: Title
    summary: Summary
    commune_code: Key = ""
    """Of the commune that was typed or chosen (`territories.forms`)."""


class OfTheme(BaseModel):
    theme_code: Key = ""


class Words(BaseModel):
    text: SectionText = ""


class Beneficiaries(Words):
    women: Count | None = None
    young_people: Count | None = None
    children: Count | None = None
    special_needs: Count | None = None
    total: Count | None = None


class Budget(Words):
    dirhams: Amount | None = None
    crowdfunding_url: SecureLink = ""


class PhaseState(StrEnum):
    TO_DO = "to_do"
    UNDER_WAY = "under_way"
    DONE = "done"


PHASE_STATES = {
    PhaseState.TO_DO: N_("À faire"),
    PhaseState.UNDER_WAY: N_("En cours"),
    PhaseState.DONE: N_("Fait"),
}


class Phase(BaseModel):
    title: Line
    responsible: Line = ""
    starts_on: Day
    ends_on: Day
    state: PhaseState | None = None
    """Nobody said where it is: its dates tell what was meant."""

    @field_validator("ends_on")
    @classmethod
    def _after_its_start(cls, value: Day, info: ValidationInfo) -> Day:
        if (start := info.data.get("starts_on")) and value < start:
            raise PydanticCustomError("period", N_("La fin ne peut pas être avant le début."))
        return value


class Chronogram(BaseModel):
    phases: list[Phase] = []


class Figure(BaseModel):
    number: Annotated[Line, StringConstraints(max_length=20)]
    words: Annotated[Line, StringConstraints(max_length=80)]


class Done(Words):
    """`text` says how it is after."""

    before: SectionText = ""
    done_on: Day | None = None
    lesson_1: Line = ""
    lesson_2: Line = ""
    lesson_3: Line = ""
    figures: list[Figure] = []

    @property
    def lessons(self) -> list[str]:
        return [lesson for lesson in (self.lesson_1, self.lesson_2, self.lesson_3) if lesson]


class ShownOnPhoto(BaseModel):
    words: Line = ""


@dataclass(frozen=True)
class Field:
    """One answer: its name in the form, its label, and the control that asks for it (`projects/_fields.html`)."""

    name: str
    label: str
    control: str = "text"
    hint: str = ""
    optional: bool = True
    maximum: int | None = None

    @property
    def is_words(self) -> bool:
        """Written in a language: what one translates. The other answers are the same in every language."""
        return self.control in ("text", "line")


@dataclass(frozen=True)
class Rows:
    """A list of small forms inside a section."""

    name: str
    one: str
    more: str
    form: type[BaseModel]
    fields: tuple[Field, ...]
    most: int


@dataclass(frozen=True)
class SectionKind:
    name: str
    title: str
    invitation: str
    hint: str
    form: type[BaseModel] = Words
    fields: tuple[Field, ...] = ()
    rows: Rows | None = None

    @property
    def all_fields(self) -> tuple[Field, ...]:
        return self.fields + (self.rows.fields if self.rows else ())

    @property
    def prose(self) -> str | None:
        """The name of its text, where it has one."""
        return next((field.name for field in self.fields if field.control == "text"), None)


def _of_words(name: str, title: str, invitation: str, hint: str) -> SectionKind:
    """A section that is one text."""
    return SectionKind(name, title, invitation, hint, fields=(Field("text", title, maximum=TEXT_LENGTH),))


IDEA = SectionKind(
    "idea",
    N_("L’idée"),
    N_("Écrire l’idée"),
    "",
    Idea,
    (
        Field("title", N_("Que voulez-vous faire ?"), "line", optional=False, maximum=TITLE_LENGTH),
        Field("commune_code", N_("Dans quelle commune ?"), "commune", optional=False),
        Field("summary", N_("Racontez en quelques lignes"), optional=False, maximum=SUMMARY_LENGTH),
    ),
)

FICHE = (
    SectionKind(
        "done",
        N_("Ce qui a été fait"),
        N_("Raconter ce qui a été fait"),
        N_("Ce qui existe maintenant, même petit. Rien n’attire autant l’aide que ce qui a déjà été fait."),
        Done,
        (
            Field(
                "before", N_("Avant"), hint=N_("Comment c’était, et pour qui c’était difficile."), maximum=TEXT_LENGTH
            ),
            Field("text", N_("Après : ce qui a été fait"), maximum=TEXT_LENGTH),
            Field("done_on", N_("Quand ?"), "day"),
            Field(
                "lesson_1",
                N_("Ce que nous avons appris, en trois lignes"),
                "line",
                N_("Une phrase qui servirait à une autre commune : ce qui a aidé, ce que vous feriez autrement."),
                maximum=LINE_LENGTH,
            ),
            Field("lesson_2", N_("Deuxième ligne"), "line", maximum=LINE_LENGTH),
            Field("lesson_3", N_("Troisième ligne"), "line", maximum=LINE_LENGTH),
        ),
        Rows(
            "figures",
            N_("Un chiffre"),
            N_("Encore des chiffres"),
            Figure,
            (
                Field("number", N_("Nombre"), "value", N_("Par exemple : 17"), optional=False),
                Field("words", N_("De quoi ?"), "line", N_("Par exemple : agents formés"), optional=False),
            ),
            6,
        ),
    ),
    SectionKind(
        "theme",
        N_("Thématique"),
        N_("Choisir la thématique"),
        N_("Elle aide à trouver le projet parmi les autres."),
        OfTheme,
        (Field("theme_code", N_("Thématique"), "theme"),),
    ),
    _of_words(
        "context",
        N_("Contexte"),
        N_("Ajouter le contexte"),
        N_("D’où vient cette idée ? Que se passe-t-il aujourd’hui, et pour qui est-ce difficile ?"),
    ),
    _of_words(
        "objective",
        N_("Objectif"),
        N_("Ajouter l’objectif"),
        N_("Ce que vous voulez changer, en une ou deux phrases."),
    ),
    _of_words(
        "results",
        N_("Résultats attendus"),
        N_("Ajouter les résultats attendus"),
        N_("À quoi verra-t-on que c’est réussi ?"),
    ),
    SectionKind(
        "beneficiaries",
        N_("Bénéficiaires"),
        N_("Dire qui en bénéficie"),
        N_("Pour qui est-ce ? Des nombres approximatifs suffisent, et chacun peut rester vide."),
        Beneficiaries,
        (
            Field("text", N_("Pour qui ?"), maximum=TEXT_LENGTH),
            Field("women", N_("Femmes"), "number"),
            Field("young_people", N_("Jeunes"), "number"),
            Field("children", N_("Enfants"), "number"),
            Field("special_needs", N_("Personnes à besoins spécifiques"), "number"),
            Field("total", N_("En tout"), "number"),
        ),
    ),
    _of_words(
        "partners",
        N_("Partenaires"),
        N_("Ajouter les partenaires"),
        N_("Associations, services de l’État, communes jumelées… qui est déjà avec vous ?"),
    ),
    _of_words(
        "place",
        N_("Lieu"),
        N_("Préciser le lieu"),
        N_("Le douar, le quartier, le bâtiment, et comment on y arrive."),
    ),
    SectionKind(
        "budget",
        N_("Budget"),
        N_("Ajouter le budget"),
        N_("Ce que cela coûte et ce qui est déjà trouvé. Aucun paiement ne passe par Twiza."),
        Budget,
        (
            Field("text", N_("En quelques mots"), maximum=TEXT_LENGTH),
            Field("dirhams", N_("Total, en dirhams"), "number"),
            Field(
                "crowdfunding_url",
                N_("Page de financement participatif"),
                "link",
                N_("L’adresse complète d’une page qui existe déjà ailleurs. Elle commence par https://."),
            ),
        ),
    ),
    _of_words(
        "plan_origin",
        N_("Programme d’action de la commune"),
        N_("Dire si le projet vient du programme d’action"),
        N_("L’axe ou l’action du programme d’action de la commune dont vient ce projet, s’il en vient."),
    ),
    SectionKind(
        "chronogram",
        N_("Chronogramme"),
        N_("Ajouter les étapes et leurs dates"),
        N_("Une étape à la fois : quoi, qui s’en charge, de quand à quand. Les étapes laissées vides ne comptent pas."),
        Chronogram,
        (),
        Rows(
            "phases",
            N_("Étape"),
            N_("Encore des étapes"),
            Phase,
            (
                Field("title", N_("Que fait-on ?"), "line", optional=False),
                Field("responsible", N_("Qui s’en charge ?"), "line"),
                Field("starts_on", N_("Du"), "day", optional=False),
                Field("ends_on", N_("Au"), "day", optional=False),
                Field("state", N_("Où en est-on ?"), "phase_state"),
            ),
            30,
        ),
    ),
)

NEED_PREFIX, PHOTO_PREFIX = "need-", "photo-"


def of_need(need_id: int) -> SectionKind:
    """A need is translated as a section is."""
    return _of_words(f"{NEED_PREFIX}{need_id}", N_("Besoin"), "", "")


def of_photo(photo_id: int) -> SectionKind:
    """What a photograph shows, too."""
    field = Field("words", N_("Ce que montre la photo"), "line", maximum=LINE_LENGTH)
    return SectionKind(f"{PHOTO_PREFIX}{photo_id}", N_("Photo"), "", "", ShownOnPhoto, (field,))


BY_NAME = {kind.name: kind for kind in (IDEA, *FICHE)}

WITHOUT_WORDS = frozenset(field.name for kind in BY_NAME.values() for field in kind.fields if not field.is_words)
"""Answers that are the same in every language: a number, a date, a code, a link."""
