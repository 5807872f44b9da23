"""What is done with one post: by its author, by whoever finds it wrong, and by moderators."""

from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser, MaybeUser
from app.conversations.about import ABOUT, Conversation
from app.conversations.forms import TEXT_LENGTH, SubmittedEdit, SubmittedFault, SubmittedThen
from app.journal import queries as journal
from app.journal.models import Entry, Subject
from app.kernel.database import SessionDep
from app.kernel.errors import Forbidden, Invalid, NotFound, SignInNeeded
from app.kernel.forms import Submitted, blank
from app.kernel.i18n import gettext as _
from app.kernel.security import local_path
from app.kernel.templating import Flash, path, render, see_other
from app.threads import actions, queries, reports, rules, telling
from app.threads.models import Fault, Post
from app.threads.rules import Verb
from app.threads.wording import fault_label, hidden_sentence

router = APIRouter(prefix="/conversations")


@router.get("/posts/{post_id:int}/history", name="post_history")
def history(request: Request, session: SessionDep, viewer: MaybeUser, post_id: int) -> Response:
    """What a post said before."""
    post, found = _found(session, viewer, queries.post(session, post_id))
    if post.hidden_at is not None and not rules.reads_hidden(found.seat, post):
        raise NotFound
    return render(
        request,
        "conversations/history.html",
        post=post,
        about=found.shown,
        name=queries.called(found.seat, post.author),
        versions=queries.versions(session, found.seat, post),
        there=_there(request, post),
    )


@router.get("/posts/{post_id:int}/edit", name="edit_post")
def edit_post(request: Request, session: SessionDep, user: CurrentUser, post_id: int) -> Response:
    post, found = _open_to(session, user, post_id, Verb.EDIT)
    form = blank(text=queries.typed_text(session, found.seat, post), version=post.version)
    return _edit_page(request, post, found, form)


@router.post("/posts/{post_id:int}/edit", name="save_post")
def save_post(request: Request, session: SessionDep, user: CurrentUser, post_id: int, form: SubmittedEdit) -> Response:
    post, found = _open_to(session, user, post_id, Verb.EDIT)
    if not form.refused:
        request.app.state.limits.hit("100 per hour", "save_post", str(user.id))
        try:
            actions.edit(session, found.seat, post, found.topic, found.listeners, form.data.text, form.data.version)
        except Invalid as error:
            form.refuse(error)
        except actions.Stale as error:
            form.problem = error.sentence()
            form.values["version"] = post.version
            return _edit_page(request, post, found, form, queries.typed_text(session, found.seat, post))
    if form.refused:
        return _edit_page(request, post, found, form)
    return see_other(request, _there(request, post), Flash(_("C’est corrigé. Ce qui était écrit avant reste lisible.")))


@router.post("/posts/{post_id:int}/withdraw", name="withdraw_post")
def withdraw_post(
    request: Request, session: SessionDep, user: CurrentUser, post_id: int, form: SubmittedThen
) -> Response:
    post, found = _open_to(session, user, post_id, Verb.WITHDRAW)
    entry = actions.withdraw(session, found.seat, post)
    telling.tell_again(session, post, found.topic, found.listeners)
    return _done(request, post, form, entry, _("Votre message est retiré."))


@router.post("/posts/{post_id:int}/restore", name="restore_post")
def restore_post(
    request: Request, session: SessionDep, user: CurrentUser, post_id: int, form: SubmittedThen
) -> Response:
    post, found = _open_to(session, user, post_id, Verb.RESTORE)
    actions.restore(session, found.seat, post)
    telling.tell_again(session, post, found.topic, found.listeners)
    return see_other(request, _then(request, post, form), Flash(_("Ce message est de nouveau visible.")))


@router.post("/posts/{post_id:int}/answered", name="close_question")
def close_question(
    request: Request, session: SessionDep, user: CurrentUser, post_id: int, form: SubmittedThen
) -> Response:
    post, found = _readable(session, user, post_id)
    if not post.wants_answer:
        raise actions.AlreadyDone
    entry = actions.close_question(session, found.seat, post)
    return _done(request, post, form, entry, _("C’est noté : plus personne n’est attendu pour répondre."))


@router.get("/posts/{post_id:int}/report", name="report_post")
def report_post(request: Request, session: SessionDep, user: CurrentUser, post_id: int) -> Response:
    post, found = _open_to(session, user, post_id, Verb.REPORT)
    return _fault_page(request, session, post, found, Verb.REPORT, blank())


@router.post("/posts/{post_id:int}/report", name="send_report")
def send_report(
    request: Request, session: SessionDep, user: CurrentUser, post_id: int, form: SubmittedFault
) -> Response:
    post, found = _open_to(session, user, post_id, Verb.REPORT)
    if form.refused:
        return _fault_page(request, session, post, found, Verb.REPORT, form)
    request.app.state.limits.hit("20 per hour", "report_post", str(user.id))
    entry = reports.report(session, found.seat, post, found.topic, found.moderators, form.data.reason, form.data.words)
    return _done(
        request, post, form, entry, _("Merci : la modération lit ce message, et vous dira ce qu’elle en a fait.")
    )


@router.get("/posts/{post_id:int}/hide", name="hide_post")
def hide_post(request: Request, session: SessionDep, user: CurrentUser, post_id: int) -> Response:
    post, found = _open_to(session, user, post_id, Verb.HIDE)
    return _fault_page(request, session, post, found, Verb.HIDE, blank())


@router.post("/posts/{post_id:int}/hide", name="send_hide")
def send_hide(request: Request, session: SessionDep, user: CurrentUser, post_id: int, form: SubmittedFault) -> Response:
    post, found = _moderated(session, user, post_id)
    if form.refused:
        return _fault_page(request, session, post, found, Verb.HIDE, form)
    entry = reports.hide(session, found.seat, post, found.topic, form.data.reason, form.data.words)
    telling.tell_again(session, post, found.topic, found.listeners)
    return _done(request, post, form, entry, _("Caché : la personne saura pourquoi dans dix minutes."))


@router.post("/posts/{post_id:int}/keep", name="keep_post")
def keep_post(request: Request, session: SessionDep, user: CurrentUser, post_id: int, form: SubmittedThen) -> Response:
    post, found = _moderated(session, user, post_id)
    entry = reports.keep(session, found.seat, post, found.topic)
    return _done(request, post, form, entry, _("Ce message reste visible : qui l’a signalé le saura."))


@router.post("/undo/{entry_id:int}", name="undo_post")
def undo(request: Request, session: SessionDep, user: CurrentUser, entry_id: int, then: str = "") -> Response:
    entry = journal.entry_of(session, entry_id, Subject.POST)
    if entry.actor_id != user.id:
        raise NotFound
    post, found = _readable(session, user, entry.subject_id)
    domain = actions if entry.verb in (Verb.WITHDRAW, Verb.CLOSE) else reports
    domain.undo(session, user, post, entry)
    telling.tell_again(session, post, found.topic, found.listeners)
    return see_other(request, local_path(then, _there(request, post)), Flash(_("C’est annulé."), "info"))


def _found(session: Session, user: User | None, post: Post) -> tuple[Post, Conversation]:
    """Raises NotFound for a post in a thread that this person may not see; who is not signed in signs in first."""
    thread = post.thread
    if user is None and thread.subject_kind is Subject.CONTRIBUTION:
        raise SignInNeeded
    return post, ABOUT[thread.subject_kind].find(session, user, thread.subject_id)


def _readable(session: Session, user: User, post_id: int) -> tuple[Post, Conversation]:
    return _found(session, user, queries.post_for_change(session, post_id))


def _open_to(session: Session, user: User, post_id: int, verb: Verb) -> tuple[Post, Conversation]:
    """Raises NotFound where this person could never do it, AlreadyDone where it is no longer to be done."""
    post, found = _readable(session, user, post_id)
    if not rules.may(found.seat, post, verb):
        own, hidden = rules.is_own(found.seat, post), post.hidden_at is not None
        if (own and hidden and verb in (Verb.EDIT, Verb.WITHDRAW)) or (not own and hidden and verb is Verb.REPORT):
            raise actions.AlreadyDone
        raise NotFound
    return post, found


def _moderated(session: Session, user: User, post_id: int) -> tuple[Post, Conversation]:
    post, found = _readable(session, user, post_id)
    if not found.seat.moderates:
        raise NotFound
    if rules.is_own(found.seat, post):
        raise Forbidden
    return post, found


def _there(request: Request, post: Post) -> str:
    """The post in its thread."""
    thread = post.thread
    page = path(request, "conversation", kind=thread.subject_kind.value, subject_id=thread.subject_id)
    return f"{page}#post-{post.id}"


def _then(request: Request, post: Post, form: Submitted[Any]) -> str:
    return local_path(str(form.values.get("then") or ""), _there(request, post))


def _done(request: Request, post: Post, form: Submitted[Any], entry: Entry, word: str) -> Response:
    url = _then(request, post, form)
    return see_other(request, url, Flash(word, undo=path(request, "undo_post", entry_id=entry.id, then=url)))


def _edit_page(request: Request, post: Post, found: Conversation, form: Submitted[Any], current: str = "") -> Response:
    """`current`: what it says by now, where another page saved it."""
    return render(
        request,
        "conversations/edit.html",
        status=409 if current else 422 if form.refused else 200,
        post=post,
        about=found.shown,
        form=form,
        present=current,
        text_length=TEXT_LENGTH,
        there=_there(request, post),
    )


def _fault_page(
    request: Request, session: Session, post: Post, found: Conversation, verb: Verb, form: Submitted[Any]
) -> Response:
    said = queries.versions(session, found.seat, post)[-1][1]
    return render(
        request,
        "conversations/fault.html",
        status=422 if form.refused else 200,
        post=post,
        about=found.shown,
        name=queries.called(found.seat, post.author),
        said=said,
        hidden=hidden_sentence(post),
        hides=verb is Verb.HIDE,
        form=form,
        faults=[(fault.value, fault_label(fault)) for fault in Fault],
        there=_there(request, post),
    )
