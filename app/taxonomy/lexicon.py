"""The lexicon of the field: what Moroccan communes and the diaspora say that ESCO lacks or words otherwise.

`data/lexicon.tsv`, a term a line, each with its source and who reviewed it. A term that means the same as a concept of
ESCO gives it its names; any other is a concept of its own, under those that say what it takes to deal with it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.taxonomy.sources import DATA, read

LANGUAGES = ("fr", "ar", "en")


@dataclass(frozen=True)
class Term:
    id: str
    names: Mapping[str, tuple[str, ...]]
    """By language; the label first."""
    same_as: tuple[str, ...]
    under: tuple[str, ...]

    def concept(self) -> dict[str, Any]:
        """The columns of a concept of its own."""
        labels = {f"label_{language}": names[0] for language, names in self.names.items()}
        aliases = {f"aliases_{language}": list(names[1:]) for language, names in self.names.items()}
        return {"id": f"field-{self.id}", "kind": "field", "arabic_official": False, **labels, **aliases}


def terms(folder: Path = DATA) -> Iterator[Term]:
    for line in read(folder / "lexicon.tsv"):
        names = {
            language: (line[language], *filter(None, line[f"aliases_{language}"].split(";"))) for language in LANGUAGES
        }
        same_as, under = (tuple(filter(None, line[column].split("|"))) for column in ("same_as", "under"))
        yield Term(line["id"], names, same_as, under)
