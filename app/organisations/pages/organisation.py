from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.contact import parse_contact
from app.accounts.models import User
from app.accounts.sessions import CurrentModerator, CurrentUser, MaybeUser
from app.deadlines.wording import next_step
from app.journal import queries as journal
from app.journal.models import Entry, Subject
from app.kernel.database import SessionDep
from app.kernel.errors import Invalid, NotFound
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other
from app.organisations import actions, queries, rules
from app.organisations.forms import (
    AddForm,
    RefuseForm,
    SubmittedAddition,
    SubmittedDecision,
    SubmittedRefusal,
)
from app.organisations.models import Membership, MembershipState, Organisation
from app.organisations.wording import KINDS

router = APIRouter(prefix="/organisations")

DONE = {
    "verify": N_("Vérifié : la personne en est prévenue."),
    "refuse": N_("Non retenu : la personne saura pourquoi."),
    "end": N_("Cette personne ne parle plus pour l’organisation."),
    "leave": N_("Vous ne parlez plus pour cette organisation."),
}


@router.get("/{organisation_id:int}", name="organisation")
def organisation(request: Request, session: SessionDep, viewer: MaybeUser, organisation_id: int) -> Response:
    return _page(request, session, viewer, queries.get(session, viewer, organisation_id))


def _page(
    request: Request,
    session: Session,
    viewer: User | None,
    organisation: Organisation,
    added: Submitted[AddForm] | None = None,
) -> Response:
    """`added`: a person who could not be added comes back as typed."""
    spoken_for = queries.verified_organisation_ids(session, viewer) if viewer else set()
    mine = queries.last_membership(session, viewer, organisation) if viewer else None
    sees_members = rules.sees_members(viewer, organisation, spoken_for)
    members = queries.members_of(session, organisation) if sees_members else []
    waiting = queries.waiting_of(session, organisation) if viewer else []
    return render(
        request,
        "organisations/organisation.html",
        status=422 if added and added.refused else 200,
        organisation=organisation,
        kind=_(KINDS[organisation.kind]),
        mine=mine,
        waits=next_step(mine.open_step, False) if mine and mine.open_step else None,
        reason=_reason(session, mine) if mine else "",
        sees_members=sees_members,
        members=[(one, viewer and rules.can_end(viewer, one, spoken_for)) for one in members],
        waiting=[one for one in waiting if viewer and rules.can_judge(viewer, one)],
        adds=viewer is not None and rules.looks_after(viewer, organisation),
        form=added or blank(),
        here=path(request, "organisation", organisation_id=organisation.id),
    )


def _reason(session: Session, membership: Membership) -> str:
    """Why it was refused."""
    if membership.state is not MembershipState.REFUSED:
        return ""
    said = journal.history(session, Subject.MEMBERSHIP, membership.id, ["refuse"])
    return said[-1].note if said else ""


@router.post("/{organisation_id:int}/members", name="add_member")
def add_member(
    request: Request, session: SessionDep, moderator: CurrentModerator, organisation_id: int, form: SubmittedAddition
) -> Response:
    organisation = queries.get(session, moderator, organisation_id)
    if not rules.looks_after(moderator, organisation):
        raise NotFound
    if not form.refused:
        request.app.state.limits.hit("60 per hour", "add_member", str(moderator.id))
        try:
            person = queries.person_of(session, parse_contact(form.data.contact))
            if person is None:
                raise Invalid(N_("Personne n’a de compte avec cette adresse ou ce numéro."), "contact")
        except Invalid as error:
            form.refuse(error)
        else:
            actions.add(session, moderator, organisation, person, form.data.function)
            word = Flash(_("%(name)s parle maintenant pour cette organisation.") % {"name": person.name})
            return see_other(request, path(request, "organisation", organisation_id=organisation.id), word)
    return _page(request, session, moderator, organisation, form)


@router.post("/memberships/{membership_id:int}/verify", name="verify_membership")
def verify(
    request: Request, session: SessionDep, user: CurrentUser, membership_id: int, form: SubmittedDecision
) -> Response:
    membership = _to_judge(session, user, membership_id)
    entry = actions.verify(session, user, membership)
    return _done(request, membership, entry, form.values.get("then", ""))


@router.post("/memberships/{membership_id:int}/refuse", name="refuse_membership")
def refuse(
    request: Request, session: SessionDep, user: CurrentUser, membership_id: int, form: SubmittedRefusal
) -> Response:
    membership = _to_judge(session, user, membership_id)
    if form.refused:
        return _refuse_page(request, membership, form)
    entry = actions.refuse(session, user, membership, form.data.reason)
    return _done(request, membership, entry, form.values.get("then", ""))


def _refuse_page(request: Request, membership: Membership, form: Submitted[RefuseForm]) -> Response:
    return render(request, "organisations/refuse.html", status=422, membership=membership, form=form)


@router.post("/memberships/{membership_id:int}/end", name="end_membership")
def end(
    request: Request, session: SessionDep, user: CurrentUser, membership_id: int, form: SubmittedDecision
) -> Response:
    membership = queries.membership_for_change(session, membership_id)
    if not rules.sees_members(user, membership.organisation, queries.verified_organisation_ids(session, user)):
        raise NotFound
    entry = actions.end(session, user, membership)
    return _done(request, membership, entry, form.values.get("then", ""))


@router.post("/memberships/{membership_id:int}/leave", name="leave_organisation")
def leave(
    request: Request, session: SessionDep, user: CurrentUser, membership_id: int, form: SubmittedDecision
) -> Response:
    membership = queries.membership_for_change(session, membership_id)
    if membership.user_id != user.id:
        raise NotFound
    entry = actions.leave(session, user, membership)
    return _done(request, membership, entry, form.values.get("then", ""))


@router.post("/undo/{entry_id:int}", name="undo_membership")
def undo(request: Request, session: SessionDep, user: CurrentUser, entry_id: int, then: str = "") -> Response:
    entry = journal.entry_of(session, entry_id, Subject.MEMBERSHIP)
    if entry.actor_id != user.id:
        raise NotFound
    membership = queries.membership_for_change(session, entry.subject_id)
    actions.undo(session, user, membership, entry)
    url = path(request, "organisation", organisation_id=membership.organisation_id)
    return see_other(request, local_path(then, url), Flash(_("C’est annulé."), "info"))


def _to_judge(session: Session, user: User, membership_id: int) -> Membership:
    membership = queries.membership_for_change(session, membership_id)
    if not rules.can_judge(user, membership):
        raise NotFound
    return membership


def _done(request: Request, membership: Membership, entry: Entry, then: str) -> Response:
    url = path(request, "organisation", organisation_id=membership.organisation_id)
    word = Flash(_(DONE[entry.verb]), undo=path(request, "undo_membership", entry_id=entry.id, then=then))
    return see_other(request, local_path(then, url), word)
