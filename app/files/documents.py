"""Whether a PDF that somebody sent is one, and only shows something: scripts, attachments and launchers are refused."""

from io import BytesIO

import pikepdf

from app.kernel.errors import Invalid
from app.kernel.i18n import N_

MOST_OBJECTS = 50_000
_ACTS = ("/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/RichMedia", "/SubmitForm", "/ImportData")


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


def _names_an_act(one: pikepdf.Object) -> bool:
    if not isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        return False
    if any(key in _ACTS for key in one.keys()):  # noqa: SIM118  a stream is no mapping
        return True
    # An action is often written inside the object that it belongs to.
    inside = [value for value in (one.get(key) for key in one.keys()) if isinstance(value, pikepdf.Dictionary)]  # noqa: SIM118
    named = [one.get("/S"), one.get("/Type"), *(value.get("/S") for value in inside)]
    return any(str(name) in _ACTS for name in named if isinstance(name, pikepdf.Name)) or any(
        key in _ACTS
        for value in inside
        for key in value.keys()  # noqa: SIM118
    )
