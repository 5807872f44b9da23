"""The sections of a fiche: what each asks, in which words, how its content travels through forms and the database.

A content is stored as JSON without its empty answers. In a form, and in a translation, it is flat: the rows of a list
are numbered (`phases-0-title`), so that every answer has one name, one error and one place in a comparison.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from app.kernel.forms import Submitted, validate
from app.kernel.i18n import N_
from app.kernel.text import Line, Paragraphs, ShortLine
from app.projects.fields import Amount, Count, Day, SecureLink

Flat = dict[str, Any]
"""Name of a form field → what stands in it."""

TITLE_LENGTH = 120
SUMMARY_LENGTH = 2_000
TEXT_LENGTH = 6_000

Title = Annotated[Line, StringConstraints(min_length=5, max_length=TITLE_LENGTH)]
Summary = Annotated[Paragraphs, StringConstraints(min_length=10, max_length=SUMMARY_LENGTH)]
SectionText = Annotated[Paragraphs, StringConstraints(max_length=TEXT_LENGTH)]


class Idea(BaseModel):
    title: Title
    summary: Summary
    commune_code: ShortLine = ""
    """Of the commune that was typed or chosen (`territories.forms`)."""


class OfTheme(BaseModel):
    theme_code: ShortLine = ""


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


class Phase(BaseModel):
    title: Line
    responsible: Line = ""
    starts_on: Day
    ends_on: Day

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
    done_on: Day | None = None
    figures: list[Figure] = []


@dataclass(frozen=True)
class Rows:
    """A list of small forms inside a section."""

    name: str
    form: type[BaseModel]
    most: int


@dataclass(frozen=True)
class SectionKind:
    name: str
    title: str
    invitation: str
    hint: str
    form: type[BaseModel] = Words
    texts: tuple[str, ...] = ("text",)
    """The answers, of the section or of its rows, that are written in a language: those that one translates."""
    rows: Rows | None = None


IDEA = SectionKind(
    "idea",
    N_("L’idée"),
    N_("Écrire l’idée"),
    "",
    Idea,
    ("title", "summary"),
)

FICHE = (
    SectionKind(
        "done",
        N_("Ce qui a été fait"),
        N_("Raconter ce qui a été fait"),
        N_("Ce qui existe maintenant, même petit. Rien n’attire autant l’aide que ce qui a déjà été fait."),
        Done,
        ("text", "words"),
        Rows("figures", Figure, 6),
    ),
    SectionKind(
        "theme",
        N_("Thématique"),
        N_("Choisir la thématique"),
        N_("Elle aide à trouver le projet parmi les autres."),
        OfTheme,
        (),
    ),
    SectionKind(
        "context",
        N_("Contexte"),
        N_("Ajouter le contexte"),
        N_("D’où vient cette idée ? Que se passe-t-il aujourd’hui, et pour qui est-ce difficile ?"),
    ),
    SectionKind(
        "objective",
        N_("Objectif"),
        N_("Ajouter l’objectif"),
        N_("Ce que vous voulez changer, en une ou deux phrases."),
    ),
    SectionKind(
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
    ),
    SectionKind(
        "partners",
        N_("Partenaires"),
        N_("Ajouter les partenaires"),
        N_("Associations, services de l’État, communes jumelées… qui est déjà avec vous ?"),
    ),
    SectionKind(
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
    ),
    SectionKind(
        "plan_origin",
        N_("Programme d’action de la commune"),
        N_("Dire si le projet vient du programme d’action"),
        N_("L’axe ou l’action du programme d’action de la commune dont vient ce projet, s’il en vient."),
    ),
    SectionKind(
        "chronogram",
        N_("Chronogramme"),
        N_("Ajouter les étapes et leurs dates"),
        N_("Une ligne par étape : quoi, qui s’en charge, du quand au quand. Les lignes vides ne comptent pas."),
        Chronogram,
        ("title", "responsible"),
        Rows("phases", Phase, 30),
    ),
)

NEED_PREFIX = "need-"


def of_need(need_id: int) -> SectionKind:
    """A need is translated as a section is."""
    return SectionKind(f"{NEED_PREFIX}{need_id}", N_("Besoin"), "", "")


BY_NAME = {kind.name: kind for kind in (IDEA, *FICHE)}

WITHOUT_WORDS = frozenset(
    name
    for kind in BY_NAME.values()
    for name in kind.form.model_fields
    if name not in kind.texts and (kind.rows is None or name != kind.rows.name)
)
"""Answers that are the same in every language: a number, a date, a code, a link."""

SPARE_ROWS = 3
"""Empty lines that a list offers below the filled ones."""


def read(kind: SectionKind, posted: Mapping[str, str]) -> Submitted[Any]:
    """What was posted for a section; the errors of a row stand at the names of its fields."""
    own = {name: posted.get(name, "") for name in kind.form.model_fields if not _is_list(kind, name)}
    if kind.rows is None:
        return validate(kind.form, own)
    rows, typed, errors = [], {}, {}
    for number, row in _posted_rows(kind.rows, posted):
        typed.update({f"{kind.rows.name}-{number}-{name}": value for name, value in row.items()})
        if not any(row.values()):
            continue
        line = validate(kind.rows.form, row)
        if line.refused:
            errors.update({f"{kind.rows.name}-{number}-{name}": sentence for name, sentence in line.errors.items()})
        else:
            rows.append(line.data)
    form = validate(kind.form, {**own, kind.rows.name: rows})
    form.values = own | typed
    form.errors.update(errors)
    return form


def stored(data: BaseModel) -> dict[str, Any]:
    """The content as it is kept: what was left empty is not there."""
    return {
        name: value
        for name, value in data.model_dump(mode="json", exclude_defaults=True).items()
        if value not in ("", [], None)
    }


def flat(kind: SectionKind, content: Mapping[str, Any]) -> Flat:
    """A stored content as the values of its form."""
    values: Flat = {name: value for name, value in content.items() if not _is_list(kind, name)}
    if kind.rows is not None:
        for number, row in enumerate(content.get(kind.rows.name, [])):
            values.update({f"{kind.rows.name}-{number}-{name}": value for name, value in row.items()})
    return values


def texts(kind: SectionKind, content: Mapping[str, Any]) -> dict[str, str]:
    """The answers written in a language, by the name of their field, in the order of the form."""
    return {name: str(value) for name, value in flat(kind, content).items() if value and field_of(name) in kind.texts}


def with_texts(kind: SectionKind, content: Mapping[str, Any], replaced: Mapping[str, str]) -> dict[str, Any]:
    """The content with some of its texts said otherwise: in another language."""
    own = {name: replaced.get(name, value) for name, value in content.items() if not _is_list(kind, name)}
    if kind.rows is None:
        return own
    listed = [
        {name: replaced.get(f"{kind.rows.name}-{number}-{name}", value) for name, value in row.items()}
        for number, row in enumerate(content.get(kind.rows.name, []))
    ]
    return {**own, kind.rows.name: listed}


def field_of(name: str) -> str:
    """`phases-0-title` is a `title`."""
    return name.rpartition("-")[2]


def row_count(kind: SectionKind, values: Mapping[str, Any], wanted: int = 0) -> int:
    """How many lines the form of a list shows: the filled ones and a few more."""
    if kind.rows is None:
        return 0
    filled = [number for number, row in _posted_rows(kind.rows, values) if any(row.values())]
    return min(kind.rows.most, max(wanted, (filled[-1] + 1 if filled else 0) + SPARE_ROWS))


def _is_list(kind: SectionKind, name: str) -> bool:
    return kind.rows is not None and name == kind.rows.name


def _posted_rows(rows: Rows, posted: Mapping[str, Any]) -> Iterator[tuple[int, dict[str, str]]]:
    for number in range(rows.most):
        row = {name: str(posted.get(f"{rows.name}-{number}-{name}") or "") for name in rows.form.model_fields}
        yield number, row
