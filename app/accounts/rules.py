"""Who may look after what. Pure functions over an account and its scopes."""

from app.accounts.models import GrantKind, User


def in_scope(user: User, *, region: str | None = None, country: str | None = None) -> bool:
    """Whether this moderator looks after that region of Morocco, or that country of residence."""
    if user.is_administrator:
        return True
    if not user.is_moderator:
        return False
    return any(
        scope.is_everything
        or (region is not None and scope.region_code == region)
        or (country is not None and scope.country == country)
        for scope in user.scopes
    )


def can_enrol(user: User) -> bool:
    """Open an account for somebody who does not write."""
    return user.is_administrator or user.has_grant(GrantKind.AMBASSADOR)


def can_manage_accounts(user: User) -> bool:
    return user.is_administrator


def publishes_at_once(user: User) -> bool:
    """Trusted authors' words do not wait for a moderator."""
    return user.is_moderator or user.has_grant(GrantKind.TRUSTED_AUTHOR)
