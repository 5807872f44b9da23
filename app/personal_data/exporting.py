"""The file that a person takes along: JSON that can be read by people, and by another service; and their own files."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from zipfile import ZIP_STORED, ZipFile

from sqlmodel import Session, col, select

from app.accounts.models import User
from app.files.models import StoredFile
from app.kernel.database import now
from app.kernel.i18n import current_locale
from app.kernel.i18n import gettext as _
from app.personal_data.reading import Record, everything, leads_to_person
from app.personal_data.wording import SECTIONS, label_of

SCHEMA = "twiza-personal-data/1"
IN_MEMORY = 5_000_000  # bytes
BLOCK = 1 << 16


def as_json(session: Session, user: User) -> bytes:
    sections = [
        {
            "name": kept.table,
            "title": _(SECTIONS[kept.table]),
            "fields": _fields(kept.table, kept.records),
            "records": [_written(kept.table, record, user.id) for record in kept.records],
        }
        for kept in everything(session, user)
    ]
    document = {
        "schema": SCHEMA,
        "language": current_locale(),
        "made_at": now().isoformat(),
        "about": _(
            "Tout ce que Twiza garde de vous. Chaque partie (« sections ») a un titre, le sens de ses champs "
            "(« fields ») et ce qui est gardé (« records »), le plus récent d’abord. « me », c’est vous ; "
            "« somebody_else », une autre personne, dont le nom n’est pas à vous. "
            "Vos photos et vos documents sont dans un autre fichier."
        ),
        "sections": sections,
    }
    return json.dumps(document, ensure_ascii=False, indent=1, default=_plain).encode()


def _fields(table: str, records: Any) -> dict[str, str]:
    names = records[0] if records else {}
    return {name: _(label) for name in names if (label := label_of(table, name))}


def _written(table: str, record: Record, user_id: int) -> Record:
    return {name: _who(value, user_id) if leads_to_person(table, name) else value for name, value in record.items()}


def _who(number: int | None, user_id: int) -> str | None:
    if number is None:
        return None
    return "me" if number == user_id else "somebody_else"


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def in_blocks(held: IO[bytes]) -> Iterator[bytes]:
    """To be sent, and closed once it was."""
    with held:
        while block := held.read(BLOCK):
            yield block


def as_zip(session: Session, user: User) -> IO[bytes]:
    """Their photographs and documents, one after the other: never all of them in memory."""
    numbers = session.exec(select(StoredFile.id).where(StoredFile.owner_id == user.id).order_by(col(StoredFile.id)))
    held: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  closed by `in_blocks`
    with ZipFile(held, "w", ZIP_STORED) as archive:
        for number in numbers.all():
            name, content = session.exec(
                select(StoredFile.name, StoredFile.content).where(StoredFile.id == number)
            ).one()
            archive.writestr(f"{number}-{name}", content)
    held.seek(0)
    return held
