"""All that is published, searched and filtered."""

from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.kernel.database import SessionDep
from app.kernel.forms import Submitted, validate
from app.kernel.i18n import gettext as _
from app.kernel.i18n import label, language_name
from app.kernel.templating import path, render
from app.projects import labels, listing
from app.projects.listing import FilterForm
from app.taxonomy import queries as taxonomy
from app.territories.forms import chosen_territory
from app.territories.models import Territory

router = APIRouter(prefix="/projects")


@router.get("", name="projects")
def projects(request: Request, session: SessionDep, after: str = "") -> Response:
    form = _submitted(dict(request.query_params))
    territory, choices = chosen_territory(session, form)
    themes = taxonomy.themes(session)
    names = {theme.code: label(theme) for theme in themes}
    if form.data.theme not in names:
        form.data.theme = form.values["theme"] = ""
    chosen = _chosen(form.data, territory, names)
    return render(
        request,
        "projects/list.html",
        form=form,
        page=listing.page(session, form.data, territory, after),
        themes=list(names.items()),
        choices=choices,
        labels=labels,
        kinds=[(kind.value, _(words)) for kind, words in labels.KINDS.items()],
        stages=[(stage.value, _(words)) for stage, (words, _kind) in labels.STAGES.items()],
        chosen=[(words, path(request, "projects", **_without(chosen, name))) for name, (words, _v) in chosen.items()],
        kept={name: value for name, (_words, value) in chosen.items()},
        is_first=not after,
    )


def _submitted(query: dict[str, str]) -> Submitted[FilterForm]:
    """What an address says and no form of ours would is left aside: a list is shown anyhow."""
    values = {name: query[name] for name in FilterForm.model_fields if name in query}
    form = validate(FilterForm, values)
    if form.refused:
        form = validate(FilterForm, {name: value for name, value in values.items() if name not in form.errors})
    return form


def _chosen(filters: FilterForm, territory: Territory | None, themes: dict[str, str]) -> dict[str, tuple[str, str]]:
    """What the list is filtered by: name of the filter → its words and its value."""
    chosen: dict[str, tuple[str, str]] = {}
    if filters.q:
        chosen["q"] = (f"«\u00a0{filters.q}\u00a0»", filters.q)
    if filters.theme:
        chosen["theme"] = (themes[filters.theme], filters.theme)
    if territory is not None:
        chosen["territory"] = (territory.full_name, territory.code)
    if filters.kind:
        chosen["kind"] = (_(labels.KINDS[filters.kind]), filters.kind.value)
    if filters.mode:
        chosen["mode"] = (_(labels.MODES[filters.mode]), filters.mode.value)
    if filters.language:
        chosen["language"] = (language_name(filters.language), filters.language)
    if filters.stage:
        chosen["stage"] = (_(labels.STAGES[filters.stage][0]), filters.stage.value)
    return chosen


def _without(chosen: dict[str, tuple[str, str]], left_out: str) -> dict[str, Any]:
    return {name: value for name, (_words, value) in chosen.items() if name != left_out}
