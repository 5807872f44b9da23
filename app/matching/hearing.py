"""The words of a text as the names of concepts know them: mistakes mended, clitics off."""

from collections.abc import Iterator
from dataclasses import dataclass

from app.kernel.folding import has_arabic
from app.matching.forms import EVERYDAY, bare, without_clitics
from app.matching.index import NameIndex
from app.matching.mistakes import Vocabulary
from app.matching.text import Language


@dataclass(frozen=True, slots=True)
class Heard:
    """A word of the text, as the names know it."""

    start: int
    end: int
    form: str
    """Folded, as it was written."""
    meant: str
    """The word of a name that it is a mistake or a written form of; else the same as `form`."""
    capital: bool
    term: str
    number: int
    """The same for all forms of the word."""
    is_trade: bool
    """It says a kind of trade."""
    likeness: float
    """1; less when it had to be corrected; 0 when no name holds it."""

    @property
    def is_everyday(self) -> bool:
        return bare(self.meant) in EVERYDAY


class Hearing:
    def __init__(self, index: NameIndex) -> None:
        self.index = index
        self.vocabulary = Vocabulary(index.forms)
        self.trades = index.trades - EVERYDAY

    def hear(self, text: str, start: int, end: int, language: Language) -> Iterator[Heard]:
        """The words that say something between two places of a text."""
        for word, term in self.index.table.content(text[start:end], language):
            capital = text[start + word.start].isupper()
            meant, known, likeness = self._known(word.form, term)
            number = self.index.number(known)
            place = (start + word.start, start + word.end)
            is_trade = bare(meant) in self.trades
            yield Heard(*place, word.form, meant, capital, known, number, is_trade, likeness)

    def _known(self, form: str, term: str) -> tuple[str, str, float]:
        if term in self.index.terms:
            return form, term, 1.0
        for bare_form in without_clitics(form) if has_arabic(form) else ():
            bare_term = self.index.table.term(bare_form, "ar")
            if bare_term in self.index.terms:
                return bare_form, bare_term, 1.0
        if found := self.vocabulary.nearest(form):
            return found[0], self.index.forms[found[0]], found[1]
        return form, term, 0.0
