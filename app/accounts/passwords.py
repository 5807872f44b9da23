"""Argon2, and the least that is asked of a password."""

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.kernel.errors import Invalid
from app.kernel.i18n import N_

MINIMUM = 10
# OWASP's smaller setting (19 MiB, 2 passes): a village's server has little memory, and one process checks several.
_hash = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
# Checked against when no account has that name, so that the answer takes as long either way.
_NOBODY = _hash.hash("nobody has this password")

_COMMON = {"1234567890", "0123456789", "motdepasse", "azertyuiop", "qwertyuiop", "password12", "casablanca"}


def hash_password(password: str) -> str:
    """Raises Invalid on the field `password` when it is too short or among the first that anybody would try."""
    if len(password) < MINIMUM:
        raise Invalid(N_("Choisissez un mot de passe d’au moins 10 caractères."), "password")
    if password.lower() in _COMMON or len(set(password)) < 4:
        easy = N_("Ce mot de passe est trop facile à deviner : trois mots au hasard conviennent bien.")
        raise Invalid(easy, "password")
    return _hash.hash(password)


def check_password(password: str, kept: str | None) -> bool:
    matches = _hash.verify(password[:1000], kept or _NOBODY)
    return matches and kept is not None
