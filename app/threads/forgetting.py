"""Conversations when one of those who spoke is no longer there."""

from sqlalchemy import delete
from sqlmodel import Session, col

from app.accounts.models import User
from app.threads.models import Follower


def forget(session: Session, user: User) -> None:
    """They follow nothing any more. What they said stays, since others answered it; their name is said nowhere."""
    session.execute(delete(Follower).where(col(Follower.user_id) == user.id))
