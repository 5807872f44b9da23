"""Who writes a fiche together: the link that invites, the people, the way out."""

from uuid import UUID

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.accounts.sessions import CurrentUser
from app.kernel.database import SessionDep
from app.kernel.errors import NotFound
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.projects import coauthors, queries, rules
from app.projects.pages.fiche import editable

router = APIRouter(prefix="/projects")

# The address of an invitation is its key: no other page may learn it from the browser.
PRIVATE = {"Referrer-Policy": "no-referrer"}


@router.get("/{project_id:int}/co-authors", name="co_authors")
def co_authors(request: Request, session: SessionDep, user: CurrentUser, project_id: int) -> Response:
    project, standing = editable(session, user, project_id)
    people = coauthors.of_project(session, project)
    link = coauthors.invitation(session, project)
    return render(
        request,
        "projects/co_authors.html",
        project=project,
        people=people,
        removable={one.user_id for one in people if rules.can_remove_co_author(standing, project, one.user_id)},
        link=_address(request, link.code) if link else None,
    )


@router.post("/{project_id:int}/co-authors/link", name="invite_co_authors")
def invite(request: Request, session: SessionDep, user: CurrentUser, project_id: int) -> Response:
    project, standing = editable(session, user, project_id)
    request.app.state.limits.hit("20 per hour", "invite_co_authors", str(user.id))
    coauthors.invite(session, standing, project)
    return see_other(request, _page(request, project.id), Flash(_("Le lien est prêt : envoyez-le.")))


@router.post("/{project_id:int}/co-authors/link/stop", name="stop_inviting_co_authors")
def stop_inviting(request: Request, session: SessionDep, user: CurrentUser, project_id: int) -> Response:
    project, standing = editable(session, user, project_id)
    coauthors.stop_inviting(session, standing, project)
    return see_other(request, _page(request, project.id), Flash(_("Ce lien n’ouvre plus rien.")))


@router.post("/{project_id:int}/co-authors/{user_id:int}/remove", name="remove_co_author")
def remove(request: Request, session: SessionDep, user: CurrentUser, project_id: int, user_id: int) -> Response:
    project, standing = editable(session, user, project_id)
    if user_id > queries.MAX_ID:
        raise NotFound
    coauthors.remove(session, standing, project, user_id)
    if user_id == user.id:
        return see_other(request, path(request, "projects"), Flash(_("Vous n’écrivez plus ce projet.")))
    return see_other(request, _page(request, project.id), Flash(_("Cette personne n’écrit plus ce projet.")))


@router.get("/join/{code}", name="join_project")
def join_form(request: Request, session: SessionDep, _user: CurrentUser, code: UUID) -> Response:
    """Shows a button: programs that look at links in advance must not accept them."""
    project = coauthors.invited_to(session, code)
    return render(request, "projects/join.html", headers=PRIVATE, project=project, code=code)


@router.post("/join/{code}", name="accept_to_write")
def join(request: Request, session: SessionDep, user: CurrentUser, code: UUID) -> Response:
    request.app.state.limits.hit("30 per hour", "join_project", str(user.id))
    project = coauthors.join(session, user, code)
    url = path(request, "project", project_id=project.id)
    return see_other(request, url, Flash(_("Bienvenue : vous pouvez maintenant écrire dans ce projet.")))


def _page(request: Request, project_id: int) -> str:
    return path(request, "co_authors", project_id=project_id)


def _address(request: Request, code: UUID) -> str:
    """The whole address, as one sends it."""
    base = request.app.state.settings.base_url.rstrip("/")
    return f"{base}{path(request, 'join_project', code=code)}"
