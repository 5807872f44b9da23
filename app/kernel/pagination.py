"""Keyset pagination: the next page starts after the last row seen, so that it costs the same at any depth."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")


@dataclass(frozen=True)
class Page(Generic[Row]):
    """One page of rows; `next` is the cursor of the page after, None on the last."""

    rows: Sequence[Row]
    next: str | None


def cut(rows: Sequence[Row], size: int, key: Callable[[Row], tuple[Any, ...]]) -> Page[Row]:
    """A page from `size + 1` rows that were asked for; `key` gives the sort values of a row."""
    if len(rows) <= size:
        return Page(rows, None)
    return Page(rows[:size], encode(key(rows[size - 1])))


def encode(values: tuple[Any, ...]) -> str:
    plain = [{"at": value.isoformat()} if isinstance(value, datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def decode(cursor: str | None) -> tuple[Any, ...] | None:
    """The sort values of a cursor; None for one that is absent or that nobody here made."""
    if not cursor:
        return None
    try:
        plain = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(datetime.fromisoformat(v["at"]) if isinstance(v, dict) else v for v in plain)
    except (ValueError, KeyError, TypeError):
        return None
