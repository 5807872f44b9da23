"""A picture that somebody sent, decoded and written anew: nothing of the original file is kept but what one sees."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps

from app.kernel.errors import Invalid
from app.kernel.i18n import N_

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_PIXELS = 50_000_000
"""More than any telephone takes; a picture that claims more is made to fill the memory."""
TOO_BIG = N_("Cette image est trop grande : envoyez-la en plus petit.")
WIDEST, SMALL = 1600, 480
QUALITY = 80


@dataclass(frozen=True)
class Picture:
    content: bytes
    small: bytes
    width: int
    height: int


def read_picture(content: bytes, field: str) -> Picture:
    """Raises Invalid (`field`) for what is no picture, is damaged, or claims too many pixels."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as sent:
            if sent.width * sent.height > MOST_PIXELS:
                raise Invalid(TOO_BIG, field)
            sent.draft("RGB", (WIDEST, WIDEST))  # a JPEG is decoded no larger than needed
            shown = ImageOps.exif_transpose(sent).convert("RGB")
    except Invalid:
        raise
    except Image.DecompressionBombError as error:
        raise Invalid(TOO_BIG, field) from error
    except Exception as error:  # Pillow's decoders raise whatever they meet in a damaged file
        raise Invalid(N_("Cette image ne s’ouvre pas : envoyez une photo en JPEG, PNG ou WebP."), field) from error
    shown.thumbnail((WIDEST, WIDEST))
    small = shown.copy()
    small.thumbnail((SMALL, SMALL))
    return Picture(_written(shown), _written(small), shown.width, shown.height)


def _written(image: Image.Image) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "WEBP", quality=QUALITY, method=4)  # a new image: no EXIF goes along
    return buffer.getvalue()
