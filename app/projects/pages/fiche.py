"""The sections of a fiche: each edited alone, with its history; two people's texts side by side when they meet."""

from collections.abc import Mapping
from itertools import zip_longest
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from sqlmodel import Session
from starlette.responses import Response

from app.accounts.models import User
from app.accounts.sessions import CurrentUser
from app.kernel.database import SessionDep
from app.kernel.days import today
from app.kernel.errors import Forbidden, Invalid, NotFound
from app.kernel.forms import Submitted, blank, form_values, read_form
from app.kernel.i18n import LOCALES, N_, label
from app.kernel.i18n import gettext as _
from app.kernel.templating import Flash, path, render, see_other
from app.projects import comparing, contents, fiche, queries, rules, sections
from app.projects.fiche import HISTORY_PAGE, StaleSection
from app.projects.models import Project
from app.projects.rules import Standing
from app.projects.sections import IDEA, SectionKind
from app.projects.suggesting import actions as adapting
from app.projects.suggesting import queries as suggestions
from app.projects.suggesting import rules as suggesting
from app.projects.suggesting import showing
from app.projects.suggesting.models import Suggestion
from app.taxonomy import queries as taxonomy
from app.territories import queries as territories
from app.territories.forms import chosen_commune

router = APIRouter(prefix="/projects/{project_id:int}/sections/{section}")

Choices = list[tuple[str, str]]


async def posted_texts(request: Request) -> dict[str, str]:
    """All that was typed: the names of the fields depend on the section."""
    return form_values(await read_form(request), set())


Posted = Annotated[dict[str, str], Depends(posted_texts)]


def editable(session: Session, user: User, project_id: int) -> tuple[Project, Standing]:
    """The project, if this person may see it; Forbidden if they may not write in it."""
    project = queries.get(session, user, project_id)
    standing = queries.standing(session, user, project)
    if not rules.can_edit(standing, project):
        raise Forbidden
    return project, standing


@router.get("/edit", name="edit_section")
def edit_section(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, section: str, suggestion: str = ""
) -> Response:
    """`suggestion`: the number of one that is to be adapted; its words are in the form already."""
    project, standing = editable(session, user, project_id)
    kind = section_kind(section)
    present = fiche.section(session, project, kind)
    adapted = _adapted(session, standing, project, kind, suggestion)
    values = contents.flat(kind, present.content) | {"version": present.version, "language": ""}
    if present.language != contents.language_of(kind, present.content):
        values["language"] = present.language
    if kind is IDEA:
        values["commune"] = project.commune.full_name
    if adapted and kind.prose:
        values[kind.prose] = suggesting.with_suggestion(adapted, present)
    return _form_page(request, session, project, kind, blank(**values), adapted=adapted)


@router.post("/edit", name="save_section")
def save_section(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, section: str, posted: Posted
) -> Response:
    project, standing = editable(session, user, project_id)
    kind = section_kind(section)
    form, choices = _read(session, kind, posted)
    adapted = _adapted(session, standing, project, kind, posted.get("suggestion", ""))
    if "more" in posted:
        form.errors.clear()
        return _form_page(request, session, project, kind, form, rows=number_in(posted["more"]), adapted=adapted)
    if form.refused:
        return _form_page(request, session, project, kind, form, choices, adapted=adapted)
    request.app.state.limits.hit("200 per hour", "save_section", str(user.id))
    content = contents.stored(form.data)
    language = posted.get("language", "")
    if language not in LOCALES:
        language = contents.language_of(kind, content) if contents.texts(kind, content) else project.language
    version = number_in(posted.get("version", ""))
    url = f"{path(request, 'project', project_id=project.id)}#section-{kind.name}"
    try:
        if adapted:
            entry = adapting.adapt(session, standing, adapted, content, language, version)
            undo = path(request, "undo_suggestion", entry_id=entry.id)
            return see_other(
                request, url, Flash(_("C’est dans la fiche. Son auteur le saura dans dix minutes."), undo=undo)
            )
        fiche.save(session, standing, project, kind, content, language, version)
    except StaleSection as stale:
        return _conflict_page(request, session, project, kind, form, content, version, stale)
    return see_other(request, url, Flash(_("C’est enregistré.")))


@router.get("/history", name="section_history")
def section_history(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, section: str, before: str = ""
) -> Response:
    project, _standing = editable(session, user, project_id)
    kind = section_kind(section)
    versions = fiche.history(session, project, kind, number_in(before))
    names = _names(session, kind, *(version.content for version in versions))
    empty: dict[str, Any] = {}
    steps = [
        (version, comparing.compared(kind, older.content if older else empty, version.content, names))
        for version, older in zip_longest(versions, versions[1:])
    ]
    return render(
        request,
        "projects/section_history.html",
        project=project,
        kind=kind,
        latest=fiche.section(session, project, kind).version,
        steps=steps[:HISTORY_PAGE],
        before=steps[HISTORY_PAGE - 1][0].version if len(steps) > HISTORY_PAGE else None,
        credits=suggestions.taken(session, project, kind.name, [version.version for version in versions]),
    )


@router.post("/restore", name="restore_section")
def restore_section(
    request: Request, session: SessionDep, user: CurrentUser, project_id: int, section: str, posted: Posted
) -> Response:
    project, standing = editable(session, user, project_id)
    kind = section_kind(section)
    history = path(request, "section_history", project_id=project.id, section=kind.name)
    try:
        fiche.restore(
            session, standing, project, kind, number_in(posted.get("version", "")), number_in(posted.get("current", ""))
        )
    except StaleSection as stale:
        return see_other(request, history, Flash(stale.sentence(), "problem"))
    return see_other(request, history, Flash(_("Cette version est de nouveau celle que tout le monde lit.")))


def _adapted(
    session: Session, standing: Standing, project: Project, kind: SectionKind, number: str
) -> Suggestion | None:
    """The suggestion that is being put into other words, unless somebody answered it meanwhile."""
    waiting = suggestions.open_beside(session, standing, project).get(kind.name, []) if number else []
    return next((one for one in waiting if one.id == number_in(number)), None)


def section_kind(name: str) -> SectionKind:
    if name not in sections.BY_NAME:
        raise NotFound
    return sections.BY_NAME[name]


def number_in(text: str) -> int:
    """A version or a count of lines; what is no number is version 0, which no section that exists has."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _read(session: Session, kind: SectionKind, posted: Mapping[str, str]) -> tuple[Submitted[Any], Choices]:
    """The answers, checked with what only the database knows: the commune, the theme."""
    form = contents.read(kind, posted)
    choices: Choices = []
    if kind is IDEA:
        form.values["commune"] = posted.get("commune", "")
        choice = chosen_commune(session, form)
        choices = choice.choices
        if not form.refused and choice.commune is not None:
            form.data.commune_code = choice.commune.code
    elif kind.name == "theme" and not form.refused:
        code = form.data.theme_code
        if code and code not in {theme.code for theme in taxonomy.themes(session)}:
            form.refuse(Invalid(N_("Choisissez une des réponses proposées."), "theme_code"))
    elif kind.name == "done" and not form.refused and form.data.done_on and form.data.done_on > today():
        form.refuse(Invalid(N_("Ce jour n’est pas encore venu : dites ce qui est déjà fait."), "done_on"))
    for name in ("version", "language", "suggestion"):
        form.values[name] = posted.get(name, "")
    return form, choices


def _names(session: Session, kind: SectionKind, *several: Mapping[str, Any]) -> dict[str, str]:
    """The codes of themes and communes, in words."""
    if kind.name == "theme":
        return {theme.code: label(theme) for theme in taxonomy.themes(session)}
    codes = {str(content["commune_code"]) for content in several if content.get("commune_code")}
    return {territory.code: territory.full_name for territory in territories.get_all(session, codes)}


def _form_page(
    request: Request,
    session: Session,
    project: Project,
    kind: SectionKind,
    form: Submitted[Any],
    choices: Choices | None = None,
    rows: int = 0,
    adapted: Suggestion | None = None,
) -> Response:
    form.values["suggestion"] = adapted.id if adapted else ""
    return render(
        request,
        "projects/section.html",
        status=422 if form.refused else 200,
        project=project,
        adapted=showing.page(session, Standing(), adapted) if adapted else None,
        **_fields(session, kind, form, choices, rows),
    )


def _fields(
    session: Session, kind: SectionKind, form: Submitted[Any], choices: Choices | None = None, rows: int = 0
) -> dict[str, Any]:
    """What `projects/_fields.html` needs."""
    themes = [(theme.code, label(theme)) for theme in taxonomy.themes(session)] if kind.name == "theme" else []
    rows = contents.row_count(kind, form.values, rows)
    return {"kind": kind, "form": form, "choices": choices or [], "themes": themes, "rows": rows}


def _conflict_page(
    request: Request,
    session: Session,
    project: Project,
    kind: SectionKind,
    form: Submitted[Any],
    mine: dict[str, Any],
    version: int,
    stale: StaleSection,
) -> Response:
    """Both texts, and a form in which what only one of the two changed is already together."""
    theirs = stale.current
    base = fiche.base_version(session, project, kind, version)
    names = _names(session, kind, mine, theirs.content)
    merged = contents.merged(kind, base.content if base else {}, mine, theirs.content)
    values = contents.flat(kind, merged) | {name: form.values[name] for name in ("language", "suggestion")}
    values["version"] = theirs.version
    if kind is IDEA:
        values["commune"] = names.get(str(merged["commune_code"]), "")
    kept = form.values | {"version": theirs.version}
    return render(
        request,
        "projects/section_conflict.html",
        status=409,
        project=project,
        theirs=theirs,
        compared=comparing.compared(kind, theirs.content, mine, names),
        kept=kept,
        **_fields(session, kind, blank(**values)),
    )
