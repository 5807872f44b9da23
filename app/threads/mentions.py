"""Who is mentioned in a text: `@Name` as people type it, a number as it is kept, a name again for each reader.

A name that is kept would tell everybody who somebody is; a number is read as each reader may know that person.
"""

import re
from collections.abc import Callable, Mapping

_KEPT = re.compile(r"⟦(\d{1,10})⟧")
_BRACKETS = str.maketrans({"⟦": "[", "⟧": "]"})
_SHORTEST = 2  # letters of a first name


def found(text: str, people: Mapping[int, str]) -> tuple[str, set[int]]:
    """The text as it is kept, and whom it mentions: after @ a whole name, or a first word of one person alone."""
    kept, mentioned = text.translate(_BRACKETS), set()
    for called, ids in sorted(_calls(people).items(), key=lambda pair: -len(pair[0])):
        words = r"[\s\u00a0]+".join(re.escape(word) for word in called.split())
        kept, times = re.subn(rf"(?<!\w)@{words}(?!\w)", f"⟦{min(ids)}⟧", kept, flags=re.IGNORECASE)
        if times:
            mentioned |= ids
    return kept, mentioned


def _calls(people: Mapping[int, str]) -> dict[str, set[int]]:
    calls: dict[str, set[int]] = {}
    firsts: dict[str, set[int]] = {}
    for number, name in people.items():
        words = name.split()
        if not words:
            continue
        calls.setdefault(" ".join(words), set()).add(number)
        if len(words) > 1 and len(words[0]) >= _SHORTEST:
            firsts.setdefault(words[0], set()).add(number)
    return calls | {word: ids for word, ids in firsts.items() if len(ids) == 1 and word not in calls}


def numbers(text: str) -> set[int]:
    return {int(number) for number in _KEPT.findall(text)}


def said(text: str, names: Mapping[int, str], show: Callable[[str], str] = "@{}".format) -> str:
    """A kept text with the names that one reader knows."""
    return _KEPT.sub(lambda match: show(names.get(int(match[1]), "…")), text)


def without(text: str) -> str:
    """A kept text without those whom it mentions: what is left of it is what was written."""
    return _KEPT.sub(" ", text)
