"""Whether a PDF that somebody sent is one, and only shows something: scripts, attachments and launchers are refused."""

from io import BytesIO

import pikepdf

from app.kernel.errors import Invalid
from app.kernel.i18n import N_

MOST_OBJECTS = 50_000
DEEPEST = 50
"""Nobody writes one thing inside another that often, but to be a burden."""
_ACTS = frozenset(
    (
        "/JS",
        "/JavaScript",
        "/Launch",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/RichMedia",
        "/SubmitForm",
        "/ImportData",
        "/XFA",
    )
)


def check_pdf(content: bytes, field: str) -> None:
    """Raises Invalid (`field`)."""
    if not content.startswith(b"%PDF-"):
        raise Invalid(N_("Ce fichier n’est pas un PDF, malgré son nom : envoyez un PDF ou une photo."), field)
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            harmless = len(pdf.pages) > 0 and not _acts(pdf)
    except pikepdf.PasswordError as error:
        raise Invalid(N_("Ce PDF demande un mot de passe : envoyez-le sans."), field) from error
    except pikepdf.PdfError as error:
        raise Invalid(
            N_("Ce PDF est abîmé et ne s’ouvre pas : enregistrez-le à nouveau, puis envoyez-le."), field
        ) from error
    if not harmless:
        raise Invalid(
            N_("Ce PDF contient un programme ou d’autres fichiers : envoyez-en une version simple, ou une photo."),
            field,
        )


def _acts(pdf: pikepdf.Pdf) -> bool:
    if len(pdf.objects) > MOST_OBJECTS:
        return True
    return any(_names_an_act(one) for one in pdf.objects)


def _names_an_act(one: object, depth: int = 0) -> bool:
    """Also of what is written inside: an action often stands in the page, or in the form, that it belongs to."""
    if depth > DEEPEST:
        return True
    if isinstance(one, pikepdf.Array):
        return any(_names_an_act(value, depth + 1) for value in one.as_list() if _is_inside(value))
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return False
    inside = {key: one.get(key) for key in one.keys()}  # noqa: SIM118  a stream is no mapping
    if any(key in _ACTS for key in inside):
        return True
    named = [value for value in (inside.get("/S"), inside.get("/Type")) if isinstance(value, pikepdf.Name)]
    return any(str(name) in _ACTS for name in named) or any(
        _names_an_act(value, depth + 1) for value in inside.values() if _is_inside(value)
    )


def _is_inside(value: object) -> bool:
    """What stands elsewhere in the file is looked at there."""
    return isinstance(value, pikepdf.Object) and not value.is_indirect
