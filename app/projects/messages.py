"""What authors are told, in their language."""

from dataclasses import dataclass

from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice


@dataclass(frozen=True)
class AboutProject(Notice):
    project_id: int
    title: str
    name: str
    """Of the author, who reads it."""
    words: str = ""
    """The moderator's."""

    def greeting(self) -> str:
        return _("Bonjour %(name)s,") % {"name": self.name}

    def paragraphs(self, *sentences: str) -> str:
        quoted = [f"«\u00a0{self.words}\u00a0»"] if self.words else []
        return "\n\n".join([self.greeting(), *sentences[:1], *quoted, *sentences[1:]])

    def path(self) -> str:
        return f"/projects/{self.project_id}"

    def action(self) -> str:
        return _("Voir mon projet")


@dataclass(frozen=True)
class ProjectPublished(AboutProject):
    kind = "project_published"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Votre projet est publié")

    def body(self) -> str:
        return self.paragraphs(
            _("Votre projet « %(title)s » est publié : tout le monde peut le lire.") % {"title": self.title},
            _("Dites maintenant ce qui lui manque : chaque besoin trouve plus vite des personnes qui peuvent aider."),
        )

    def action(self) -> str:
        return _("Ajouter un besoin")


@dataclass(frozen=True)
class QuestionAsked(AboutProject):
    kind = "project_question"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Une question sur votre projet")

    def body(self) -> str:
        return self.paragraphs(
            _("Avant de publier « %(title)s », le modérateur vous demande :") % {"title": self.title},
            _("Quelques mots suffisent pour répondre, sur la page du projet."),
        )

    def action(self) -> str:
        return _("Répondre")

    def path(self) -> str:
        return f"/projects/{self.project_id}#moderation"


@dataclass(frozen=True)
class PhotoHidden(AboutProject):
    kind = "photo_hidden"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Une photo de votre projet n’est plus montrée")

    def body(self) -> str:
        return self.paragraphs(
            _("Une photo de « %(title)s » n’est plus visible de tous. Le modérateur vous dit pourquoi :")
            % {"title": self.title},
            _("Vous pouvez la retirer ou en mettre une autre."),
        )

    def action(self) -> str:
        return _("Voir les photos")

    def path(self) -> str:
        return f"/projects/{self.project_id}/photos"


@dataclass(frozen=True)
class ProjectReturned(QuestionAsked):
    kind = "project_returned"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Votre projet vous revient")

    def body(self) -> str:
        return self.paragraphs(
            _("« %(title)s » n’est pas encore publié. Le modérateur vous dit pourquoi :") % {"title": self.title},
            _("Rien n’est perdu : reprenez-le, puis envoyez-le à nouveau."),
        )

    def action(self) -> str:
        return _("Reprendre mon projet")


@dataclass(frozen=True)
class ProjectUnpublished(ProjectReturned):
    kind = "project_unpublished"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Votre projet n’est plus publié")

    def body(self) -> str:
        return self.paragraphs(
            _("« %(title)s » n’est plus visible de tous. Le modérateur vous dit pourquoi :") % {"title": self.title},
            _("Rien n’est perdu : reprenez-le, puis envoyez-le à nouveau."),
        )


@dataclass(frozen=True)
class ProjectSetAside(ProjectReturned):
    kind = "project_set_aside"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Votre projet est mis de côté")

    def body(self) -> str:
        return self.paragraphs(
            _("« %(title)s » n’avançait plus : la modération le met de côté. Voici pourquoi :") % {"title": self.title},
            _("Rien n’est perdu : vous pouvez le reprendre et l’envoyer à nouveau quand vous voulez."),
        )


@dataclass(frozen=True)
class HelpOffered(AboutProject):
    kind = "project_help"
    family = Family.WAITING
    helper: str = ""

    def subject(self) -> str:
        return _("On vous propose d’écrire votre projet à deux")

    def body(self) -> str:
        return self.paragraphs(
            _("%(helper)s vous propose d’écrire « %(title)s » ensemble, sur la page du projet.")
            % {"helper": self.helper, "title": self.title},
            _("Chacun peut compléter chaque partie, et tout ce qui est écrit est gardé."),
        )


@dataclass(frozen=True)
class ProjectEndorsed(AboutProject):
    kind = "project_endorsed"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("La commune soutient votre projet")

    def body(self) -> str:
        return self.paragraphs(
            _("La commune soutient maintenant « %(title)s », et cela se voit sur sa page.") % {"title": self.title},
        )


@dataclass(frozen=True)
class CoAuthorJoined(AboutProject):
    kind = "co_author_joined"
    family = Family.TEAMS
    co_author: str = ""

    def subject(self) -> str:
        return _("%(name)s écrit maintenant votre projet avec vous") % {"name": self.co_author}

    def body(self) -> str:
        return self.paragraphs(
            _("%(name)s a accepté d’écrire « %(title)s » avec vous.") % {"name": self.co_author, "title": self.title},
            _("Chacun peut compléter chaque partie, et tout ce qui est écrit est gardé."),
        )


@dataclass(frozen=True)
class ProjectHandedOver(AboutProject):
    """To whoever answers for it from now on: its author left Twiza."""

    kind = "project_handed_over"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Vous portez maintenant un projet")

    def body(self) -> str:
        return self.paragraphs(
            _("La personne qui portait « %(title)s » a quitté Twiza. Pour que le projet continue, c’est vous.")
            % {"title": self.title},
            _("Rien d’autre ne change : tout ce qui est écrit est là, et les offres d’aide vous attendent."),
        )


@dataclass(frozen=True)
class ProjectOrphaned(AboutProject):
    """To those who speak for the commune, else to its moderators."""

    kind = "project_orphaned"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Un projet de la commune n’a plus personne")

    def body(self) -> str:
        return self.paragraphs(
            _(
                "La personne qui portait « %(title)s » a quitté Twiza. "
                "Le projet reste publié, mais ne cherche plus d’aide."
            )
            % {"title": self.title},
            _("La commune peut le soutenir et chercher de l’aide à nouveau."),
        )


@dataclass(frozen=True)
class ProjectFollowed(AboutProject):
    """`title` is that of the project which was there first; the page is that of the one which follows."""

    kind = "project_followed"
    family = Family.ANSWERS
    commune: str = ""
    new_title: str = ""

    def subject(self) -> str:
        return _("Votre projet donne des idées : %(commune)s s’y met aussi") % {"commune": self.commune}

    def body(self) -> str:
        return self.paragraphs(
            _("« %(title)s » a inspiré un projet à %(commune)s : « %(new)s ».")
            % {"title": self.title, "commune": self.commune, "new": self.new_title},
            _("Quelques mots de votre part les aideraient : ce qui a marché, et ce que vous feriez autrement."),
        )

    def action(self) -> str:
        return _("Voir leur projet")


AFTER_MOVE: dict[str, type[AboutProject]] = {
    "publish": ProjectPublished,
    "ask": QuestionAsked,
    "return": ProjectReturned,
    "unpublish": ProjectUnpublished,
    "help": HelpOffered,
    "close": ProjectSetAside,
}
