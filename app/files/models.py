from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, Column, LargeBinary
from sqlmodel import Field

from app.kernel.database import Table, Value, moment_field, now, one_of


class FileKind(StrEnum):
    PICTURE = "picture"
    DOCUMENT = "document"


class StoredFile(Table, table=True):
    """`content` is read only where the file itself is asked for: lists select the other columns."""

    __tablename__ = "stored_file"
    __table_args__ = (
        one_of("kind", FileKind),
        CheckConstraint("(kind = 'picture') = (width IS NOT NULL AND height IS NOT NULL)", name="measured"),
    )

    id: int = Field(default=None, primary_key=True)
    kind: FileKind = Field(sa_type=Value(FileKind))
    name: str
    """As the sender called it."""
    media_type: str
    size: int
    """Bytes of `content`."""
    width: int | None = None
    height: int | None = None
    content: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    small: bytes | None = None
    """Of a picture: for lists and weak networks."""
    owner_id: int = Field(foreign_key="user.id", index=True)
    """Who sent it."""
    created_at: datetime = moment_field(default_factory=now)
