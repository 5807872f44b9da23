"""My page: what waits for me, what I began, what could be for me."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.rules import can_enrol, can_manage_accounts
from app.accounts.sessions import CurrentUser
from app.contributions import sides
from app.home import mine
from app.kernel.database import SessionDep
from app.kernel.templating import render
from app.news.queries import unpublished_news_of
from app.notifications.queries import bouncing, unread_of
from app.organisations.queries import memberships_of
from app.organisations.wording import STATE_KINDS, STATES
from app.projects import labels
from app.relays import queries as relays
from app.relays import wording as relay_wording
from app.relays.known import queries as known

router = APIRouter(prefix="/me")

MESSAGES = 3


@router.get("", name="my_page")
def my_page(request: Request, session: SessionDep, user: CurrentUser) -> Response:
    ties = sides.ties(session, user)
    return render(
        request,
        "home/me.html",
        waiting_projects=mine.waiting_projects(session, ties),
        contributions=mine.my_contributions(session, ties),
        suggestions=mine.my_suggestions(session, user),
        news=unpublished_news_of(session, user, mine.FEW),
        projects=mine.other_projects(session, ties, "", mine.FEW),
        profiles=mine.my_profiles(session, ties),
        memberships=memberships_of(session, user),
        membership_states=STATES,
        membership_kinds=STATE_KINDS,
        messages=unread_of(session, user.id, MESSAGES),
        bouncing=bouncing(session, user.email),
        asked_to_relay=relays.waiting(session, user.id),
        asked_to_reach=known.asked_of(session, user.id),
        relayed=relays.figures(session, user.id),
        relay_wording=relay_wording,
        labels=labels,
        enrols=can_enrol(user),
        manages_accounts=can_manage_accounts(user),
    )


@router.get("/projects", name="my_projects")
def my_projects(request: Request, session: SessionDep, user: CurrentUser, after: str = "") -> Response:
    ties = sides.ties(session, user)
    return render(
        request,
        "home/my_projects.html",
        waiting=mine.waiting_projects(session, ties) if not after else [],
        page=mine.other_projects(session, ties, after, mine.PAGE),
        labels=labels,
    )
