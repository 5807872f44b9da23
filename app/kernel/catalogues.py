"""The translations: sentences extracted from code and templates, and the catalogue of each other language."""

from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.kernel.settings import ROOT

TRANSLATED = ("ar",)
# Babel's own Arabic rule has "many" and "other" swapped.
ARABIC_PLURALS = "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
_SOURCES = [("app", "**.py", "python"), ("frontend/templates", "**.html", "jinja2")]
_OPTIONS = {"extensions": "jinja2.ext.do", "trimmed": "true", "silent": "false"}
_KEYWORDS = {"_": None, "gettext": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}


def catalogue_path(locale: str) -> Path:
    return ROOT / "locales" / locale / "LC_MESSAGES" / "messages.po"


def extract() -> Catalog:
    """Every sentence of ours, with the places where it stands."""
    found = Catalog(project="Twiza", charset="utf-8", fuzzy=False)
    for folder, pattern, method in _SOURCES:
        for name, line, message, comments, context in extract_from_dir(
            ROOT / folder, [(pattern, method)], {pattern: _OPTIONS}, _KEYWORDS
        ):
            found.add(message, None, [(f"{folder}/{name}", line)], auto_comments=comments, context=context)
    return found


def update(locale: str) -> Catalog:
    """Bring the catalogue up to the sentences of today; what is no longer said is dropped."""
    path = catalogue_path(locale)
    catalogue = load(locale) if path.exists() else Catalog(locale=locale)
    catalogue.update(extract(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.creation_date = catalogue.revision_date = datetime(2026, 11, 21, tzinfo=UTC)  # git tells the history
    catalogue.header_comment = (
        "# The Arabic of Twiza. Its source language is French: the sentences are the message ids."
    )
    with path.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True)
    text = path.read_text("utf-8")
    start = text.index('"Plural-Forms:')
    end = text.index('\\n"\n', start) + 4
    path.write_text(f'{text[:start]}"Plural-Forms: {ARABIC_PLURALS}\\n"\n{text[end:]}', "utf-8")
    return catalogue


def load(locale: str) -> Catalog:
    with catalogue_path(locale).open("rb") as file:
        return read_po(file, locale=locale)


def untranslated(locale: str) -> list[str]:
    """Sentences of the code that the catalogue lacks or leaves empty, plural forms included."""
    catalogue = load(locale)
    missing = []
    for message in extract():
        if not message.id:
            continue
        key = message.id[0] if isinstance(message.id, tuple) else message.id
        known = catalogue.get(key, message.context)
        texts = known.string if known and isinstance(known.string, (tuple, list)) else [known.string if known else ""]
        if not all(texts) or known is None or known.fuzzy:
            missing.append(str(key))
    return missing


def compile_catalogues() -> None:
    """Write the binary catalogue of each language, where it is older than its text."""
    for locale in TRANSLATED:
        text = catalogue_path(locale)
        binary = text.with_suffix(".mo")
        if text.exists() and (not binary.exists() or binary.stat().st_mtime < text.stat().st_mtime):
            with binary.open("wb") as file:
                write_mo(file, load(locale))
