"""The charter that everybody accepts: a new text gets a new version, and the old acceptances stay as they were."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

VERSION = "2026-11"
DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class Article:
    title: str
    text: str


@dataclass(frozen=True)
class Charter:
    """The text of one version, in one language."""

    version: str
    date: date
    opening: str
    articles: tuple[Article, ...]


@cache
def read(locale: str, version: str = VERSION) -> Charter:
    written = tomllib.loads((DATA / f"charter-{version}.toml").read_text("utf-8"))
    return Charter(
        version=version,
        date=written["date"],
        opening=written[f"opening_{locale}"],
        articles=tuple(
            Article(article[f"title_{locale}"], article[f"text_{locale}"]) for article in written["article"]
        ),
    )
