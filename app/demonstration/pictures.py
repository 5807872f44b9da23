"""Pictures for what was done: drawn as they are needed, so that no real person is shown and no licence is owed."""

from collections.abc import Callable
from enum import StrEnum
from io import BytesIO
from math import cos, pi, sin

from PIL import Image, ImageDraw

Canvas = ImageDraw.ImageDraw
WIDTH, HEIGHT = 1200, 900
DAY, DUSK = ((150, 196, 224), (246, 231, 203)), ((86, 70, 128), (246, 170, 96))


class Scene(StrEnum):
    PATH = "path"
    BUS = "bus"
    SCHOOL = "school"
    FESTIVAL = "festival"
    TABLE = "table"


def draw(scene: Scene) -> bytes:
    """A JPEG, as a telephone would send it."""
    above, below = DUSK if scene is Scene.FESTIVAL else DAY
    image = Image.new("RGB", (WIDTH, HEIGHT))
    canvas = ImageDraw.Draw(image)
    for row in range(HEIGHT):
        share = row / HEIGHT
        colour = tuple(round(a * (1 - share) + b * share) for a, b in zip(above, below, strict=True))
        canvas.line((0, row, WIDTH, row), fill=colour)
    _hills(canvas)
    _DRAWN[scene](canvas)
    buffer = BytesIO()
    image.save(buffer, "JPEG", quality=88)
    return buffer.getvalue()


def _hills(canvas: Canvas) -> None:
    for level, colour, wave in ((470, "#b58a63", 2.1), (540, "#a06f4a", 3.3), (620, "#c9a473", 1.4)):
        ridge = [
            (x, level - 70 * sin(x / WIDTH * wave * pi + level) - 25 * sin(x / 90)) for x in range(0, WIDTH + 1, 10)
        ]
        canvas.polygon([(0, HEIGHT), *ridge, (WIDTH, HEIGHT)], fill=colour)


def _path(canvas: Canvas) -> None:
    canvas.polygon([(420, HEIGHT), (620, HEIGHT), (740, 560), (716, 560)], fill="#ead6ae")
    canvas.rectangle((660, 470, 800, 570), fill="#d9b98c")
    canvas.polygon([(645, 472), (730, 425), (815, 472)], fill="#7d5436")
    canvas.rectangle((712, 510, 748, 570), fill="#4a3324")


def _bus(canvas: Canvas) -> None:
    canvas.rectangle((0, 730, WIDTH, 860), fill="#6d6a66")
    for x in range(40, WIDTH, 160):
        canvas.rectangle((x, 790, x + 80, 800), fill="#f3eee3")
    canvas.rounded_rectangle((260, 480, 900, 760), 40, fill="#f0b429")
    canvas.rounded_rectangle((880, 590, 1000, 760), 30, fill="#e2a413")
    for x in range(300, 800, 110):
        canvas.rounded_rectangle((x, 520, x + 84, 610), 12, fill="#dfeaf5")
    canvas.rectangle((260, 650, 900, 668), fill="#23407a")
    for x in (400, 820):
        canvas.ellipse((x - 58, 702, x + 58, 818), fill="#1d2730")
        canvas.ellipse((x - 22, 738, x + 22, 782), fill="#c8c3b8")


def _school(canvas: Canvas) -> None:
    canvas.rectangle((0, 740, WIDTH, HEIGHT), fill="#dcc191")
    canvas.rectangle((220, 470, 980, 760), fill="#f1e2c4")
    canvas.rectangle((200, 445, 1000, 480), fill="#a8432b")
    for x in (280, 410, 700, 830):
        canvas.rectangle((x, 540, x + 80, 640), fill="#23407a")
    canvas.rectangle((555, 560, 645, 760), fill="#2f6b4a")
    canvas.rectangle((1056, 300, 1066, 760), fill="#56616b")
    canvas.polygon([(1066, 305), (1160, 330), (1066, 365)], fill="#a8432b")


def _festival(canvas: Canvas) -> None:
    colours = ("#f0b429", "#a8432b", "#dfe6f5", "#2f6b4a")
    for row in range(3):
        for number in range(13):
            x, sag = number * 100, 60 * sin(number / 12 * pi)
            y = 130 + row * 110 + sag
            canvas.polygon([(x, y), (x + 70, y), (x + 35, y + 66)], fill=colours[(number + row) % 4])
    canvas.polygon([(380, 720), (820, 720), (760, 520), (440, 520)], fill="#f3eee3")
    canvas.polygon([(420, 520), (780, 520), (600, 420)], fill="#a8432b")
    for x in range(60, WIDTH, 130):
        canvas.ellipse((x, 760, x + 34, 794), fill="#f6d27a")


def _table(canvas: Canvas) -> None:
    canvas.rectangle((575, 330, 625, 660), fill="#6b4a30")
    canvas.ellipse((480, 220, 720, 360), fill="#5d7a3f")
    for angle in range(0, 360, 30):
        x, y = 600 + 190 * cos(angle * pi / 180), 290 + 110 * sin(angle * pi / 180)
        canvas.ellipse((x - 110, y - 80, x + 110, y + 80), fill="#6f8a4c" if angle % 60 else "#5d7a3f")
    for angle in range(0, 360, 45):
        x, y = 600 + 330 * cos(angle * pi / 180), 730 + 110 * sin(angle * pi / 180)
        canvas.rounded_rectangle((x - 34, y - 34, x + 34, y + 34), 12, fill="#a8432b")
    canvas.ellipse((360, 640, 840, 820), fill="#f1e2c4")


_DRAWN: dict[Scene, Callable[[Canvas], None]] = {
    Scene.PATH: _path,
    Scene.BUS: _bus,
    Scene.SCHOOL: _school,
    Scene.FESTIVAL: _festival,
    Scene.TABLE: _table,
}
