"""The e-mail of a message: plain text and HTML, in its reader's language and direction."""

from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import format_datetime
from itertools import groupby
from urllib.parse import urlsplit

from jinja2 import Environment

from app.kernel.i18n import direction, ngettext, number, speaking
from app.kernel.i18n import gettext as _
from app.kernel.settings import Settings
from app.notifications.families import FAMILIES, Family
from app.notifications.models import Message
from app.notifications.unsubscribing import stop_path


def digest_subject(count: int) -> str:
    n = {"n": number(count)}
    return ngettext("%(n)s message pour vous sur Twiza", "%(n)s messages pour vous sur Twiza", count) % n


def by_family(items: Sequence[Message]) -> list[tuple[str, list[Message]]]:
    """Title of a family → its messages, in the order of the page of choices."""
    order = list(FAMILIES)
    ordered = sorted(items, key=lambda item: (order.index(item.family), item.id))
    return [(_(FAMILIES[family].title), list(some)) for family, some in groupby(ordered, key=lambda item: item.family)]


def compose(
    message: Message, settings: Settings, templates: Environment, items: Sequence[Message] = ()
) -> EmailMessage:
    """`items`: what a digest holds."""
    base = settings.base_url.rstrip("/")
    stop = stop_path(message, settings.secret)
    stop = base + stop if stop else ""
    with speaking(message.locale):
        groups = by_family(items)
        words = Closing(message, base, stop)
        html = templates.get_template("emails/digest.html" if items else "emails/message.html").render(
            message=message,
            paragraphs=message.body.split("\n\n"),
            groups=groups,
            base_url=base,
            link=base + message.link,
            closing=words,
            locale=message.locale,
            direction=direction(),
        )
        text = "\n\n".join([*(_digest_text(groups, base) if items else [message.body]), *words.text()])
    email = EmailMessage()
    email["From"] = settings.mail_from
    email["To"] = message.address
    email["Subject"] = message.subject
    email["Date"] = format_datetime(message.created_at)
    # The same each time that it is tried: a mailbox that has it already may know it again.
    host = urlsplit(base).hostname or "localhost"
    email["Message-ID"] = f"<{message.id}.{message.created_at:%Y%m%d%H%M%S%f}@{host}>"
    email["Content-Language"] = message.locale
    email["Auto-Submitted"] = "auto-generated"
    if stop:
        email["List-Unsubscribe"] = f"<{stop}>"
        email["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"  # RFC 8058
    email.set_content(text + "\n")
    email.add_alternative(html, subtype="html")
    return email


def _digest_text(groups: Sequence[tuple[str, list[Message]]], base: str) -> list[str]:
    return [
        "\n\n".join([f"{title}\n{'-' * len(title)}", *(f"• {item.subject}\n{base}{item.link}" for item in some)])
        for title, some in groups
    ]


class Closing:
    """Below what is told: the one button, why one receives it, and how to receive less."""

    def __init__(self, message: Message, base: str, stop: str) -> None:
        self.action = message.action
        self.link = base + message.link
        self.stop = stop
        if message.family is Family.OUTSIDE:
            self.why = _("Vous recevez ce message parce que quelqu’un qui vous connaît nous a donné votre adresse.")
            self.stop_action = _("Ne plus jamais recevoir de message de Twiza")
        elif not stop:
            self.why = _("Vous recevez ce message parce que vous avez un compte sur Twiza, ou demandé à en ouvrir un.")
        elif message.family is Family.DIGEST:
            self.why = _("Vous avez choisi de recevoir ces messages ensemble.")
            self.stop_action = _("Ne plus recevoir ce résumé")
        else:
            family = {"family": _(FAMILIES[message.family].title)}
            self.why = (
                _("Vous recevez ce message car vous avez un compte sur Twiza. Il fait partie de : %(family)s.") % family
            )
            self.stop_action = _("Ne plus recevoir ces e-mails")
        self.choices = f"{base}/{message.locale}/account/messages/choices" if stop and message.recipient_id else ""

    def text(self) -> list[str]:
        ways = [f"{self.action}\n{self.link}", f"— Twiza · تويزة\n{self.why}"]
        if self.stop:
            ways.append(f"{self.stop_action}\n{self.stop}")
        if self.choices:
            ways.append(f"{_('Choisir ce que je reçois')}\n{self.choices}")
        return ways
