from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts import disclosures
from app.accounts.models import User
from app.accounts.queries import names_of
from app.accounts.sessions import CurrentAdministrator, CurrentUser, MaybeUser
from app.assistance.models import AssistanceRequest
from app.journal.actions import record
from app.journal.models import Subject
from app.kernel.database import SessionDep
from app.kernel.errors import NotFound
from app.kernel.forms import blank
from app.kernel.i18n import N_
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.moderation import queries
from app.moderation.cards import cards
from app.moderation.decisions import decisions
from app.moderation.queries import Item
from app.moderation.rules import Kind
from app.moderation.said_wrong import said_wrong as what_was_said_wrong
from app.notifications import actions as messages
from app.notifications.queries import uncertain_message, uncertain_messages
from app.organisations.models import Membership
from app.projects import labels
from app.reminders.pages.left_waiting import delays, reasons
from app.threads.wording import FAULTS

router = APIRouter(prefix="/desk")

SHOWN = 50
MOST = 500

KINDS = {
    Kind.LEFT_WAITING: (N_("Sans réponse"), N_("Sans réponse")),
    Kind.ORGANISATION: (N_("Organisations"), N_("Organisation")),
    Kind.PROJECT: (N_("Idées"), N_("Idée")),
    Kind.CONTRIBUTION: (N_("Rencontres"), N_("Rencontre")),
    Kind.NEWS: (N_("Actualités"), N_("Actualité")),
    Kind.REPORT: (N_("Signalements"), N_("Message signalé")),
    Kind.CALL: (N_("À rappeler"), N_("À rappeler")),
    Kind.FEEDBACK: (N_("Avis"), N_("Un mot sur une page")),
}
"""What a tab says, and a card."""


def at_the_desk(user: CurrentUser) -> User:
    if not user.has_desk:
        raise NotFound  # private: absent rather than forbidden
    return user


AtTheDesk = Annotated[User, Depends(at_the_desk)]


def count_waiting(request: Request, session: SessionDep, viewer: MaybeUser) -> None:
    """For the header of every page; what a script asks for has none."""
    if viewer is not None and "application/json" not in request.headers.get("accept", ""):
        request.state.waiting_count = queries.waiting_count(session, viewer)


@router.get("", name="desk")
def desk(request: Request, session: SessionDep, user: AtTheDesk, kind: str = "", show: str = "") -> Response:
    """`kind` keeps one tab; `show` asks for more than the first fifty."""
    only = Kind(kind) if kind in set(Kind) else None
    limit = min(int(show), MOST) if show.isascii() and show.isdecimal() and len(show) < 5 else SHOWN
    limit = max(limit, SHOWN)
    counted = queries.counts(session, user)
    items = queries.waiting(session, user, only, limit)
    total = counted[only] if only else sum(counted.values())
    _note_addresses(session, user, items)
    here = path(request, "desk", kind=only.value if only else "", show=limit if limit > SHOWN else "")
    return render(
        request,
        "moderation/desk.html",
        cards=cards(session, user, items),
        only=only,
        total=total,
        tabs=[(one.value, _(several), counted[one]) for one, (several, _single) in KINDS.items()],
        kinds={one.value: _(single) for one, (_several, single) in KINDS.items()},
        everything=sum(counted.values()),
        more=limit + SHOWN if total > len(items) and limit < MOST else None,
        here=here,
        labels=labels,
        delays=delays(),
        reasons=reasons(),
        no_form=blank(),
        faults=[(fault.value, _(words)) for fault, words in FAULTS.items()],
    )


def _note_addresses(session: Session, user: User, items: Sequence[Item]) -> None:
    """The cards of some show how to reach them: they can read who saw it."""
    asking = {row.user_id: row.id for item in items if isinstance(row := item.row, Membership)}
    disclosures.note(session, user, Subject.MEMBERSHIP, asking)
    calls = [row for item in items if isinstance(row := item.row, AssistanceRequest) and row.phone]
    disclosures.note(session, user, Subject.ASSISTANCE, {row.user_id: row.id for row in calls if row.user_id})


@router.get("/decisions", name="my_decisions")
def my_decisions(request: Request, session: SessionDep, user: AtTheDesk, after: str | None = None) -> Response:
    return render(
        request,
        "moderation/decisions.html",
        page=decisions(session, user, after),
        here=path(request, "my_decisions"),
    )


@router.get("/said-wrong", name="said_wrong")
def said_wrong(
    request: Request, session: SessionDep, _administrator: CurrentAdministrator, after: str | None = None
) -> Response:
    return render(
        request,
        "moderation/said_wrong.html",
        page=what_was_said_wrong(session, after),
        here=path(request, "said_wrong"),
    )


@router.get("/messages", name="uncertain_messages")
def uncertain(request: Request, session: SessionDep, _administrator: CurrentAdministrator) -> Response:
    """What may have arrived or not: the machine would risk sending twice, a person decides."""
    rows = uncertain_messages(session, SHOWN)
    return render(
        request,
        "moderation/uncertain_messages.html",
        messages=rows,
        names=names_of(session, [row.recipient_id for row in rows]),
    )


UNCERTAIN = {
    "send-again": (messages.send_again, N_("Il part à nouveau.")),
    "consider-sent": (messages.consider_sent, N_("Il est considéré comme envoyé.")),
}


@router.post("/messages/{message_id:int}/{verb}", name="decide_message")
def decide_message(
    request: Request, session: SessionDep, administrator: CurrentAdministrator, message_id: int, verb: str
) -> Response:
    if verb not in UNCERTAIN:
        raise NotFound
    message = uncertain_message(session, message_id)
    act, word = UNCERTAIN[verb]
    act(message)
    if message.recipient_id is not None:
        record(session, administrator.id, Subject.USER, message.recipient_id, f"message_{verb}", message=message.id)
    return see_other(request, path(request, "uncertain_messages"), Flash(_(word)))
