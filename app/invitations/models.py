from datetime import datetime

from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.kernel.database import Table, moment_field, now
from app.organisations.models import Organisation


class InvitationRound(Table, table=True):
    """What an association gave at one time, as numbers: the addresses themselves are not kept with it."""

    __tablename__ = "invitation_round"

    id: int = Field(default=None, primary_key=True)
    organisation_id: int = Field(foreign_key="organisation.id", index=True)
    invited_by_id: int = Field(foreign_key="user.id", index=True)
    given: int
    """How many addresses, those that were asked before or have an account included: which ones is said to nobody."""
    joined: int = 0
    created_at: datetime = moment_field(default_factory=now)

    organisation: Organisation = Relationship()
    invited_by: User = Relationship()


class Invitation(Table, table=True):
    """Somebody who has not answered yet: gone once they have, or after thirty days."""

    __tablename__ = "invitation"

    id: int = Field(default=None, primary_key=True)
    round_id: int = Field(foreign_key="invitation_round.id", index=True)
    address: str = Field(unique=True)
    code_digest: str = Field(unique=True)
    """Of the code in the link."""
    message_id: int = Field(foreign_key="message.id", unique=True)
    created_at: datetime = moment_field(default_factory=now, index=True)

    round: InvitationRound = Relationship()


class AskedAddress(Table, table=True):
    """All that stays of an address: its digest, keyed with the secret of the installation."""

    __tablename__ = "asked_address"

    digest: str = Field(primary_key=True)
