"""The kinds of text that people submit: nothing unprintable reaches the database, nothing endless either."""

import re
import unicodedata
from typing import Annotated

from markdown_it import MarkdownIt
from markupsafe import Markup
from nh3 import clean
from pydantic import AfterValidator, BeforeValidator, StringConstraints
from pydantic_core import PydanticCustomError

from app.kernel.folding import is_mostly_arabic
from app.kernel.i18n import N_

_NO_CHARACTERS = "\ufdd0-\ufdef" + "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
UNSHOWN = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f{_NO_CHARACTERS}]")
"""What no page may contain (HTML, 13.2.3.5): controls, and numbers that Unicode gives to no character."""
# Bidirectional overrides can make a text read otherwise than it is written; plain marks (U+200E/F) stay.
UNWANTED = re.compile("[\x0c\u202a-\u202e\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"[ \t\u00a0]+")


def _printable(value: object) -> object:
    if not isinstance(value, str):
        return value
    if "\x00" in value:
        raise PydanticCustomError("nul", N_("Ce texte contient un caractère illisible : écrivez-le à nouveau."))
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    return UNWANTED.sub("", UNSHOWN.sub("", text))


def _one_line(value: object) -> object:
    cleaned = _printable(value)
    return " ".join(cleaned.split()) if isinstance(cleaned, str) else cleaned


def _paragraphs(value: object) -> object:
    cleaned = _printable(value)
    if not isinstance(cleaned, str):
        return cleaned
    lines = (_SPACES.sub(" ", line).rstrip() for line in cleaned.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _says_something(value: str) -> str:
    if value and not any(character.isalnum() for character in value):
        raise PydanticCustomError("no_words", N_("Écrivez quelques mots."))
    return value


_CALLED_SO = (
    r"(?:\bC\.?(?:I\.?N|N\.?I\.?E?)\.?(?!\w)|cartes? (?:d['’]identité|nationale)"
    r"|بطاق(?:ة|تي|ته|تها) (?:ال)?(?:تعريف|وطنية|هوية)|البطاقة الوطنية)"
)
_IDENTITY_CARD = re.compile(_CALLED_SO + r"\D{0,40}?(?<![A-Z])[A-Z]{1,2}[ .-]?[0-9٠-٩]{5,7}(?![0-9٠-٩])", re.IGNORECASE)
_ONLY_A_NUMBER = re.compile(r"[A-Z]{1,2}[ .-]?[0-9]{5,6}", re.IGNORECASE)


def _is_no_identity_card(value: str) -> str:
    """A number that is called so, or that stands alone: in a sentence, lots, models and roads look like it."""
    if _IDENTITY_CARD.search(value) or _ONLY_A_NUMBER.fullmatch(value.strip()):
        raise PydanticCustomError(
            "identity_card",
            N_("Ceci ressemble à un numéro de carte d’identité : retirez-le, Twiza n’en a jamais besoin."),
        )
    return value


Line = Annotated[
    str,
    BeforeValidator(_one_line),
    StringConstraints(max_length=200),
    AfterValidator(_says_something),
    AfterValidator(_is_no_identity_card),
]
"""One line of at most 200 characters, trimmed."""

ShortLine = Annotated[
    str,
    BeforeValidator(_one_line),
    StringConstraints(max_length=80),
    AfterValidator(_says_something),
    AfterValidator(_is_no_identity_card),
]

Key = Annotated[str, BeforeValidator(_one_line), StringConstraints(max_length=80)]
"""What a page itself put into its form: the code of a place, the key of a choice. Nobody wrote it."""

Paragraphs = Annotated[
    str,
    BeforeValidator(_paragraphs),
    StringConstraints(max_length=10_000),
    AfterValidator(_says_something),
    AfterValidator(_is_no_identity_card),
]
"""Several lines, at most 10,000 characters."""

_markdown = MarkdownIt("zero", {"html": False, "breaks": True}).enable(
    ["newline", "emphasis", "list", "escape", "backticks"]
)
_TAGS = {"p", "br", "em", "strong", "ul", "ol", "li", "code"}


def prose(text: str | None) -> Markup:
    """What a person wrote, as safe HTML: paragraphs, lists and emphasis; no link, image or heading of theirs."""
    return Markup(clean(_markdown.render(text or ""), tags=_TAGS, attributes={}))  # noqa: S704  sanitised just here


def text_direction(text: str) -> str:
    """For documents: WeasyPrint does not know `dir="auto"`, which tells a browser the same."""
    return "rtl" if is_mostly_arabic(text) else "ltr"
