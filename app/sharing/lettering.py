"""Words on a picture, in Arabic and Latin letters: which font has each, in which order they stand, where lines break.

Each of our fonts holds one script. A line is therefore cut into pieces of one font and one direction; Pillow (with
raqm) shapes each piece, and they are put side by side as Unicode's bidirectional algorithm (UAX 9) would put them.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby

from PIL import ImageDraw, ImageFont

from app.kernel.settings import ROOT

FONTS = ROOT / "frontend" / "fonts"
_NO_GLYPH = "\U0010ffff"


@dataclass(frozen=True)
class Style:
    size: int
    bold: bool = False

    @property
    def latin(self) -> ImageFont.FreeTypeFont:
        return _font(f"latin-{700 if self.bold else 400}", self.size)

    @property
    def arabic(self) -> ImageFont.FreeTypeFont:
        return _font(f"twiza-arabic-{700 if self.bold else 400}", self.size)


@cache
def _font(name: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONTS / f"{name}.woff2", size, layout_engine=ImageFont.Layout.RAQM)


@lru_cache(maxsize=4096)
def _has(name: str, character: str) -> bool:
    font = _font(name, 40)
    return bytes(font.getmask(character)) != bytes(font.getmask(_NO_GLYPH))


def _is_arabic(character: str) -> bool:
    return unicodedata.bidirectional(character) in ("AL", "R") or _has("twiza-arabic-400", character)


def _is_drawable(character: str) -> bool:
    return character == " " or _has("twiza-arabic-400", character) or _has("latin-400", character)


def drawable(text: str) -> str:
    """The text without what no font of ours has: emoji, other scripts."""
    plain = unicodedata.normalize("NFC", text).translate({0xA0: " ", 0x202F: " ", 0x2019: "’"})
    return " ".join("".join(filter(_is_drawable, re.sub(r"\s", " ", plain))).split())


@dataclass(frozen=True)
class Piece:
    """Letters of one font that run one way."""

    text: str
    arabic: bool
    rtl: bool


def pieces(line: str, rtl: bool) -> list[Piece]:
    """From left to right, as they stand on the picture."""
    kinds = _resolved([_kind(character) for character in line], rtl)
    islands = [
        (one, [line[index] for index, _ in group]) for one, group in groupby(enumerate(kinds), key=lambda pair: pair[1])
    ]
    ordered = [list(_of_island("".join(text), one)) for one, text in islands]
    if rtl:
        ordered.reverse()
    return [piece for island in ordered for piece in island]


def _kind(character: str) -> str:
    if _is_arabic(character) and not unicodedata.category(character).startswith("P"):
        return "R"
    match unicodedata.bidirectional(character):
        case "L":
            return "L"
        case "EN" | "AN":
            return "D"
    return "N"


def _resolved(kinds: list[str], rtl: bool) -> list[str]:
    """Digits and signs go with the letters on both sides of them, else with the line."""
    base = "R" if rtl else "L"
    kinds = list(kinds)
    for index in (*range(1, len(kinds)), *range(len(kinds) - 2, -1, -1)):  # "3D" and "A4" are one word
        beside = kinds[index - 1 : index] + kinds[index + 1 : index + 2]
        if kinds[index] == "D" and "L" in beside:
            kinds[index] = "L"
    found = list(kinds)
    strong = [index for index, kind in enumerate(kinds) if kind in "LR"]
    for index, kind in enumerate(kinds):
        if kind in "LR":
            continue
        before = next((kinds[one] for one in reversed(strong) if one < index), base)
        after = next((kinds[one] for one in strong if one > index), base)
        found[index] = before if before == after else base
    return found


def _of_island(text: str, direction: str) -> Iterator[Piece]:
    """The pieces of one direction: in Arabic, numbers still run to the right, and spaces come from the Latin font."""
    if direction == "L":
        yield Piece(text, arabic=False, rtl=False)
        return
    parts = re.findall(r"[0-9][0-9.,:/%-]*(?<=[0-9%])|[^0-9]+|[0-9]", text)
    for part in reversed(parts):
        if part[0].isascii() and part[0].isdigit():
            yield Piece(part, arabic=False, rtl=False)
            continue
        runs = [
            (arabic, "".join(letters))
            for arabic, letters in groupby(part, key=lambda one: _has("twiza-arabic-400", one))
        ]
        for arabic, letters in reversed(runs):
            yield Piece(letters, arabic, rtl=True)


def _advance(piece: Piece, style: Style) -> float:
    font = style.arabic if piece.arabic else style.latin
    return font.getlength(piece.text, direction="rtl" if piece.rtl else "ltr")


def width(line: str, style: Style, rtl: bool) -> float:
    return sum(_advance(piece, style) for piece in pieces(line, rtl))


def draw_line(
    canvas: ImageDraw.ImageDraw, left: float, baseline: float, line: str, style: Style, rtl: bool, ink: str
) -> None:
    for piece in pieces(line, rtl):
        font = style.arabic if piece.arabic else style.latin
        direction = "rtl" if piece.rtl else "ltr"
        canvas.text((left, baseline), piece.text, fill=ink, font=font, anchor="ls", direction=direction)
        left += _advance(piece, style)


def broken(text: str, style: Style, rtl: bool, room: float, most: int) -> tuple[list[str], bool]:
    """The text in lines no wider than `room`, at most `most`; whether all of it is there."""
    lines: list[str] = []
    line = ""
    for word in _words(text, style, rtl, room):
        longer = f"{line} {word}".strip()
        if not line or width(longer, style, rtl) <= room:
            line = longer
            continue
        lines.append(line)
        line = word
        if len(lines) == most:
            break
    else:
        return [*lines, line], len(lines) < most
    lines[-1] = _cut(lines[-1], style, rtl, room)
    return lines, False


def _words(text: str, style: Style, rtl: bool, room: float) -> Iterator[str]:
    """The words; one that is wider than a line comes in parts."""
    for word in text.split():
        rest = word
        while width(rest, style, rtl) > room:
            longer = range(2, len(rest) + 1)
            fits = 1 + bisect_right(longer, room, key=lambda n: width(rest[:n], style, rtl))
            yield rest[:fits]
            rest = rest[fits:]
        if rest:
            yield rest


def _cut(line: str, style: Style, rtl: bool, room: float) -> str:
    while line and width(f"{line}…", style, rtl) > room:
        shorter = line.rpartition(" ")[0]
        line = shorter or line[:-1]
    return f"{line.rstrip(' ,;:،؛')}…"
