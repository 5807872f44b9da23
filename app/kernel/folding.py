"""One written form for what people type, so that two spellings of the same letters compare equal.

It is for comparing, never for showing: what it returns is not correct French nor correct Arabic.
"""

import re
import unicodedata

TATWEEL = "ـ"

# What no decomposition joins: letters that Moroccans write one for the other, and the letters for g, v and ch
# that each keyboard draws its own way. Hamza above or below its seat is a combining mark, dropped with the rest.
_SAME_LETTER = str.maketrans(
    {
        TATWEEL: None,
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ې": "ي",
        "ة": "ه",
        "ھ": "ه",
        "ہ": "ه",
        "ک": "ك",
        "ڪ": "ك",
        "گ": "ك",
        "ڭ": "ك",
        "ݣ": "ك",
        "ڤ": "ف",
        "پ": "ب",
        "چ": "ج",
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "ʿ": "'",
        "ʾ": "'",
        "`": "'",
    }
)
_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_REMEMBERED = 0x3000
"""The letters below are those of alphabets: of what follows, too much could come to be remembered."""
_ARABIC = re.compile("[ء-غف-يٮ-ۓݐ-ݿ]")
_BETWEEN_WORDS = re.compile(r"(?:(?!')[\W_])+")


def fold(text: str) -> str:
    """Lower case, without accents, harakat, tatweel or hamza seats; alef, ya, ta marbuta and gaf in one form."""
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(_letters)


class _Letters(dict[int, int | str | None]):
    """What is written for each letter; marks and what is not shown, for nothing. Learnt letter by letter."""

    def __missing__(self, code: int) -> int | None:
        written = None if unicodedata.category(chr(code)) in ("Mn", "Cf") else code
        if code < _REMEMBERED:
            self[code] = written
        return written


_letters = _Letters({**_SAME_LETTER, **_DIGITS})


def words(text: str) -> list[str]:
    """The folded words of a text, in order; an apostrophe stays inside its word."""
    return [stripped for word in _BETWEEN_WORDS.split(fold(text)) if (stripped := word.strip("'"))]


def has_arabic(text: str) -> bool:
    """Whether a letter of the Arabic script is there (punctuation and digits of that block do not count)."""
    return _ARABIC.search(text) is not None


def is_mostly_arabic(text: str) -> bool:
    """Whether more of its letters are of the Arabic script than of any other: an Arabic text may quote French names."""
    arabic = len(_ARABIC.findall(text))
    return arabic > sum(character.isalpha() for character in text) - arabic
