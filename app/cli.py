"""`twiza`: the verbs of an installation."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
import uvicorn
from rich.console import Console
from rich.progress import MofNCompleteColumn, Progress
from sqlalchemy import Engine
from sqlmodel import Session

import app.models  # noqa: F401  every table
from app.accounts.contact import parse_email
from app.accounts.rights import make_administrator
from app.doctor import examine
from app.kernel import catalogues as catalogue_files
from app.kernel.database import create_database_engine
from app.kernel.errors import Invalid
from app.kernel.logging import configure_logging
from app.kernel.migrating import database_url
from app.kernel.migrating import migrate as migrate_database
from app.kernel.settings import Settings
from app.matching.commands import match
from app.preparing import load_reference

cli = typer.Typer(no_args_is_help=True, add_completion=False, help="Twiza · تويزة : faire vivre une installation.")
catalogues = typer.Typer(no_args_is_help=True, help="Extract, update and compile the translations.")
cli.add_typer(catalogues, name="catalogues")
cli.add_typer(match, name="match")
console = Console()


@contextmanager
def database() -> Iterator[tuple[Settings, Engine]]:
    """The settings and an engine; an embedded server runs as long as the block."""
    settings = Settings()
    with database_url(settings) as url:
        engine = create_database_engine(url)
        yield settings, engine
        engine.dispose()


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", envvar="PORT")] = 8000,
    processes: Annotated[int, typer.Option(help="Server processes.", min=1)] = 1,
    worker: Annotated[bool, typer.Option(help="Also send messages from here (else run `twiza worker`).")] = True,
    prepare: Annotated[bool, typer.Option(help="First bring the database up, with data and demonstration.")] = False,
) -> None:
    """Serve the site."""
    os.environ.setdefault("TWIZA_BASE_URL", f"http://{host}:{port}")
    settings = Settings()
    with database_url(settings) as url:
        os.environ["TWIZA_DATABASE_URL"] = url
        if prepare:
            _prepare(create_database_engine(url), settings)
            console.print(f"\n[bold]Twiza · تويزة[/bold]  {settings.base_url}/fr/ · {settings.base_url}/ar/\n")
        # Uvicorn hands the signal on once it has stopped: the worker and the embedded server must be stopped then.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        command = [sys.executable, "-m", "app.cli", "worker", "--beside", str(os.getpid())]
        sender = subprocess.Popen(command) if worker else None  # noqa: S603  ourselves
        try:
            uvicorn.run(
                "app.main:create_app",
                factory=True,
                host=host,
                port=port,
                workers=processes,
                log_config=None,
                access_log=False,
                proxy_headers=settings.environment == "production",
                forwarded_allow_ips=os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1"),
            )
        finally:
            if sender is not None:
                sender.send_signal(signal.SIGTERM)
                sender.wait()


@cli.command()
def worker(beside: Annotated[int, typer.Option(help="Stop with the process of this number.")] = 0) -> None:
    """Send messages as they become due, and clear away what has expired, until stopped."""
    from app.worker import run

    with database() as (settings, engine):
        configure_logging(as_json=settings.environment == "production")
        run(engine, settings, beside)


@cli.command()
def migrate() -> None:
    """Bring the database up to this version of the code."""
    with database() as (_settings, engine):
        migrate_database(engine)
        console.print("The database is up to date.")


def _prepare(engine: Engine, settings: Settings) -> None:
    from app.demonstration import console as demonstration  # imports every domain: other verbs do without
    from app.reindexing import store_again

    migrate_database(engine)
    load_reference(engine)
    with Session(engine) as session:
        store_again(session)
        is_new = demonstration.is_empty(session) and settings.environment == "development"
    if is_new:
        demonstration.load(engine)
    with Session(engine) as session:
        if demonstration.is_loaded(session):
            console.print(demonstration.sign_ins())
    engine.dispose()


@cli.command()
def reference(
    again: Annotated[bool, typer.Option(help="Load even what is in the database already.")] = False,
) -> None:
    """Load the communes and the taxonomy, or bring them up to this version's; and what matching keeps."""
    from app.reindexing import store_again  # imports most domains: other verbs do without

    with database() as (_settings, engine), Session(engine) as session:
        loaded, stored = load_reference(engine, again), store_again(session)
        if not loaded and not stored:
            console.print("The reference data is up to date.")


@cli.command()
def matches(
    again: Annotated[bool, typer.Option(help="Make even those again that are up to date.")] = False,
    processes: Annotated[int, typer.Option(help="Processes that share the work.", min=1)] = 2,
) -> None:
    """Find the people for all needs in advance. It may be stopped and started again, beside workers or not."""
    from app.contributions import keeping  # imports most domains: other verbs do without
    from app.rematching import keep_all

    with database() as (_settings, engine):
        with Session(engine) as session:
            if again:
                keeping.outdate(session)
                session.commit()
            due, unexplained = keeping.left(session)
        with Progress(*Progress.get_default_columns(), MofNCompleteColumn(), console=console) as progress:
            order = progress.add_task("people of each need", total=due)
            why = progress.add_task("their reasons", total=due + unexplained)

            def said(left: int, unexplained_now: int) -> None:
                progress.update(order, completed=due - left)
                progress.update(why, completed=due + unexplained - left - unexplained_now)

            keep_all(engine, processes, said)
    console.print(f"The lists of {due} needs were made." if due else "All lists are up to date.")


@cli.command()
def demo(
    again: Annotated[bool, typer.Option(help="Wipe it, with all that was tried in it, and tell it anew.")] = False,
) -> None:
    """Tell the pilot's story in an empty database, to look around in."""
    from app.demonstration import console as demonstration

    with database() as (settings, engine):
        with Session(engine) as session:
            try:
                demonstration.check(session, again)
            except demonstration.Refused as refused:
                console.print(str(refused))
                raise typer.Exit(1) from refused
            if visitors := demonstration.visitors(session):
                typer.confirm(f"{visitors} accounts were opened in it since; they go too. Begin anew?", abort=True)
        if settings.environment == "production":
            typer.confirm("Everybody knows its passwords, the administrator's too. Go on?", abort=True)
        load_reference(engine)
        demonstration.load(engine, again)
        console.print(demonstration.sign_ins())


@cli.command()
def simulate(
    months: Annotated[int, typer.Option(help="How many.", min=1, max=60)] = 12,
    communes: Annotated[int, typer.Option(help="Each with an agent.", min=1)] = 50,
    contributors: Annotated[int, typer.Option(help="Tied to these communes.", min=1)] = 2000,
    seed: Annotated[int, typer.Option(help="The same seed tells the same months.")] = 1,
) -> None:
    """Live months in an empty database, people who do not answer included, and prove that nothing is lost."""
    from app.simulation import console as simulation  # imports every domain: other verbs do without

    with database() as (settings, engine):
        migrate_database(engine)
        load_reference(engine)
        if not simulation.run(engine, settings, months, communes, contributors, seed):
            raise typer.Exit(1)


@cli.command()
def create_admin(
    name: Annotated[str, typer.Argument(help="As people call them.")],
    email: Annotated[str, typer.Argument(help="Where they are reached.")],
    password: Annotated[str, typer.Option(prompt=True, hide_input=True, confirmation_prompt=True)],
    locale: Annotated[str, typer.Option(help="fr or ar.")] = "fr",
) -> None:
    """Open an administrator's account, or give that role to the account of this address."""
    with database() as (_settings, engine), Session(engine) as session:
        try:
            created = make_administrator(session, name, parse_email(email), password, locale)
        except Invalid as refused:
            console.print(refused.sentence())
            raise typer.Exit(1) from refused
        session.commit()
        console.print(f"{created.name} <{created.email}> is an administrator.")


@cli.command()
def doctor() -> None:
    """Say what is wrong with this installation, and how to mend it."""
    with database() as (settings, engine):
        findings = list(examine(settings, engine))
    for finding in findings:
        mark = "[red]✗[/red]" if finding.mend else "[green]✓[/green]"
        console.print(f"{mark} {finding.about}: {finding.found}", highlight=False)
        if finding.mend:
            console.print(f"    → {finding.mend}", highlight=False)
    raise typer.Exit(1 if any(finding.mend for finding in findings) else 0)


@catalogues.command()
def extract(to: Annotated[Path, typer.Argument(help="The .pot file to write.")] = Path("messages.pot")) -> None:
    """Write every French sentence of the code and the templates into one file, for a translator's tools."""
    from babel.messages.pofile import write_po

    with to.open("wb") as file:
        write_po(file, catalogue_files.extract(), width=120, sort_output=True)


@catalogues.command()
def update() -> None:
    """Bring each catalogue up to the sentences of the code, and say what is left to translate."""
    for locale in catalogue_files.TRANSLATED:
        catalogue_files.update(locale)
        missing = catalogue_files.untranslated(locale)
        console.print(f"{locale}: {len(missing)} sentences to translate")
        for sentence in missing:
            console.print(f"  · {sentence}", markup=False)


@catalogues.command(name="compile")
def compile_() -> None:
    """Write the binary catalogues that the application reads."""
    catalogue_files.compile_catalogues()


def main() -> None:
    catalogue_files.compile_catalogues()
    cli()


if __name__ == "__main__":
    main()
