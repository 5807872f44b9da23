"""A profile: the form, the page that others see by their level, visibility, deletion."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser, MaybeUser
from app.kernel import countries
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext as _
from app.kernel.i18n import language_name
from app.kernel.once import first_time, fresh_key
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other
from app.matching.chips import ChipState
from app.profiles import actions, queries, rules
from app.profiles.cards import card, territory_of
from app.profiles.forms import (
    Answers,
    SubmittedGroup,
    SubmittedProfile,
    SubmittedVisibility,
    complete,
)
from app.profiles.languages import OFFERED
from app.profiles.models import Profile
from app.profiles.rules import Level
from app.profiles.solicitations import is_paused

router = APIRouter(prefix="/profiles")

MORE = (
    *("town", "other_languages", "occupation", "availability"),
    *("available_from", "themes", "other", "links"),
)


def visible_profile(
    session: SessionDep, viewer: MaybeUser, profile_id: Annotated[int, Path(le=2**31 - 1)]
) -> tuple[Profile, Level]:
    return queries.profile_for(session, viewer, profile_id)


VisibleProfile = Annotated[tuple[Profile, Level], Depends(visible_profile)]


def own_profile(user: CurrentUser, visible: VisibleProfile) -> Profile:
    """What only the person, or the contact of the group, may open: for others it is absent."""
    if not rules.can_edit(user, visible[0]):
        raise NotFound
    return visible[0]


OwnProfile = Annotated[Profile, Depends(own_profile)]


@router.get("/mine", name="contributor_profile")
def mine(request: Request, session: SessionDep, viewer: MaybeUser, then: str = "") -> Response:
    """The way in to offering help: the form, or the page of those who have a profile."""
    profile = queries.own_profile(session, viewer) if viewer else None
    if viewer is None or profile is None or rules.is_emptied(profile):
        groups = queries.shared_profiles(session, viewer) if viewer else []
        form = blank(once=fresh_key(), then=local_path(then, ""))
        return _form(request, session, form, Answers([], []), groups=groups)
    return _page(request, session, viewer, profile, Level.FULL)


@router.post("/mine", name="create_profile")
def create(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedProfile) -> Response:
    request.app.state.limits.hit("30 per hour", "save_profile", str(user.id))
    first_time(session, form.values.get("once"))  # the second of two clicks waits, and finds the profile of the first
    existing = queries.own_profile(session, user)
    if existing is not None and not rules.is_emptied(existing):
        return _save(request, session, user, existing, form)
    answers = complete(session, form)
    if form.refused:
        return _form(request, session, form, answers, status=422)
    profile = actions.create(session, user, form.data, answers)
    return saved(request, profile, form, _("Votre profil est enregistré."))


@router.get("/{profile_id:int}", name="profile")
def profile(request: Request, session: SessionDep, viewer: MaybeUser, visible: VisibleProfile) -> Response:
    """Absent for those who are not signed in, like any profile that one may not see."""
    if viewer is None:
        raise NotFound
    return _page(request, session, viewer, *visible)


@router.get("/{profile_id:int}/edit", name="edit_profile")
def edit_form(request: Request, session: SessionDep, profile: OwnProfile) -> Response:
    form = blank(**_stored(profile))
    territories = [territory_of(place) for place in profile.places]
    return _form(request, session, form, Answers(territories, profile.languages), profile)


@router.post("/{profile_id:int}/edit", name="save_profile")
def edit(
    request: Request,
    session: SessionDep,
    user: CurrentUser,
    profile: OwnProfile,
    form: SubmittedProfile,
    group_form: SubmittedGroup,
) -> Response:
    request.app.state.limits.hit("30 per hour", "save_profile", str(user.id))
    return _save(request, session, user, profile, group_form if rules.is_shared(profile) else form)


@router.post("/{profile_id:int}/visibility", name="show_profile_as")
def show_as(
    request: Request, session: SessionDep, user: CurrentUser, profile: OwnProfile, form: SubmittedVisibility
) -> Response:
    if form.refused:
        return _page(request, session, user, profile, Level.FULL, form, status=422)
    actions.show_as(session, user, profile, form.data.visibility)
    return see_other(request, home_of(request, profile), Flash(_("C’est fait.")))


@router.post("/{profile_id:int}/delete", name="delete_profile")
def delete(request: Request, session: SessionDep, user: CurrentUser, profile: OwnProfile) -> Response:
    actions.delete(session, user, profile)
    return see_other(request, path(request, "home"), Flash(_("Le profil est supprimé. Merci pour votre aide.")))


def saved(request: Request, profile: Profile, form: Submitted[Any], words: str) -> Response:
    """After the form: have we understood?"""
    where = home_of(request, profile)
    if profile.version == 1 or _to_confirm(profile):
        then = local_path(str(form.values.get("then", "")), "")
        where = path(request, "profile_chips", profile_id=profile.id, then=then)
    return see_other(request, where, Flash(words))


def _save(request: Request, session: Session, user: User, profile: Profile, form: Submitted[Any]) -> Response:
    answers = complete(session, form, profile)
    if not form.refused:
        try:
            actions.edit(session, user, profile, form.data, answers)
            return saved(request, profile, form, _("Le profil est enregistré."))
        except Invalid as error:
            form.refuse(error)
    stored = None
    if form.problem:  # it was saved elsewhere: sending again means what I have just written, knowing what was there
        stored, form.values["version"] = profile, profile.version
    return _form(request, session, form, answers, profile, status=422, stored=stored)


def _form(
    request: Request,
    session: Session,
    form: Submitted[Any],
    answers: Answers,
    profile: Profile | None = None,
    status: int = 200,
    stored: Profile | None = None,
    groups: Sequence[Profile] = (),
) -> Response:
    return render(
        request,
        "profiles/form.html",
        status=status,
        form=form,
        profile=profile,
        stored=stored,
        groups=groups,
        **choices(session, form, answers),
    )


def choices(session: Session, form: Submitted[Any], answers: Answers) -> dict[str, Any]:
    """What the form of a profile lets one choose from, whoever it is about."""
    return {
        "places": answers.chosen,
        "proposed_places": answers.proposed,
        "offered_languages": [(code, language_name(code)) for code in OFFERED],
        "countries": countries.options(),
        "theme_options": list(queries.theme_labels(session).items()),
        "more_open": any(form.values.get(name) for name in MORE) or any(name in MORE for name in form.errors),
    }


def _stored(profile: Profile) -> dict[str, Any]:
    others = [language_name(code) for code in profile.languages if code not in OFFERED]
    modes = [mode for mode, wanted in (("on_site", profile.on_site), ("remote", profile.remote)) if wanted]
    return {
        "name": profile.name,
        "abilities": profile.abilities,
        "languages": profile.languages,
        "other_languages": ", ".join(others),
        "modes": modes,
        "country": profile.country,
        "town": profile.town,
        "occupation": profile.occupation,
        "availability": profile.availability,
        "available_from": profile.available_from,
        "themes": profile.themes,
        "other": profile.other,
        "links": "\n".join(profile.links),
        "version": profile.version,
        "once": fresh_key(),
    }


def _page(
    request: Request,
    session: Session,
    viewer: User,
    profile: Profile,
    level: Level,
    form: Submitted[Any] | None = None,
    status: int = 200,
) -> Response:
    themes = queries.theme_labels(session)
    editable = rules.can_edit(viewer, profile)
    member = rules.is_shared(profile) and queries.is_member(session, viewer, profile)
    together = rules.sees_members(viewer, profile, member=member)
    link = queries.invitation(session, profile) if together and editable else None
    return render(
        request,
        "profiles/profile.html",
        status=status,
        card=card(profile, level, themes),
        named=level is Level.FULL,
        editable=editable,
        own=profile if editable else None,
        nameless=card(profile, Level.CARD, themes) if editable else None,
        paused_until=profile.owner.not_before if editable and is_paused(profile.owner) else None,
        to_confirm=editable and _to_confirm(profile),
        form=form or blank(visibility=profile.visibility.value),
        members=queries.members(session, profile) if together else [],
        is_member=member,
        contact_id=profile.owner_id,
        invitation=_public(request, path(request, "group_invitation", code=link.code)) if link else None,
        groups=queries.shared_profiles(session, viewer) if editable and not rules.is_shared(profile) else [],
    )


def _to_confirm(profile: Profile) -> bool:
    return any(chip.state is ChipState.PROPOSED for chip in profile.chips)


def _public(request: Request, local: str) -> str:
    """An address that can be sent to somebody."""
    return f"{request.app.state.settings.base_url.rstrip('/')}{local}"


def home_of(request: Request, profile: Profile) -> str:
    """Where a profile is read by those who keep it."""
    if rules.is_shared(profile):
        return path(request, "profile", profile_id=profile.id)
    return path(request, "contributor_profile")
