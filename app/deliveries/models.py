from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint
from sqlmodel import Field, Relationship

from app.accounts.models import User
from app.contributions.models import Contribution
from app.kernel.database import Table, Value, moment_field, now, one_of


class DeliveryState(StrEnum):
    PROMISED = "promised"
    ON_THE_WAY = "on_the_way"
    RECEIVED = "received"
    CANCELLED = "cancelled"


class CancelReason(StrEnum):
    NO_LONGER = "no_longer"
    NO_TRANSPORT = "no_transport"
    LOST = "lost"
    NOT_NEEDED = "not_needed"
    OTHER = "other"


class Delivery(Table, table=True):
    """Some of the objects of one contribution, that leave, arrive or are given up together."""

    __tablename__ = "delivery"
    __table_args__ = (
        one_of("state", DeliveryState),
        one_of("reason", CancelReason),
        CheckConstraint("quantity >= 1", name="quantity"),
        CheckConstraint(
            "(state = 'received') = (received_quantity IS NOT NULL AND received_on IS NOT NULL)", name="received"
        ),
        CheckConstraint("(state = 'cancelled') = (reason IS NOT NULL)", name="cancelled"),
        CheckConstraint("photo_id IS NULL OR photo_text <> ''", name="described"),
    )

    id: int = Field(default=None, primary_key=True)
    contribution_id: int = Field(foreign_key="contribution.id", index=True)
    quantity: int
    """How many, as they left or as they were promised."""
    state: DeliveryState = Field(default=DeliveryState.PROMISED, sa_type=Value(DeliveryState))
    state_since: datetime = moment_field(default_factory=now)
    carrier: str = ""
    """Who brings them, in the words of whoever sent them."""
    expected_on: date | None = None
    note: str = ""
    received_quantity: int | None = None
    """How many really arrived."""
    received_on: date | None = None
    received_by: str = ""
    """Who took them in hand, as the team says it."""
    photo_id: int | None = Field(default=None, foreign_key="stored_file.id", unique=True)
    photo_text: str = ""
    """What the photograph shows, for those who do not see it."""
    reason: CancelReason | None = Field(default=None, sa_type=Value(CancelReason))
    word: str = ""
    """What was said of their arrival, or of why they do not come."""
    created_by_id: int = Field(foreign_key="user.id", index=True)
    created_at: datetime = moment_field(default_factory=now)

    contribution: Contribution = Relationship()
    created_by: User = Relationship()
