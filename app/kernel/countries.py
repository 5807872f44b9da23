"""The countries in which people live, in the order in which a form lists them."""

from functools import cache

from babel import Locale

from app.kernel.folding import fold
from app.kernel.i18n import country_name, current_locale

LIKELY = ("MA", "FR", "BE", "ES", "IT", "NL", "DE", "CA", "US", "GB")
"""Where most people of this site live: first in every list."""

# What CLDR names beside countries: groupings, test entries, places where nobody lives, and parts of
# what Morocco counts as its territory.
_NOT_ADDRESSES = "AC AQ BV CP CQ DG EA EH EU EZ GS HM IC IO QO TA TF UM UN XA XB ZZ"


@cache
def codes() -> frozenset[str]:
    """Two capital letters, ISO 3166."""
    known = (str(code) for code in Locale.parse("fr").territories)
    return frozenset(code for code in known if len(code) == 2 and code.isalpha() and code not in _NOT_ADDRESSES)


def options() -> list[tuple[str, str]]:
    """Code and name in the reader's language, the likely ones first, the others in alphabetical order."""
    return _options(current_locale())


@cache
def _options(locale: str) -> list[tuple[str, str]]:  # noqa: ARG001  the names depend on it
    others = sorted(codes() - set(LIKELY), key=lambda code: fold(country_name(code)))
    return [(code, country_name(code)) for code in (*LIKELY, *others)]
