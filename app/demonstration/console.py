"""What the command line shows of the demonstration: how far it is, and with which accounts to look at it."""

from rich.progress import Progress
from rich.table import Table
from sqlalchemy import Engine
from sqlmodel import Session

from app.demonstration import loading
from app.demonstration.loading import Refused, check, is_empty, is_loaded, visitors
from app.demonstration.people import PASSWORD

__all__ = ["Refused", "check", "is_empty", "is_loaded", "load", "sign_ins", "visitors"]

ROLES = (
    ("adc.arbaasahel@example.org", "agent d’une commune · عون التنمية"),
    ("moderateur.souss@example.org", "modérateur, Souss-Massa · مشرف على سوس ماسة"),
    ("moderatrice.draa@example.org", "modératrice, Drâa-Tafilalet · مشرفة على درعة تافيلالت"),
    ("sanae.v@example.org", "contributrice, en français · مساهمة بالفرنسية"),
    ("brahim.f@example.org", "contributeur, en arabe · مساهم بالعربية"),
    ("admin@example.org", "administratrice · مديرة المنصة"),
)


def sign_ins() -> Table:
    title = f"Mot de passe de tous · كلمة سر الجميع: {PASSWORD}"
    shown = Table(title=title, title_justify="left", show_header=False, box=None, padding=(0, 2, 0, 0))
    shown.add_column(no_wrap=True)
    shown.add_column()
    for email, who in ROLES:
        shown.add_row(email, who)
    return shown


def load(engine: Engine, again: bool = False) -> None:
    """In one transaction. Raises what `loading.check` raises."""
    with Session(engine) as session, Progress(transient=True) as progress:
        task = progress.add_task(loading.NAME, total=1)
        for share in loading.load(session, again):
            progress.update(task, completed=share)
        session.commit()
