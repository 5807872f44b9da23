"""Addresses as people paste them: from a spreadsheet, a list with names, a message, right to left or not."""

import re
from dataclasses import dataclass, field

from app.accounts.contact import parse_email
from app.kernel.errors import Invalid
from app.kernel.text import UNSHOWN

_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_QUOTED = re.compile(r'"[^"\n]*"')
_BETWEEN = re.compile(r"[\n\r\t,;،؛|]+")
_AROUND = "<>()[]{}«»\"'.:"


@dataclass
class Read:
    good: list[str] = field(default_factory=list)
    """In the order in which they were given, each once."""
    wrong: list[str] = field(default_factory=list)
    """As they were written."""


def read_addresses(text: str) -> Read:
    read = Read()
    for part in _BETWEEN.split(_QUOTED.sub(" ", _INVISIBLE.sub("", UNSHOWN.sub("", text)))):
        words = part.split()
        addresses = [word for word in words if "@" in word]
        if words and not addresses:
            read.wrong.append(" ".join(words))
        for word in addresses:  # what stands beside it is a name
            _take(read, word)
    return read


def _take(read: Read, word: str) -> None:
    written = word.strip(_AROUND).removeprefix("mailto:")
    try:
        address = parse_email(written)
    except Invalid:
        address = ""
    if not address.isascii() or not address:  # no mail server of ours could write to it
        read.wrong.append(written or word)
    elif address not in read.good:
        read.good.append(address)
