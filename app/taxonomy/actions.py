"""Loads the reference copies of `data/`. Run again after an update, it changes what changed and breaks no link."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session

from app.taxonomy.lexicon import Term, terms
from app.taxonomy.sources import CONCEPT_COLUMNS, DATA, read

Progress = Callable[[str], None]
_LISTS = frozenset(("aliases_fr", "aliases_ar", "aliases_en"))


class CorrectionError(ValueError):
    """A line of `corrections.tsv` no longer fits the label that it mends: somebody must look at it again."""


def load(session: Session, progress: Progress = lambda _: None, folder: Path = DATA) -> None:
    """Concepts, their relations and the themes. A concept that is no longer there is retired, never deleted."""
    progress("skills and occupations")
    _load_concepts(session, corrected_concepts(folder))
    progress("relations between skills")
    broader = [(row["concept_id"], row["broader_id"]) for row in read(folder / "broader.tsv.xz")]
    broader += [(term.concept()["id"], one) for term in terms(folder) if not term.same_as for one in term.under]
    _replace(session, "concept_broader", ("concept_id", "broader_id"), broader)
    progress("skills of occupations")
    _replace(
        session,
        "occupation_skill",
        ("occupation_id", "skill_id", "essential"),
        _occupation_skills(folder),
        key=("occupation_id", "skill_id"),
    )
    progress("themes")
    themes = ((*row.values(), place) for place, row in enumerate(read(folder / "themes.tsv"), start=1))
    _upsert(session, "theme", ("code", "label_fr", "label_ar", "position"), themes, key=("code",))


def corrected_concepts(folder: Path = DATA, lexicon: bool = True) -> list[dict[str, Any]]:
    """The concepts of the reference copy with `corrections.tsv` and the lexicon applied; aliases are lists.

    Without the `lexicon`, to measure what it brings.
    """
    concepts: dict[str, dict[str, Any]] = {}
    for row in read(folder / "concepts.tsv.xz"):
        concept: dict[str, Any] = {
            name: value.split("|") * bool(value) if name in _LISTS else value for name, value in row.items()
        }
        concept["arabic_official"] = row["arabic_official"] == "1"
        concepts[row["id"]] = concept
    for line in read(folder / "corrections.tsv"):
        _correct(concepts.get(line["id"], {}), line)
    for term in reversed(list(terms(folder))) if lexicon else ():
        for concept_id in term.same_as:
            _name(concepts[concept_id], term)
        if not term.same_as:
            own = term.concept()
            concepts[own["id"]] = own
    return list(concepts.values())


def _name(concept: dict[str, Any], term: Term) -> None:
    """Its names come before ESCO's own aliases: some readers take only the first."""
    for language, names in term.names.items():
        aliases = concept[f"aliases_{language}"]
        known = {concept[f"label_{language}"], *aliases}
        aliases[:0] = [name for name in names if name not in known]


def _correct(concept: dict[str, Any], line: dict[str, str]) -> None:
    """A label is replaced; an alias too (`*`: all of them), or added where nothing `was`."""
    field, was, becomes = line["field"], line["was"], line["becomes"]
    present = concept.get(field)
    if isinstance(present, list) and (was in ("", "*") or was in present):
        concept[field] = [alias for alias in (*present, becomes) if alias and was not in ("*", alias)]
    elif present == was:
        concept[field] = becomes
        concept["arabic_official"] &= field != "label_ar"
    else:
        raise CorrectionError(f"{line['id']} {field}: {was!r} is now {present!r}")


def _load_concepts(session: Session, concepts: Iterable[dict[str, Any]]) -> None:
    rows = ([*(concept[column] for column in CONCEPT_COLUMNS), False] for concept in concepts)
    _upsert(session, "concept", (*CONCEPT_COLUMNS, "retired"), rows, key=("id",))
    _run(
        session,
        "UPDATE concept SET retired = true"
        " WHERE NOT retired AND NOT EXISTS (SELECT FROM incoming_concept i WHERE i.id = concept.id)",
    )


def _occupation_skills(folder: Path) -> Iterator[tuple[str, str, bool]]:
    for row in read(folder / "occupation_skills.tsv.xz"):
        for relation in ("essential", "optional"):
            for skill in row[relation].split("|") if row[relation] else ():
                yield row["occupation_id"], skill, relation == "essential"


def _replace(
    session: Session,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    key: Sequence[str] | None = None,
) -> None:
    """Makes `table` hold exactly these rows, touching only the ones that differ: relations, to which nothing points."""
    key = key or columns
    _upsert(session, table, columns, rows, key)
    same = " AND ".join(f"i.{column} = {table}.{column}" for column in key)
    _run(session, f"DELETE FROM {table} WHERE NOT EXISTS (SELECT FROM incoming_{table} i WHERE {same})")  # noqa: S608  names of our tables


def _upsert(
    session: Session, table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], key: Sequence[str]
) -> None:
    """Inserts or updates through COPY into a temporary table, which stays until the end of the transaction."""
    names = ", ".join(columns)
    values = [column for column in columns if column not in key]
    _run(session, f"DROP TABLE IF EXISTS incoming_{table}")
    _run(
        session,
        f"CREATE TEMPORARY TABLE incoming_{table} ON COMMIT DROP AS SELECT {names} FROM {table} WITH NO DATA",  # noqa: S608
    )
    driver = session.connection().connection.driver_connection
    assert driver is not None
    with driver.cursor() as cursor, cursor.copy(f"COPY incoming_{table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    if values:
        changes = "DO UPDATE SET " + ", ".join(f"{column} = excluded.{column}" for column in values)
        old, new = (", ".join(f"{side}.{column}" for column in values) for side in (table, "excluded"))
        changes += f" WHERE ({old}) IS DISTINCT FROM ({new})"
    else:
        changes = "DO NOTHING"
    _run(
        session,
        f"INSERT INTO {table} ({names}) SELECT {names} FROM incoming_{table}"  # noqa: S608  names of our tables
        f" ON CONFLICT ({', '.join(key)}) {changes}",
    )


def _run(session: Session, statement: str) -> None:
    session.execute(text(statement))
