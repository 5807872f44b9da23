"""Agreeing and taking back on the page of one's data, with what has to change besides."""

from dataclasses import dataclass

from sqlmodel import Session, col, select

from app.accounts import consents
from app.accounts.consents import WORDS
from app.accounts.models import Consent, Purpose, User
from app.contributions import thanking
from app.kernel.errors import Refusal
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.profiles import actions as profiles
from app.profiles.models import Visibility
from app.profiles.queries import own_profile
from app.profiles.rules import is_emptied
from app.projects.models import Thanks, ThanksState
from app.relays.models import Relay

PLACE = "account/data"
_BY_GIVING = {Purpose.PROPOSED: Visibility.CARD, Purpose.SHOWN_BY_NAME: Visibility.OPEN}
_BY_WITHDRAWING = {Purpose.PROPOSED: Visibility.HIDDEN, Purpose.SHOWN_BY_NAME: Visibility.CARD}


class NoProfile(Refusal):
    message = N_("Il n’y a pas encore de profil à montrer : dites d’abord ce que vous savez faire.")


@dataclass(frozen=True)
class Agreement:
    """One use, and where it stands."""

    purpose: Purpose
    name: str
    means: str
    last: Consent | None
    """The latest yes, taken back or not."""

    @property
    def holds(self) -> bool:
        return self.last is not None and self.last.withdrawn_at is None


def agreements(session: Session, user: User) -> list[Agreement]:
    rows = session.exec(select(Consent).where(Consent.user_id == user.id).order_by(col(Consent.id))).all()
    last = {row.purpose: row for row in rows}
    return [Agreement(purpose, _(name), _(means), last.get(purpose)) for purpose, (name, means) in WORDS.items()]


def give(session: Session, user: User, purpose: Purpose) -> None:
    """Raises NoProfile."""
    consents.give(session, user, purpose, PLACE)
    _show(session, user, _BY_GIVING.get(purpose), must=True)


def withdraw(session: Session, user: User, purpose: Purpose) -> None:
    """It stops at once: the profile is hidden or nameless, the name is off the pages and off the links."""
    consents.withdraw(session, user, purpose)
    if purpose is Purpose.THANKED:
        agreed = select(Thanks).where(Thanks.user_id == user.id, Thanks.state == ThanksState.AGREED)
        for thanks in session.exec(agreed.with_for_update()).all():
            thanking.answer(session, thanks, agrees=False)
    elif purpose is Purpose.RELAYED:
        for relay in session.exec(select(Relay).where(Relay.user_id == user.id, col(Relay.is_named))).all():
            relay.is_named = False
            session.add(relay)
    _show(session, user, _BY_WITHDRAWING.get(purpose), must=False)


def _show(session: Session, user: User, visibility: Visibility | None, must: bool) -> None:
    if visibility is None:
        return
    profile = own_profile(session, user)
    if profile is None or is_emptied(profile):
        if must:
            raise NoProfile
        return
    if visibility is Visibility.CARD and profile.visibility is Visibility.HIDDEN and not must:
        return  # the name is taken off what is shown to nobody
    profiles.show_as(session, user, profile, visibility)
