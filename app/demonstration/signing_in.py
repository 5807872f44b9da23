"""With which accounts to look at the demonstration."""

from rich.table import Table

from app.demonstration.people import PASSWORD

ROLES = (
    ("adc.arbaasahel@example.org", "agent d’une commune · عون التنمية"),
    ("moderateur.souss@example.org", "modérateur, Souss-Massa · مشرف على سوس ماسة"),
    ("moderatrice.draa@example.org", "modératrice, Drâa-Tafilalet · مشرفة على درعة تافيلالت"),
    ("sanae.v@example.org", "contributrice, en français · مساهمة بالفرنسية"),
    ("brahim.f@example.org", "contributeur, en arabe · مساهم بالعربية"),
    ("admin@example.org", "administratrice · مديرة المنصة"),
)


def table() -> Table:
    title = f"Mot de passe de tous · كلمة سر الجميع: {PASSWORD}"
    shown = Table(title=title, title_justify="left", show_header=False, box=None, padding=(0, 2, 0, 0))
    shown.add_column(no_wrap=True)
    shown.add_column()
    for email, who in ROLES:
        shown.add_row(email, who)
    return shown
