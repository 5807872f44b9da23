"""What people send is what it says, harmless, and rid of what the camera noted."""

import struct
import zlib
from io import BytesIO

import pikepdf
import pytest
from PIL import Image

from app.accounts.models import User
from app.files.actions import keep_document, keep_picture
from app.files.models import FileKind
from app.files.receiving import Received
from app.kernel.errors import Invalid
from tests.files.samples import jpeg, pdf


@pytest.fixture
def owner(make):
    return make(User).id


def test_a_photograph_is_made_smaller_and_says_nothing_of_where_it_was_taken(session, owner):
    kept = keep_picture(session, owner, Received("IMG_1.jpg", jpeg(3000, 2000, exif=True)), "photo")
    shown = Image.open(BytesIO(kept.content))
    assert (kept.width, kept.height) == shown.size == (1600, 1067)
    assert not shown.getexif()
    assert b"Casablanca" not in kept.content
    assert max(Image.open(BytesIO(kept.small)).size) == 480


def test_a_photograph_held_sideways_stands_upright(session, owner):
    kept = keep_picture(session, owner, Received("a.jpg", jpeg(400, 200, turned=True)), "photo")
    assert (kept.width, kept.height) == (200, 400)


def bomb() -> bytes:
    """A PNG that claims 100,000 by 100,000 pixels in a few bytes."""
    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (bomb(), "trop grande"),
        (b"GIF89a nonsense", "ne s’ouvre pas"),
        (jpeg(400, 200)[:300], "ne s’ouvre pas"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", "ne s’ouvre pas"),
        (b"", "vide"),
        (None, "trop lourd"),
    ],
    ids=["bomb", "gif", "cut off", "svg", "empty", "too heavy"],
)
def test_what_is_no_picture_is_refused_with_a_sentence(session, owner, content, word):
    with pytest.raises(Invalid, match=word) as refused:
        keep_picture(session, owner, Received("photo.jpg", content), "photo")
    assert refused.value.field == "photo"


def test_a_pdf_is_kept_as_it_came(session, owner):
    kept = keep_document(session, owner, Received("cv.pdf", pdf()), "document")
    assert kept.kind is FileKind.DOCUMENT
    assert kept.content == pdf()


def test_the_photograph_of_a_page_is_a_document_too(session, owner):
    assert keep_document(session, owner, Received("cv.jpg", jpeg(400, 200)), "document").kind is FileKind.PICTURE


def acting(act: str) -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    made.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name(act), JS="app.alert(1)")
    return _saved(made)


def with_attachment() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    made.attachments["virus.exe"] = b"MZ"
    return _saved(made)


def locked() -> bytes:
    made = pikepdf.new()
    made.add_blank_page()
    return _saved(made, encryption=pikepdf.Encryption(owner="a", user="b"))


def _saved(made: pikepdf.Pdf, **options: object) -> bytes:
    buffer = BytesIO()
    made.save(buffer, **options)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("cv.pdf", b"MZ this is a program", "n’est pas un PDF"),
        ("cv.pdf", b"%PDF-1.4 and nothing else", "abîmé"),
        ("cv.pdf", acting("/JavaScript"), "programme"),
        ("cv.pdf", acting("/Launch"), "programme"),
        ("cv.pdf", with_attachment(), "autres fichiers"),
        ("cv.pdf", locked(), "mot de passe"),
        ("cv.docx", b"PK\x03\x04", "ne s’ouvre pas"),
    ],
)
def test_what_only_pretends_to_be_a_document_is_refused(session, owner, name, content, word):
    with pytest.raises(Invalid, match=word):
        keep_document(session, owner, Received(name, content), "document")
