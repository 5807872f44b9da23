"""Who may invite people from outside, and how many. Pure functions."""

from collections.abc import Collection
from datetime import timedelta

from app.organisations.models import Organisation, OrganisationKind

AT_ONCE = 200
A_DAY = 600
"""Addresses of one association."""
KEPT = timedelta(days=30)
SHOWN_FROM = 3
"""Fewer than that who came are not counted aloud: the one invited yesterday would be known."""


def may_invite(organisation: Organisation, spoken_for: Collection[int]) -> bool:
    """Its verified members; `spoken_for`: the organisations for which this person speaks."""
    return organisation.kind is OrganisationKind.DIASPORA_ASSOCIATION and organisation.id in spoken_for
