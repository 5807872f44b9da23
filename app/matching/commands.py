"""`twiza match …`: rank an outside set with the code of the application, learn the table again, link phrases."""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import Progress, track
from sqlmodel import Session, SQLModel

from app.kernel.database import create_database_engine
from app.kernel.embedded import EmbeddedPostgres
from app.matching import resemblance, resemblance_training, training, translation, vector_training, vectors
from app.matching.actions import store
from app.matching.documents import analyse
from app.matching.linking import Linker
from app.matching.models import MatchDocument
from app.matching.names import Named
from app.matching.retrieval import nearest
from app.matching.text import DATA
from app.taxonomy.actions import corrected_concepts

match = typer.Typer(no_args_is_help=True, help="Rank an outside set, learn the translation table again, link phrases.")
console = Console()

RANKED = 100
LINKED = 20

Input = Annotated[Path, typer.Option(exists=True, dir_okay=False)]
Output = Annotated[Path, typer.Option(dir_okay=False, help="Written anew, one JSON object a line.")]


@match.command()
def rank(needs: Input, profiles: Input, output: Output) -> None:
    """Rank the profiles of a file for the needs of another, by competence, in a throw-away database.

    A need may have: id, lang, title, description, skills. A profile: id, lang, headline, bio, skills, occupation.
    """
    people = list(_lines(profiles))
    with _throw_away_database() as session, output.open("w", encoding="utf-8") as ranking:
        for number, person in enumerate(track(people, "profiles", console=console)):
            store(
                session,
                "profile",
                number,
                _parts(person, "headline", "bio", "skills", "occupation"),
                person.get("lang"),
            )
        session.commit()
        for need in track(list(_lines(needs)), "needs", console=console):
            wanted = analyse(_parts(need, "title", "description", "skills"), need.get("lang"))
            found = [people[near.subject_id]["id"] for near in nearest(session, "profile", wanted)[:RANKED]]
            ranking.write(json.dumps({"need": need["id"], "profiles": found}) + "\n")


@match.command()
def train(
    folder: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Where the artefacts are written.")] = DATA,
) -> None:
    """Learn the translation table and the vectors from the names of all concepts, in ten minutes on one core."""
    names = list(training.all_names())
    table, rows, named = (folder / one.ARTEFACT.name for one in (translation, vectors, resemblance))
    with console.status("translation table"):
        translation.write(training.train(names), table)
    with Progress(console=console) as progress:
        learning = progress.add_task("vectors", total=1.0)
        learnt = translation.read(table)
        related = list(training.related())
        values = vector_training.train(names, related, learnt, lambda done: progress.update(learning, completed=done))
        vectors.write(values, training.digest(names, related), learnt.learnt_from, rows)
        learning = progress.add_task("vectors of names", total=1.0)
        under = list(resemblance_training.broader())
        values = resemblance_training.train(
            names, under, learnt, lambda done: progress.update(learning, completed=done)
        )
        vectors.write(values, training.digest(names, under), learnt.learnt_from, named)
    for made in (table, rows, named):
        console.print(f"{made}: {made.stat().st_size / 1e6:.2f} MB")


@match.command()
def link(
    mentions: Annotated[Path, typer.Option(exists=True, dir_okay=False, help="id, language and text, tab separated.")],
    output: Output,
    kind: Annotated[str, typer.Option(help="Only concepts of this kind: skill or occupation.")] = "",
) -> None:
    """Find the concepts that phrases resemble most."""
    concepts = [Named.of(concept) for concept in corrected_concepts() if concept["kind"] != "group"]
    linker = Linker.over([one for one in concepts if kind in ("", one.kind)], translation.translations())
    with output.open("w", encoding="utf-8") as links:
        for line in track(mentions.read_text(encoding="utf-8").splitlines(), "phrases", console=console):
            mention, language, phrase = line.split("\t")
            spoken = translation.translations().spoken(language, phrase)
            found = [concept for concept, _ in linker.nearest(phrase, spoken, LINKED)]
            links.write(json.dumps({"mention": mention, "concepts": found}) + "\n")


def _parts(row: dict[str, Any], *names: str) -> list[str]:
    """The texts of a row; a list gives a part each, what is missing gives none."""
    values = (row.get(name) or [] for name in names)
    return [part for value in values for part in (value if isinstance(value, list) else [value])]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())


@contextmanager
def _throw_away_database() -> Iterator[Session]:
    with tempfile.TemporaryDirectory() as folder:
        server = EmbeddedPostgres(Path(folder))
        engine = create_database_engine(server.start())
        try:
            SQLModel.metadata.tables[MatchDocument.__tablename__].create(engine)
            with Session(engine) as session:
                yield session
        finally:
            engine.dispose()
            server.stop()
