"""What changed between two versions of a section, word by word, for people to read."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from app.kernel.i18n import format_date, gettext, number
from app.projects.sections import PHASE_STATES, Field, PhaseState, SectionKind

_WORD = re.compile(r"\s*\S+")


@dataclass(frozen=True)
class Run:
    """Some words that stayed, came or went."""

    kind: str  # same · added · removed
    text: str


@dataclass(frozen=True)
class Compared:
    """One answer in two versions."""

    label: str
    before: str
    after: str
    runs: tuple[Run, ...]


def compared(
    kind: SectionKind, before: Mapping[str, Any], after: Mapping[str, Any], names: Mapping[str, str]
) -> list[Compared]:
    """The answers that differ; `names` says codes of themes and communes in words."""
    old, new = answers(kind, before, names), answers(kind, after, names)
    return [
        Compared(label, old[label], new[label], words_changed(old[label], new[label]))
        for label in old
        if old[label] != new[label]
    ]


def answers(kind: SectionKind, content: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, str]:
    """A content in words: label of the answer → what was answered, a line for each row of a list."""
    said = {gettext(field.label): _in_words(field, content.get(field.name), names) for field in kind.fields}
    if kind.rows is not None:
        lines = []
        for row in content.get(kind.rows.name, []):
            parts = (_in_words(field, row.get(field.name), names) for field in kind.rows.fields)
            lines.append(" · ".join(part for part in parts if part))
        said[gettext(kind.title if not kind.fields else kind.rows.one)] = "\n".join(lines)
    return said


def words_changed(before: str, after: str) -> tuple[Run, ...]:
    old, new = _WORD.findall(before), _WORD.findall(after)
    runs = []
    for change, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change == "equal":
            runs.append(Run("same", "".join(new[new_start:new_end])))
            continue
        if end > start:
            runs.append(Run("removed", "".join(old[start:end])))
        if new_end > new_start:
            runs.append(Run("added", "".join(new[new_start:new_end])))
    return tuple(runs)


def _in_words(field: Field, value: Any, names: Mapping[str, str]) -> str:
    if value in (None, ""):
        return ""
    match field.control:
        case "day":
            return format_date(date.fromisoformat(str(value)))
        case "number":
            return number(value)
        case "phase_state":
            return gettext(PHASE_STATES[PhaseState(value)])
        case "theme" | "commune":
            return names.get(str(value), str(value))
        case _:
            return str(value)
