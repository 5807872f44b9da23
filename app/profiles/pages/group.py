"""Groups and associations: people of one place who answer together, through one contact."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser, MaybeUser
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext as _
from app.kernel.i18n import label
from app.kernel.once import first_time, fresh_key, led_to
from app.kernel.templating import Flash, path, render, see_other
from app.profiles import actions, groups, queries, rules
from app.profiles.forms import Answers, GroupForm, SubmittedGroup, SubmittedMember, complete
from app.profiles.models import Profile
from app.profiles.pages.profile import OwnProfile, VisibleProfile, choices, saved
from app.territories import queries as territories

router = APIRouter(prefix="/profiles")


@router.get("/groups/new", name="new_group")
def new_group(request: Request, session: SessionDep, viewer: MaybeUser, territory: str = "") -> Response:
    """`territory`: the code of the one whose people come together."""
    place = territories.get(session, territory)
    if place is None:
        return _form(request, session, viewer, blank(once=fresh_key()), Answers([], []))
    form = blank(once=fresh_key(), name=_("Ensemble pour %(place)s") % {"place": label(place)})
    return _form(request, session, viewer, form, Answers([place], []))


@router.post("/groups/new", name="create_group")
def create_group(request: Request, session: SessionDep, user: CurrentUser, form: SubmittedGroup) -> Response:
    request.app.state.limits.hit("10 per day", "create_group", str(user.id))
    if done := first_time(session, form.values.get("once")):
        return see_other(request, done)
    answers = complete(session, form)
    if not form.refused:
        try:
            profile = actions.create_shared(session, user, form.data, answers)
            led_to(session, form.values.get("once"), path(request, "profile_chips", profile_id=profile.id))
            return saved(request, profile, form, _("Le groupe est créé."))
        except Invalid as error:
            form.refuse(error)
    return _form(request, session, user, form, answers, status=422)


@router.get("/join/{code}", name="group_invitation")
def invitation(request: Request, session: SessionDep, viewer: MaybeUser, code: UUID) -> Response:
    profile = queries.group_invited_to(session, code)
    if viewer and queries.is_member(session, viewer, profile):
        return see_other(request, path(request, "profile", profile_id=profile.id))
    count = len(queries.members(session, profile))
    # Without a field, nothing of what a visitor sends would be kept until they have signed in.
    return render(request, "profiles/join.html", profile=profile, code=code, member_count=count, once=fresh_key())


@router.post("/join/{code}", name="join_group")
def join(request: Request, session: SessionDep, user: CurrentUser, code: UUID) -> Response:
    request.app.state.limits.hit("20 per hour", "join_group", str(user.id))
    profile = queries.group_invited_to(session, code)
    groups.join(session, user, profile)
    welcome = Flash(_("Bienvenue dans « %(group)s ».") % {"group": profile.name})
    return see_other(request, path(request, "profile", profile_id=profile.id), welcome)


def shared_profile(profile: OwnProfile) -> Profile:
    """A group, for its contact."""
    if not rules.is_shared(profile):
        raise NotFound
    return profile


OwnGroup = Annotated[Profile, Depends(shared_profile)]


@router.post("/{profile_id:int}/invitation", name="invite_to_group")
def invite(request: Request, session: SessionDep, user: CurrentUser, profile: OwnGroup) -> Response:
    groups.invite(session, user, profile)
    return _back(request, profile, _("Le lien d’invitation est prêt : envoyez-le par WhatsApp ou par e-mail."))


@router.post("/{profile_id:int}/contact", name="hand_over_group")
def hand_over(
    request: Request, session: SessionDep, user: CurrentUser, profile: OwnGroup, form: SubmittedMember
) -> Response:
    groups.hand_over(session, user, profile, _member(form))
    return _back(request, profile, _("Le groupe a un nouveau contact, qui en est prévenu."))


@router.post("/{profile_id:int}/remove", name="remove_from_group")
def remove(
    request: Request, session: SessionDep, user: CurrentUser, profile: OwnGroup, form: SubmittedMember
) -> Response:
    groups.remove(session, user, profile, _member(form))
    return _back(request, profile, _("Cette personne ne fait plus partie du groupe."))


@router.post("/{profile_id:int}/leave", name="leave_group")
def leave(request: Request, session: SessionDep, user: CurrentUser, visible: VisibleProfile) -> Response:
    profile = visible[0]
    if not rules.is_shared(profile) or not queries.is_member(session, user, profile):
        raise NotFound
    groups.leave(session, user, profile)
    words = Flash(_("Vous avez quitté « %(group)s ».") % {"group": profile.name})
    return see_other(request, path(request, "contributor_profile"), words)


def _member(form: SubmittedMember) -> int:
    if form.refused:
        raise groups.NotAMember
    return form.data.member


def _back(request: Request, profile: Profile, words: str) -> Response:
    return see_other(request, path(request, "profile", profile_id=profile.id), Flash(words))


def _form(
    request: Request,
    session: SessionDep,
    viewer: User | None,
    form: Submitted[GroupForm],
    answers: Answers,
    status: int = 200,
) -> Response:
    associations = queries.associations_of(session, viewer) if viewer else []
    return render(
        request,
        "profiles/group_form.html",
        status=status,
        form=form,
        associations=[(organisation.id, label(organisation)) for organisation in associations],
        **choices(session, form, answers),
    )
