"""What authors of news are told, in their language."""

from dataclasses import dataclass

from app.kernel.i18n import gettext as _
from app.notifications.families import Family
from app.notifications.notice import Notice


@dataclass(frozen=True)
class AboutNews(Notice):
    news_id: int
    title: str
    name: str
    """Of the author, who reads it."""
    words: str = ""
    """The moderator's."""

    def paragraphs(self, *sentences: str) -> str:
        quoted = [f"«\u00a0{self.words}\u00a0»"] if self.words else []
        return "\n\n".join([_("Bonjour %(name)s,") % {"name": self.name}, *sentences[:1], *quoted, *sentences[1:]])

    def path(self) -> str:
        return f"/news/{self.news_id}"

    def action(self) -> str:
        return _("Voir mon actualité")


@dataclass(frozen=True)
class NewsPublished(AboutNews):
    kind = "news_published"
    family = Family.ANSWERS

    def subject(self) -> str:
        return _("Votre actualité est publiée")

    def body(self) -> str:
        return self.paragraphs(
            _("« %(title)s » est publiée : tout le monde peut la lire, et vous pouvez la partager.")
            % {"title": self.title}
        )


@dataclass(frozen=True)
class NewsReturned(AboutNews):
    kind = "news_returned"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Votre actualité vous revient")

    def body(self) -> str:
        return self.paragraphs(
            _("« %(title)s » n’est pas encore publiée. Le modérateur vous dit pourquoi :") % {"title": self.title},
            _("Rien n’est perdu : reprenez-la, puis envoyez-la à nouveau."),
        )

    def action(self) -> str:
        return _("Reprendre mon actualité")


@dataclass(frozen=True)
class NewsUnpublished(NewsReturned):
    kind = "news_unpublished"
    family = Family.WAITING

    def subject(self) -> str:
        return _("Votre actualité n’est plus publiée")

    def body(self) -> str:
        return self.paragraphs(
            _("« %(title)s » n’est plus visible de tous. Le modérateur vous dit pourquoi :") % {"title": self.title},
            _("Rien n’est perdu : reprenez-la, puis envoyez-la à nouveau."),
        )


AFTER_MOVE: dict[str, type[AboutNews]] = {
    "publish": NewsPublished,
    "return": NewsReturned,
    "unpublish": NewsUnpublished,
}
