"""How the content of a section travels: from a form to the database and back, and from one language to the other.

It is stored as JSON without its empty answers. In a form, and in a translation, it is flat: the rows of a list are
numbered (`phases-0-title`), so that every answer has one name, one error and one place in a comparison.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, StringConstraints, create_model

from app.kernel.forms import Submitted, validate
from app.kernel.text import Line, Paragraphs
from app.matching import queries as matching
from app.projects.sections import Field, Rows, SectionKind

Flat = dict[str, Any]
"""Name of a form field → what stands in it."""

SPARE_ROWS = 2
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
    words = {field.name for field in kind.all_fields if field.is_words}
    return {name: str(value) for name, value in flat(kind, content).items() if value and field_of(name) in words}


def word_fields(kind: SectionKind, parts: Iterable[str]) -> dict[str, Field]:
    """The fields in which these parts are written."""
    fields = {field.name: field for field in kind.all_fields}
    return {name: fields[field_of(name)] for name in parts}


def read_words(kind: SectionKind, parts: Iterable[str], posted: Mapping[str, str]) -> Submitted[Any]:
    """The same parts in another language, none left out."""
    asked: dict[str, Any] = {name: (_words_of(field), ...) for name, field in word_fields(kind, parts).items()}
    return validate(create_model("Translated", **asked), {name: posted.get(name, "") for name in asked})


def _words_of(field: Field) -> Any:
    kind = Line if field.control == "line" else Paragraphs
    return Annotated[kind, StringConstraints(max_length=field.maximum)]


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


def merged(
    kind: SectionKind, base: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]
) -> dict[str, Any]:
    """What two people made of one text: each one's changes, and mine where both changed the same answer."""
    names = [*kind.form.model_fields]
    chosen = {name: theirs.get(name) if mine.get(name) == base.get(name) else mine.get(name) for name in names}
    return {name: value for name, value in chosen.items() if value is not None}


def field_of(name: str) -> str:
    """`phases-0-title` is a `title`."""
    return name.rpartition("-")[2]


def language_of(kind: SectionKind, content: Mapping[str, Any]) -> str:
    """Recognised from its words: `ar` or `fr`."""
    return recognised(*texts(kind, content).values())


def recognised(*words: str) -> str:
    return "ar" if matching.recognised(" . ".join(words)) == "ar" else "fr"


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
