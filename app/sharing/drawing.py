"""The card of a link: its title, its commune in both scripts, where it stands, and a photograph if there is one."""

from io import BytesIO

from PIL import Image, ImageColor, ImageDraw, ImageOps

from app.sharing.lettering import Style, broken, draw_line, drawable, width
from app.sharing.shown import Shared

SIZE = (1200, 630)
LARGEST = 290_000
"""Bytes: WhatsApp shows no picture of more than 300 kB."""

PAPER, INK, SOFT, WHITE = "#fbf8f2", "#1d2730", "#56616b", "#ffffff"
INDIGO, SAFFRON, ARGAN = "#23407a", "#f0b429", "#2f6b4a"
THEMES = {
    "agriculture": "#4d6b1f",
    "water_sanitation": "#1f6480",
    "waste": "#6b5a1f",
    "education": "#23407a",
    "health": "#8f2f4a",
    "youth_employment": "#7a4a1f",
    "women": "#6b2f7a",
    "cooperatives": "#80501f",
    "tourism_heritage": "#8a4020",
    "culture_sport": "#7a2f5c",
    "environment_climate": "#2f6b4a",
    "energy": "#7a5600",
    "planning_roads": "#4a5560",
    "digital": "#2f4f8a",
    "governance": "#3d3f7a",
}
EDGE, PHOTO = 64, 470
BAND = 18
WORDS_END = 425
TITLE_SIZES = (66, 58, 50, 44, 38)
LEADING = {True: 1.5, False: 1.24}
"""Arabic needs more room between its lines."""


def draw(shared: Shared, photo: bytes | None) -> bytes:
    """A JPEG that every messenger shows."""
    colour = ARGAN if shared.is_done else THEMES.get(shared.theme, INDIGO)
    rtl = shared.language == "ar"
    image = Image.new("RGB", SIZE, PAPER)
    canvas = ImageDraw.Draw(image)
    room = SIZE[0] - 2 * EDGE - BAND
    if photo is not None:
        room -= PHOTO - EDGE // 2
        _place_photo(image, photo, rtl)
    else:
        _place_hills(canvas, colour, rtl)
    _place_band(canvas, colour, rtl)
    start = SIZE[0] - EDGE - BAND if rtl else EDGE + BAND
    _write_label(canvas, shared.label, start, rtl, colour)
    _write_title(canvas, shared, start, room, rtl)
    _write_places(canvas, shared.places, start, room, rtl)
    _sign(canvas, start, rtl)
    return _written(image)


def _place_photo(image: Image.Image, photo: bytes, rtl: bool) -> None:
    with Image.open(BytesIO(photo)) as sent:
        fitted = ImageOps.fit(sent.convert("RGB"), (PHOTO, SIZE[1]))
    image.paste(fitted, (0 if rtl else SIZE[0] - PHOTO, 0))


def _place_hills(canvas: ImageDraw.ImageDraw, colour: str, rtl: bool) -> None:
    """Where a photograph would be, the triangles of the name, pale as a watermark."""
    for peak, foot, strength in ((760, 420, 0.10), (1010, 300, 0.16)):
        left, right, top = peak - foot // 2, peak + foot // 2, SIZE[1] - foot * 3 // 4
        points = [(left, SIZE[1]), (peak, top), (right, SIZE[1])]
        tint = _mixed(colour, PAPER, strength)
        canvas.polygon([(SIZE[0] - x if rtl else x, y) for x, y in points], fill=tint)


def _mixed(one: str, other: str, share: float) -> tuple[int, ...]:
    pairs = zip(ImageColor.getrgb(one), ImageColor.getrgb(other), strict=True)
    return tuple(round(a * share + b * (1 - share)) for a, b in pairs)


def _place_band(canvas: ImageDraw.ImageDraw, colour: str, rtl: bool) -> None:
    """Along the edge at which one begins to read."""
    left = SIZE[0] - BAND if rtl else 0
    canvas.rectangle((left, 0, left + BAND, SIZE[1]), fill=colour)


def _write(
    canvas: ImageDraw.ImageDraw, start: int, baseline: float, line: str, style: Style, rtl: bool, ink: str, own: bool
) -> None:
    """From the edge at which the card begins, whichever way this line (`own`) runs."""
    left = start - width(line, style, own) if rtl else start
    draw_line(canvas, left, baseline, line, style, own, ink)


def _write_label(canvas: ImageDraw.ImageDraw, label: str, start: int, rtl: bool, colour: str) -> None:
    style, text = Style(30, bold=True), drawable(label)
    own = _begins_rtl(text)
    wide = width(text, style, own) + 48
    left = start - wide if rtl else start
    canvas.rounded_rectangle((left, 52, left + wide, 108), 28, fill=colour)
    draw_line(canvas, left + 24, 91, text, style, own, WHITE)


def _write_title(canvas: ImageDraw.ImageDraw, shared: Shared, start: int, room: int, rtl: bool) -> None:
    text = drawable(shared.title) or drawable(shared.places[0] if shared.places else "Twiza")
    top, high = 138, 300
    for size in TITLE_SIZES:
        style, leading = Style(size, bold=True), size * LEADING[rtl]
        lines, whole = broken(text, style, rtl, room, max(1, int(high // leading)))
        if whole:
            break
    baseline = top + leading * 0.82
    for line in lines:
        _write(canvas, start, baseline, line, style, rtl, INK, rtl)
        baseline += leading
    _write_words(canvas, shared.words, start, baseline - leading, room, rtl)


def _write_words(canvas: ImageDraw.ImageDraw, words: str, start: int, below: float, room: int, rtl: bool) -> None:
    """What it is about, where the title leaves room for it."""
    text = drawable(words)
    own = _begins_rtl(text)
    style, leading = Style(28), 28 * LEADING[own]
    most = int((WORDS_END - below - 24) // leading)
    if most < 1 or not text:
        return
    for number, line in enumerate(broken(text, style, own, room, min(most, 3))[0], 1):
        _write(canvas, start, below + 24 + number * leading, line, style, rtl, SOFT, own)


def _write_places(canvas: ImageDraw.ImageDraw, places: tuple[str, ...], start: int, room: int, rtl: bool) -> None:
    baseline = 488
    for place in sorted(places, key=lambda name: _begins_rtl(name) is not rtl):
        style, text, own = Style(34, bold=True), drawable(place), _begins_rtl(place)
        lines, _whole = broken(text, style, own, room, 1)
        _write(canvas, start, baseline, lines[0], style, rtl, SOFT, own)
        baseline += 50


def _sign(canvas: ImageDraw.ImageDraw, start: int, rtl: bool) -> None:
    """The three triangles and the name, in both scripts."""
    line, style = "تويزة · Twiza" if rtl else "Twiza · تويزة", Style(30, bold=True)
    left = start - 56 if rtl else start
    for points, colour in (
        ([(0, 36), (16, 0), (32, 36)], INDIGO),
        ([(24, 36), (40, 0), (56, 36)], SAFFRON),
        ([(24, 36), (32, 18), (40, 36)], ARGAN),
    ):
        canvas.polygon([(left + x, 562 + y) for x, y in points], fill=colour)
    at = start - 72 - width(line, style, rtl) if rtl else start + 72
    draw_line(canvas, at, 592, line, style, rtl, INK)


def _begins_rtl(text: str) -> bool:
    return any("\u0600" <= letter <= "\u06ff" for letter in text[:3])


def _written(image: Image.Image) -> bytes:
    for quality in (88, 80, 70, 60, 45):
        buffer = BytesIO()
        image.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
        if buffer.tell() <= LARGEST:
            break
    return buffer.getvalue()
