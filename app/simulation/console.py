"""`twiza simulate`: months of life, and what they prove."""

import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table
from sqlalchemy import Engine, text
from sqlmodel import Session

from app.demonstration.loading import is_empty
from app.kernel.database import now
from app.kernel.settings import Settings
from app.reminders.times import times
from app.simulation.invariants import broken
from app.simulation.months import Simulated, simulate

console = Console()
COUNTED = ("project", "need", "contribution", "mission", "suggestion", "reminder", "message", "solicitation")


def run(engine: Engine, settings: Settings, months: int, communes: int, contributors: int, seed: int) -> bool:
    """Says what happened; False if an invariant is broken. Raises typer.Exit in a database that serves people."""
    with Session(engine) as session:
        if not is_empty(session):
            console.print("This database serves people: a simulation only goes into an empty one.")
            raise typer.Exit(1)
    told = Simulated()
    with Progress(console=console) as progress:
        task = progress.add_task(f"{months} months", total=1.0)
        days = simulate(
            engine, settings, months=months, communes=communes, contributors=contributors, seed=seed, told=told
        )
        for done in days:
            progress.update(task, completed=done)
    with Session(engine) as session:
        return report(session, told)


def report(session: Session, told: Simulated) -> bool:
    rows = {name: session.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one() for name in COUNTED}  # noqa: S608
    console.print(", ".join(f"{number} {name}" for name, number in rows.items()))
    console.print(f"{told.acted} answers, {len(told.sent)} e-mails; refused by the application: {told.refused}")
    table = Table("step", "times", "median days", "nine of ten")
    for taken in times(session):
        if taken.region is None and taken.month is None:
            table.add_row(taken.step.value, str(taken.times), f"{taken.median:.1f}", f"{taken.ninetieth:.1f}")
    console.print(table)
    found = broken(session, told, now().date().isoformat())
    for words, breaking in found.items():
        mark = "[red]✗[/red]" if breaking else "[green]✓[/green]"
        console.print(f"{mark} {words}{f': {len(breaking)}, as {breaking[:5]}' if breaking else ''}", highlight=False)
    return not any(found.values())
