"""A notice of any family, for the tests of what becomes of it."""

from dataclasses import dataclass

from app.notifications.families import Family
from app.notifications.notice import Notice


@dataclass(frozen=True)
class Told(Notice):
    kind = "told"
    family = Family.ANSWERS
    words: str = "Votre offre est arrivée"
    where: str = "/contributions/7"

    def subject(self) -> str:
        return self.words

    def body(self) -> str:
        return f"Bonjour Zahra,\n\n{self.words} : l’équipe « Eau » & vous."

    def action(self) -> str:
        return "Voir"

    def path(self) -> str:
        return self.where


class ToDo(Told):
    kind = "to_do"
    family = Family.WAITING


class FromTheTeam(Told):
    """A digest each day, unless somebody chose otherwise."""

    kind = "from_the_team"
    family = Family.TEAMS


class FromNearby(Told):
    """A digest each week."""

    kind = "from_nearby"
    family = Family.NEARBY
