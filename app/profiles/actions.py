"""Writes. What is saved is read again for concepts, and handed to matching, in the same transaction."""

from typing import Any

from sqlalchemy import delete as delete_rows
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from app.accounts import consents
from app.accounts.models import Purpose, User
from app.journal.actions import record
from app.journal.models import Subject
from app.kernel.database import now
from app.kernel.errors import Forbidden, Invalid, Refusal
from app.kernel.i18n import N_, label
from app.matching import objections
from app.matching.queries import recognised
from app.notifications.choosing import lives_in
from app.organisations.models import Organisation
from app.profiles import chips, rules
from app.profiles.forms import Answers, GroupForm, ProfileForm
from app.profiles.models import GroupInvitation, GroupMember, Profile, ProfileKind, ProfilePlace, Visibility
from app.profiles.queries import associations_of, own_profile
from app.territories.models import Commune, Province, Territory

STALE = N_(
    "Ce profil a été enregistré depuis un autre appareil entre-temps. Regardez ce qui y est maintenant, "
    "puis enregistrez à nouveau si vous préférez ce que vous venez d’écrire."
)

_BOTH = (Purpose.PROPOSED, Purpose.SHOWN_BY_NAME)


class AlreadyThere(Refusal):
    message = N_("Vous avez déjà un profil : ouvrez-le pour le modifier.")


def create(session: Session, owner: User, data: ProfileForm, answers: Answers) -> Profile:
    """A person's profile; one that was deleted while its history stayed is filled in again. Raises AlreadyThere."""
    session.exec(select(User.id).where(User.id == owner.id).with_for_update())  # one at a time
    profile = own_profile(session, owner)
    if profile is None:
        profile = Profile(owner_id=owner.id, **_said(data, answers))
    elif rules.is_emptied(profile):
        profile.sqlmodel_update({**_said(data, answers), "visibility": Visibility.CARD, "updated_at": now()})
    else:
        raise AlreadyThere
    _save(session, profile, answers)
    consents.give(session, owner, Purpose.PROPOSED, "profile")
    record(session, owner.id, Subject.PROFILE, profile.id, "created")
    return profile


def create_shared(session: Session, contact: User, data: GroupForm, answers: Answers) -> Profile:
    """A group, or an association for which its contact was verified to speak. Raises Invalid."""
    name, kind = data.name, ProfileKind.GROUP
    if data.organisation is not None:
        association = _association(session, contact, data.organisation)
        name, kind = data.name or label(association), ProfileKind.ASSOCIATION
    _check_shared(name, answers)
    said = _said(data, answers)
    profile = Profile(owner_id=contact.id, kind=kind, name=name, organisation_id=data.organisation, **said)
    _save(session, profile, answers)
    session.add(GroupMember(profile_id=profile.id, user_id=contact.id))
    record(session, contact.id, Subject.PROFILE, profile.id, "created")
    return profile


def edit(session: Session, actor: User, profile: Profile, data: ProfileForm, answers: Answers) -> None:
    """Raises Forbidden, and Invalid when something else was saved in between; the same thing twice is saved once."""
    _check_editor(actor, profile)
    session.refresh(profile, with_for_update={"of": Profile})  # as it is now, and ours until the end of the request
    said = _said(data, answers)
    if isinstance(data, GroupForm):
        _check_shared(data.name, answers)
        said["name"] = data.name
    if data.version != profile.version:
        if _says_already(profile, said, answers):
            return
        raise Invalid(STALE)
    profile.sqlmodel_update({**said, "version": profile.version + 1, "updated_at": now()})
    _save(session, profile, answers)
    record(session, actor.id, Subject.PROFILE, profile.id, "edited", version=profile.version)


def correct_chips(session: Session, actor: User, profile: Profile, concept_ids: list[str]) -> None:
    """What is shown and not among these is said to be wrong. Raises Forbidden, Invalid."""
    _check_editor(actor, profile)
    chips.correct(session, profile, concept_ids)
    chips.object_to_removed(session, profile, actor.id)
    chips.remember(session, profile)
    record(session, actor.id, Subject.PROFILE, profile.id, "chips_corrected")


def show_as(session: Session, actor: User, profile: Profile, visibility: Visibility) -> None:
    """A nameless card, by name, or to nobody."""
    _check_editor(actor, profile)
    if visibility is profile.visibility:
        return
    moved = (profile.visibility.value, visibility.value)
    profile.visibility = visibility
    if not rules.is_shared(profile):
        _agree(session, actor, visibility)
    chips.remember(session, profile)
    record(session, actor.id, Subject.PROFILE, profile.id, "shown_as", moved=moved)


def _agree(session: Session, person: User, visibility: Visibility) -> None:
    """Choosing who sees the profile is a consent, with its date."""
    agreed = {Visibility.HIDDEN: (), Visibility.CARD: (Purpose.PROPOSED,), Visibility.OPEN: _BOTH}[visibility]
    for purpose in _BOTH:
        if purpose in agreed:
            consents.give(session, person, purpose, "profile")
        else:
            consents.withdraw(session, person, purpose)


def delete(session: Session, actor: User, profile: Profile) -> None:
    """Gone for good; where others' history stands on it, it is emptied and hidden, so that what was done stays told."""
    _check_editor(actor, profile)
    record(session, actor.id, Subject.PROFILE, profile.id, "deleted")
    if not rules.is_shared(profile):
        _agree(session, actor, Visibility.HIDDEN)
    chips.forget(session, profile)
    objections.forget(session, profile.id)
    try:
        with session.begin_nested():
            session.delete(profile)
            session.flush()
    except IntegrityError:  # contributions, which this domain does not know, point to it
        session.refresh(profile)
        _empty(session, profile)


def _check_editor(actor: User, profile: Profile) -> None:
    if not rules.can_edit(actor, profile):
        raise Forbidden


def _association(session: Session, contact: User, organisation_id: int) -> Organisation:
    mine = {organisation.id: organisation for organisation in associations_of(session, contact)}
    if organisation_id not in mine:
        raise Invalid(
            N_("Vous ne parlez pas encore au nom de cette association : créez un groupe en attendant."), "organisation"
        )
    session.refresh(mine[organisation_id], ["id"], with_for_update=True)  # one profile each
    taken = session.exec(
        select(Profile).where(Profile.organisation_id == organisation_id, Profile.abilities != "")
    ).first()
    if taken is not None:
        raise Invalid(
            N_("Cette association a déjà un profil : demandez à son contact le lien pour vous joindre."), "organisation"
        )
    return mine[organisation_id]


def _check_shared(name: str, answers: Answers) -> None:
    if not name:
        raise Invalid(N_("Donnez un nom au groupe."), "name")
    if not answers.territories:
        raise Invalid(N_("Un groupe est lié à un territoire au moins : écrivez lequel."), "places")


def _said(data: ProfileForm, answers: Answers) -> dict[str, Any]:
    same = data.model_dump(
        include={"abilities", "country", "town", "occupation", "availability", "available_from", "themes", "other"}
    )
    return {
        **same,
        "language": recognised(data.abilities),
        "languages": list(answers.languages),
        "on_site": "on_site" in data.modes,
        "remote": "remote" in data.modes,
        "links": list(answers.links),
    }


def _says_already(profile: Profile, said: dict[str, Any], answers: Answers) -> bool:
    """A second click, or a page that one came back to: nothing in it is new."""
    same_places = {place.code for place in profile.places} == {territory.code for territory in answers.territories}
    return same_places and all(getattr(profile, name) == value for name, value in said.items())


def _save(session: Session, profile: Profile, answers: Answers) -> None:
    session.add(profile)
    session.flush()
    _tie(profile, answers)
    if profile.kind is ProfileKind.PERSON:
        lives_in(session, profile.owner_id, profile.country)
    chips.read_again(session, profile)
    chips.remember(session, profile)


def _tie(profile: Profile, answers: Answers) -> None:
    """The territories that matter: those that stay keep their row, since the table refuses the same one twice."""
    wanted = {territory.code: territory for territory in answers.territories}
    kept = {place.code: place for place in profile.places if place.code in wanted}
    new = [_place(profile, territory) for code, territory in wanted.items() if code not in kept]
    profile.places = [*kept.values(), *new]


def _place(profile: Profile, territory: Territory) -> ProfilePlace:
    if isinstance(territory, Commune):
        return ProfilePlace(profile_id=profile.id, commune_code=territory.code)
    if isinstance(territory, Province):
        return ProfilePlace(profile_id=profile.id, province_code=territory.code)
    return ProfilePlace(profile_id=profile.id, region_code=territory.code)


def _empty(session: Session, profile: Profile) -> None:
    """What contributions still show is that somebody was there; a group keeps its name, which is in their history."""
    profile.abilities = profile.occupation = profile.availability = profile.other = profile.town = ""
    profile.available_from = None
    profile.languages, profile.themes, profile.links = [], [], []
    profile.places, profile.chips = [], []
    profile.visibility = Visibility.HIDDEN
    profile.version += 1
    profile.updated_at = now()
    for table in (GroupMember, GroupInvitation):
        session.execute(delete_rows(table).where(col(table.profile_id) == profile.id))
    session.flush()
