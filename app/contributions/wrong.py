"""A moderator says that a match, or one of its reasons, is wrong; and takes it back."""

from sqlmodel import Session

from app.accounts.models import User
from app.contributions import reasons, rules
from app.kernel.errors import Forbidden, NotFound, Refusal
from app.kernel.i18n import N_
from app.matching import objections
from app.matching.models import Objection
from app.profiles import chips as profile_chips
from app.profiles.models import Profile
from app.projects.models import Need


class NoLongerGiven(Refusal):
    message = N_("Cette raison n’est plus donnée : quelque chose a changé entre-temps.")


def match_is_wrong(session: Session, actor: User, need: Need, profile: Profile) -> Objection:
    """They are proposed to each other no more. Raises Forbidden."""
    _check(actor, need, profile)
    return objections.object_to_match(session, actor.id, need.id, profile.id)


def reason_is_wrong(session: Session, actor: User, need: Need, profile: Profile, key: str) -> Objection:
    """Words of the person do not answer what they were said to answer. Raises Forbidden, NoLongerGiven."""
    _check(actor, need, profile)
    wrong = reasons.wrong_of(session, [need.id], [profile.id])
    reason = next((one for one in reasons.find(need, profile, wrong) if key and reasons.key(one) == key), None)
    if reason is None:
        raise NoLongerGiven
    objection = objections.object_to_reason(
        session,
        actor.id,
        need.id,
        profile.id,
        reason["concept"],
        reason["wanted"],
        reason["words"],
        profile.language,
    )
    _read_again(session, profile)
    return objection


def take_back(session: Session, actor: User, objection: Objection) -> None:
    """By whoever said it, or an administrator. Raises NotFound."""
    if objection.said_by_id != actor.id and not actor.is_administrator:
        raise NotFound
    objections.take_back(objection, actor.id)
    if objection.profile_id:
        profile = session.get(Profile, objection.profile_id)
        if profile is not None:
            _read_again(session, profile)


def _check(actor: User, need: Need, profile: Profile) -> None:
    if not rules.looks_after(actor, need.project, profile):
        raise Forbidden


def _read_again(session: Session, profile: Profile) -> None:
    """A concept that nobody confirmed leaves the person’s words at once, or comes back."""
    session.flush()
    if profile.abilities:
        profile_chips.read_again(session, profile)
        profile_chips.remember(session, profile)
