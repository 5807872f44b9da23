"""Refusals: what a person is told when something cannot be done, with the HTTP status that says so to a machine."""

from http import HTTPStatus

from app.kernel.i18n import N_, gettext


class Refusal(Exception):
    """A business error. Subclasses give a French sentence (a message id) and a status; one handler renders them all."""

    status: int = HTTPStatus.CONFLICT
    message: str = N_("Cette action n’est pas possible.")

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)
        if message:
            self.message = message

    def sentence(self) -> str:
        return gettext(self.message)


class NotFound(Refusal):
    """Also what a private thing answers: absent, rather than forbidden."""

    status = HTTPStatus.NOT_FOUND
    message = N_("Cette page n’existe pas, ou n’existe plus.")


class Forbidden(Refusal):
    status = HTTPStatus.FORBIDDEN
    message = N_("Vous ne pouvez pas faire cela avec ce compte.")


class SignInNeeded(Refusal):
    status = HTTPStatus.UNAUTHORIZED
    message = N_("Connectez-vous pour continuer.")


class TooMany(Refusal):
    status = HTTPStatus.TOO_MANY_REQUESTS
    message = N_("Trop d’essais de suite. Attendez quelques minutes, puis recommencez.")


class TooLarge(Refusal):
    """More than any form of ours sends."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    message = N_(
        "C’est trop pour être lu : trop de réponses ou un texte trop long. Revenez en arrière, envoyez-en moins."
    )


class Invalid(Refusal):
    """What was typed cannot be taken; `field` says where."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
