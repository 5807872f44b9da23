"""What those who suggest and those who answer are told, in their language."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from app.accounts.models import User
from app.kernel.i18n import format_date
from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice
from app.projects.sections import BY_NAME
from app.projects.suggesting.models import Suggestion
from app.projects.suggesting.rules import Verb


@dataclass(frozen=True)
class AboutSuggestion(Notice):
    suggestion_id: int
    project_id: int
    title: str
    """Of the project."""
    section: str
    name: str
    """Of who reads it."""
    author: str
    text: str
    word: str = ""
    due: date | None = None

    @classmethod
    def of(cls, suggestion: Suggestion, reader: User, due: date | None = None) -> Self:
        return cls(
            suggestion_id=suggestion.id,
            project_id=suggestion.project_id,
            title=suggestion.project.title,
            section=suggestion.section,
            name=reader.name,
            author=suggestion.author.name,
            text=suggestion.text,
            word=suggestion.word,
            due=due,
        )

    def part(self) -> str:
        return _(BY_NAME[self.section].title)

    def values(self) -> dict[str, str]:
        return {"part": self.part(), "title": self.title, "author": self.author}

    def paragraphs(self, *sentences: str) -> str:
        return "\n\n".join([_("Bonjour %(name)s,") % {"name": self.name}, *(one for one in sentences if one)])

    def path(self) -> str:
        return f"/projects/{self.project_id}/suggestions/{self.suggestion_id}"

    def action(self) -> str:
        return _("Voir ma suggestion")


@dataclass(frozen=True)
class SuggestionReceived(AboutSuggestion):
    kind = "suggestion_received"
    family = Family.WAITING

    def subject(self) -> str:
        return _("%(author)s a une idée pour votre projet") % {"author": self.author}

    def body(self) -> str:
        due = {"date": format_date(self.due)} if self.due else None
        return self.paragraphs(
            _("%(author)s a une idée pour « %(title)s », dans la partie « %(part)s » :") % self.values(),
            f"«\u00a0{self.text}\u00a0»",
            _("Reprenez-la telle quelle, adaptez-la, ou dites en un mot pourquoi non."),
            _("Une réponse est attendue avant le %(date)s.") % due if due else "",
        )

    def action(self) -> str:
        return _("Lire et répondre")


@dataclass(frozen=True)
class SuggestionAccepted(AboutSuggestion):
    kind = "suggestion_accepted"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Votre idée est dans la fiche du projet")

    def body(self) -> str:
        return self.paragraphs(
            _("Votre suggestion pour « %(title)s » est reprise dans la partie « %(part)s ».") % self.values(),
            _("Merci : votre nom reste avec ce texte."),
        )

    def action(self) -> str:
        return _("Lire ce que c’est devenu")


@dataclass(frozen=True)
class SuggestionAdapted(SuggestionAccepted):
    kind = "suggestion_adapted"
    family = Family.ANSWERS

    def body(self) -> str:
        return self.paragraphs(
            _("Votre suggestion pour « %(title)s » a fait changer la partie « %(part)s », dite avec d’autres mots.")
            % self.values(),
            _("Merci : votre nom reste avec ce texte."),
        )


@dataclass(frozen=True)
class SuggestionDeclined(AboutSuggestion):
    kind = "suggestion_declined"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Une réponse à votre suggestion")

    def body(self) -> str:
        return self.paragraphs(
            _("Votre suggestion pour « %(title)s » (« %(part)s ») n’est pas reprise cette fois. On vous répond :")
            % self.values(),
            f"«\u00a0{self.word}\u00a0»",
            _("Merci d’y avoir pensé : vos autres idées sont les bienvenues."),
        )


AFTER_ANSWER: dict[str, type[AboutSuggestion]] = {
    Verb.ACCEPT: SuggestionAccepted,
    Verb.ADAPT: SuggestionAdapted,
    Verb.DECLINE: SuggestionDeclined,
}
