"""Keeping and removing files; the domain that holds the number has said who may."""

from sqlmodel import Session

from app.files.documents import check_pdf
from app.files.models import FileKind, StoredFile
from app.files.pictures import read_picture
from app.files.receiving import Received
from app.kernel.errors import Invalid
from app.kernel.i18n import N_

TOO_LARGE = N_("Ce fichier est trop lourd : 10 Mo au plus.")


def keep_picture(session: Session, owner_id: int, sent: Received, field: str) -> StoredFile:
    """Raises Invalid (`field`)."""
    picture = read_picture(_content(sent, field), field)
    return _kept(
        session,
        StoredFile(
            kind=FileKind.PICTURE,
            name=sent.name,
            media_type="image/webp",
            size=len(picture.content),
            width=picture.width,
            height=picture.height,
            content=picture.content,
            small=picture.small,
            owner_id=owner_id,
        ),
    )


def keep_document(session: Session, owner_id: int, sent: Received, field: str) -> StoredFile:
    """A PDF, or the picture of a page. Raises Invalid (`field`)."""
    content = _content(sent, field)
    if not sent.name.lower().endswith(".pdf") and not content.startswith(b"%PDF-"):
        return keep_picture(session, owner_id, sent, field)
    check_pdf(content, field)
    return _kept(
        session,
        StoredFile(
            kind=FileKind.DOCUMENT,
            name=sent.name,
            media_type="application/pdf",
            size=len(content),
            content=content,
            owner_id=owner_id,
        ),
    )


def remove(session: Session, file_id: int) -> None:
    if kept := session.get(StoredFile, file_id):
        session.delete(kept)
        session.flush()


def _content(sent: Received, field: str) -> bytes:
    if sent.content is None:
        raise Invalid(TOO_LARGE, field)
    if not sent.content:
        raise Invalid(N_("Ce fichier est vide."), field)
    return sent.content


def _kept(session: Session, row: StoredFile) -> StoredFile:
    session.add(row)
    session.flush()
    return row
