"""What a person submitted, the values as typed and the errors side by side, so that a refused form comes back whole."""

import types
import typing
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from app.kernel.errors import Invalid, TooLarge
from app.kernel.i18n import N_, gettext, ngettext, number
from app.kernel.text import UNSHOWN

Model = TypeVar("Model", bound=BaseModel)

MAX_FIELDS = 400
MAX_PART = 1_000_000
MAX_FILES = 10
MAX_BODY = 60_000_000
"""Bytes: a few photographs. Beyond that nothing is read; below, a file that is too large is refused by its field."""

_SENTENCES = {
    "missing": N_("Ce champ est nécessaire."),
    "int_parsing": N_("Écrivez un nombre entier, en chiffres."),
    "int_from_float": N_("Écrivez un nombre entier, en chiffres."),
    "float_parsing": N_("Écrivez un nombre, en chiffres."),
    "decimal_parsing": N_("Écrivez un nombre, en chiffres."),
    "date_from_datetime_parsing": N_("Cette date n’existe pas : écrivez-la ainsi, 2026-12-31."),
    "date_parsing": N_("Cette date n’existe pas : écrivez-la ainsi, 2026-12-31."),
    "date_from_datetime_inexact": N_("Cette date n’existe pas : écrivez-la ainsi, 2026-12-31."),
    "enum": N_("Choisissez une des réponses proposées."),
    "literal_error": N_("Choisissez une des réponses proposées."),
    "bool_parsing": N_("Choisissez une des réponses proposées."),
    "url_parsing": N_("Cette adresse de page n’est pas complète : elle commence par https://."),
    "url_scheme": N_("Cette adresse de page n’est pas complète : elle commence par https://."),
}


@dataclass
class Submitted(Generic[Model]):
    """A form, empty, refused or accepted. `data` is there only if nothing was refused."""

    values: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    problem: str | None = None
    _data: Model | None = None

    @property
    def data(self) -> Model:
        if self._data is None:
            raise ValueError("the form was refused: look at `errors` first")
        return self._data

    @property
    def refused(self) -> bool:
        return bool(self.errors) or self.problem is not None

    def refuse(self, error: Invalid) -> None:
        """Note a refusal that only the action could see (an e-mail that is taken, a commune that does not exist)."""
        if error.field:
            self.errors[error.field] = error.sentence()
        else:
            self.problem = error.sentence()


def blank(**values: Any) -> Submitted[Any]:
    """A form not yet submitted, with what is already known."""
    return Submitted(values=values)


def validate(model: type[Model], values: dict[str, Any]) -> Submitted[Model]:
    """Check `values` (field → text or list of texts); empty text counts as absent, and so do spaces."""
    shown = {name: _showable(value) for name, value in values.items()}
    present = {name: value for name, value in values.items() if value not in ([], None) and not _is_blank(value)}
    try:
        return Submitted(values=shown, _data=model.model_validate(present))
    except ValidationError as refused:
        form: Submitted[Model] = Submitted(values=shown)
        for error in refused.errors(include_url=False):
            name = str(error["loc"][0]) if error["loc"] else ""
            if name:
                form.errors.setdefault(name, _sentence(dict(error)))
            else:
                form.problem = _sentence(dict(error))
        return form


def _showable(value: Any) -> Any:
    """As typed, less what no page may contain."""
    if isinstance(value, list):
        return [_showable(one) for one in value]
    return UNSHOWN.sub("", value) if isinstance(value, str) else value


def _is_blank(value: Any) -> bool:
    return isinstance(value, str) and not value.strip()


def submitted(model: type[Model]) -> Callable[[Request], Coroutine[Any, Any, Submitted[Model]]]:
    """A dependency: `Annotated[Submitted[OfferForm], Depends(submitted(OfferForm))]`."""
    several = {name for name, info in model.model_fields.items() if _is_list(info.annotation)}

    async def read(request: Request) -> Submitted[Model]:
        return validate(model, form_values(await read_form(request), several))

    return read


async def read_form(request: Request) -> FormData:
    """Raises TooLarge. A body of files says its length, as browsers do."""
    length = request.headers.get("content-length", "")
    has_files = request.headers.get("content-type", "").startswith("multipart/")
    if has_files and not (length.isdecimal() and int(length) <= MAX_BODY):
        raise TooLarge
    try:
        return await request.form(max_fields=MAX_FIELDS, max_files=MAX_FILES, max_part_size=MAX_PART)
    except HTTPException as error:
        raise TooLarge from error


def form_values(posted: FormData, several: set[str]) -> dict[str, Any]:
    """Field → text, or list of texts for the fields in `several`; files are left to those who read them."""
    values: dict[str, Any] = {}
    for name, value in posted.multi_items():
        if not isinstance(value, str):
            continue
        if name in several:
            values.setdefault(name, []).append(value)
        else:
            values[name] = value
    return values


def _is_list(annotation: Any) -> bool:
    origin = typing.get_origin(annotation)
    if origin in (typing.Union, types.UnionType):
        return any(_is_list(part) for part in typing.get_args(annotation))
    if origin is typing.Annotated:
        return _is_list(typing.get_args(annotation)[0])
    return annotation in (list, set, tuple) or origin in (list, set, tuple, frozenset)


def _sentence(error: dict[str, Any]) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if isinstance(error["input"], str):  # limits put on a text that is already checked are those of any sequence
        kind = {"too_long": "string_too_long", "too_short": "string_too_short"}.get(kind, kind)
    if kind == "string_too_long":
        n = context["max_length"]
        return ngettext("%(n)s caractère au plus.", "%(n)s caractères au plus.", n) % {"n": number(n)}
    if kind == "string_too_short":
        n = context["min_length"]
        return ngettext("%(n)s caractère au moins.", "%(n)s caractères au moins.", n) % {"n": number(n)}
    if kind in ("greater_than_equal", "greater_than"):
        least = context["ge"] if "ge" in context else context["gt"]
        return gettext("Le nombre doit être au moins %(n)s.") % {"n": number(least)}
    if kind in ("less_than_equal", "less_than"):
        most = context["le"] if "le" in context else context["lt"]
        return gettext("Le nombre doit être au plus %(n)s.") % {"n": number(most)}
    if kind == "value_error":
        said = str(context.get("error", ""))
        return gettext(said)
    if kind in _SENTENCES:
        return gettext(_SENTENCES[kind])
    if kind.islower() and error["msg"] and kind not in ("string_type", "list_type", "int_type"):
        ours = str(error["msg"])  # a PydanticCustomError of ours: its message is a message id
        return gettext(ours)
    return gettext(N_("Cette réponse n’est pas comprise."))
