"""Territories in the forms of every domain: a name typed, a code chosen in the list, perhaps without JavaScript.

The page calls `chosen_commune`, `chosen_territory` or `chosen_territories` once it has the form, whether or not the
rest was refused.
"""

from typing import Any, NamedTuple

from sqlmodel import Session

from app.kernel.errors import Invalid
from app.kernel.folding import words
from app.kernel.forms import Submitted
from app.kernel.i18n import LOCALES, N_
from app.territories import queries
from app.territories.models import Commune, Territory

NO_NAME = N_("Écrivez le nom de la commune.")
NOT_FOUND = N_("Nous ne trouvons pas cette commune. Essayez une autre orthographe, ou ajoutez le nom de la province.")
WHICH = N_("Ce nom peut désigner plusieurs communes : choisissez la bonne.")
THIS_ONE = N_("Est-ce bien cette commune ?")
PLACE_NOT_FOUND = N_("Nous ne trouvons pas ce territoire. Essayez une autre orthographe, ou la province.")
WHICH_PLACE = N_("Ce nom peut désigner plusieurs territoires : choisissez le bon.")
THIS_PLACE = N_("Est-ce bien ce territoire ?")
WHICH_PLACES = N_("Cochez les territoires que vous voulez dire.")


class CommuneChoice(NamedTuple):
    """The commune, or those to choose from: `choices` goes to the macro of `components/commune.html`."""

    commune: Commune | None
    choices: list[tuple[str, str]]


class TerritoryChoice(NamedTuple):
    """The same for one territory of any size."""

    territory: Territory | None
    choices: list[tuple[str, str]]


class TerritoriesChoice(NamedTuple):
    """What was chosen, and what is proposed for the names that could be several: both for `components/picker.html`."""

    territories: list[Territory]
    proposed: list[tuple[str, str]]

    @property
    def chosen(self) -> list[tuple[str, str]]:
        return _options(self.territories)


def chosen_commune(
    session: Session, form: Submitted[Any], name: str = "commune", required: bool = True
) -> CommuneChoice:
    """The commune meant by `name` (typed) and `name`_code (chosen); otherwise the form is refused, with candidates."""
    typed, code = _text(form, name), _text(form, f"{name}_code")
    named = queries.get(session, code)
    if isinstance(named, Commune) and (not typed or _is_about(session, named, typed)):
        return _taken(form, name, named)
    form.values[f"{name}_code"] = ""
    if not typed:
        if required:
            form.refuse(Invalid(NO_NAME, name))
        return CommuneChoice(None, [])
    meant = queries.resolve(session, typed)
    if isinstance(meant, Commune):
        return _taken(form, name, meant)
    form.refuse(Invalid(NOT_FOUND if not meant else WHICH if len(meant) > 1 else THIS_ONE, name))
    return CommuneChoice(None, _options(meant))


def chosen_territory(session: Session, form: Submitted[Any], name: str = "territory") -> TerritoryChoice:
    """The commune, province or region meant by `name` and `name`_code, like `chosen_commune`; it may be left empty.

    An address may say a code as the name: `?territory=09.581`.
    """
    typed, code = _text(form, name), _text(form, f"{name}_code")
    named = queries.get(session, code)
    if named is not None and (not typed or _is_about(session, named, typed)):
        form.values.update({name: named.full_name, f"{name}_code": named.code})
        return TerritoryChoice(named, [])
    form.values[f"{name}_code"] = ""
    if not typed:
        return TerritoryChoice(None, [])
    meant = queries.get(session, typed) or queries.resolve_territory(session, typed)
    if not isinstance(meant, list):
        form.values.update({name: meant.full_name, f"{name}_code": meant.code})
        return TerritoryChoice(meant, [])
    form.refuse(Invalid(PLACE_NOT_FOUND if not meant else WHICH_PLACE if len(meant) > 1 else THIS_PLACE, name))
    return TerritoryChoice(None, _options(meant))


def chosen_territories(session: Session, form: Submitted[Any], name: str = "territories") -> TerritoriesChoice:
    """The territories of `name` (codes ticked) and `name`_new (typed); a name that may be several refuses the form."""
    found = queries.get_all(session, _texts(form, name))
    proposed: list[Territory] = []
    left = []
    for typed in _texts(form, f"{name}_new"):
        for words_of_one, meant in _each_meant(session, typed):
            if isinstance(meant, list):
                proposed += meant
                left += [] if meant else [words_of_one]
            else:
                found.append(meant)
    if left:
        form.refuse(Invalid(PLACE_NOT_FOUND, name))
    elif proposed:
        form.refuse(Invalid(WHICH_PLACES, name))
    once = {territory.code: territory for territory in found}
    form.values[name] = list(once)
    form.values[f"{name}_new"] = ", ".join(left)
    others = {territory.code: territory for territory in proposed if territory.code not in once}
    return TerritoriesChoice(list(once.values()), _options(list(others.values())))


def _each_meant(session: Session, typed: str) -> list[tuple[str, Territory | list[Territory]]]:
    """ "Arbaa Sahel, Tiznit" is one territory, "Anzi, Tata" are two: the whole is tried before its parts."""
    whole = queries.resolve_territory(session, typed)
    parts = [part.strip() for part in typed.replace("،", ",").split(",") if part.strip()]
    if len(parts) < 2 or not isinstance(whole, list):
        return [(typed.strip(), whole)] if parts else []
    return [(part, queries.resolve_territory(session, part)) for part in parts]


def _taken(form: Submitted[Any], name: str, commune: Commune) -> CommuneChoice:
    form.values.update({name: commune.full_name, f"{name}_code": commune.code})
    return CommuneChoice(commune, [])


def _is_about(session: Session, territory: Territory, typed: str) -> bool:
    """Whether the code goes with the words: without JavaScript they can be changed after the code was filled in."""
    if isinstance(territory, Commune):
        if any(words(typed) == words(territory.name_and_province(language)) for language in LOCALES):
            return True
        return territory in queries.find_communes(session, typed)
    names = (territory.full_name, *(territory.name(language) for language in LOCALES))
    return any(words(typed) == words(name) for name in names)


def _options(territories: list[Commune] | list[Territory]) -> list[tuple[str, str]]:
    return [(territory.code, territory.full_name) for territory in territories]


def _text(form: Submitted[Any], name: str) -> str:
    return str(form.values.get(name) or "").strip()


def _texts(form: Submitted[Any], name: str) -> list[str]:
    value = form.values.get(name) or []
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]
