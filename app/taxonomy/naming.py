"""How concepts are called where people read them: ESCO names a trade twice, for him and for her."""

from typing import Protocol

from app.kernel.folding import fold
from app.kernel.i18n import label
from app.taxonomy.models import ConceptKind

STEM = 3
"""Letters that the two forms of one word share."""


class Named(Protocol):
    """A concept, or as much of one as its names."""

    @property
    def kind(self) -> ConceptKind: ...
    @property
    def label_fr(self) -> str: ...
    @property
    def label_ar(self) -> str: ...
    @property
    def label_en(self) -> str: ...


def concept_name(concept: Named) -> str:
    """In the reader's language, in one form; the taxonomy, the search and matching keep both."""
    text = label(concept)
    return one_form(text) if concept.kind is ConceptKind.OCCUPATION else text


def one_form(title: str) -> str:
    """`éducateur/éducatrice de rue` reads `éducateur de rue`; two forms that are not of the same words stay both."""
    first, *others = genders(title)
    return first if others and _alike(first, others[0]) else title


def genders(title: str) -> tuple[str, ...]:
    """`éducateur/éducatrice de rue` is `éducateur de rue` and `éducatrice de rue`."""
    masculine, slash, feminine = (part.strip() for part in title.partition("/"))
    if not slash:
        return (title,)
    short, long = masculine.split(), feminine.split()
    return " ".join(short + long[len(short) :]), feminine


def _alike(first: str, second: str) -> bool:
    stems = [[word[:STEM] for word in fold(form).replace("-", " ").split()] for form in (first, second)]
    return stems[0] == stems[1]
