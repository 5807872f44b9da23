"""Small pictures and documents to send."""

from io import BytesIO

import pikepdf
from PIL import Image

ORIENTATION, DESCRIPTION = 0x0112, 0x010E


def jpeg(width: int = 400, height: int = 300, *, exif: bool = False, turned: bool = False) -> bytes:
    notes = Image.Exif()
    if exif:
        notes[DESCRIPTION] = "Casablanca"
    if turned:
        notes[ORIENTATION] = 6
    buffer = BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(buffer, "JPEG", exif=notes)
    return buffer.getvalue()


def pdf() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    buffer = BytesIO()
    made.save(buffer, deterministic_id=True)
    return buffer.getvalue()
