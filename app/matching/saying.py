"""A reason said in the language of whoever reads it."""

from collections.abc import Iterable, Mapping
from functools import lru_cache

from babel.lists import format_list
from markupsafe import Markup, escape

from app.kernel.folding import fold
from app.kernel.i18n import N_, current_locale, language_name
from app.kernel.i18n import gettext as _
from app.matching.explanation import Reason
from app.matching.scoring import Closeness, Exclusion, Timing
from app.taxonomy.naming import Named, concept_name, genders


def lacks(reason: Reason) -> bool:
    """It speaks against, rather than for."""
    lacking = ("missing", "exclusion")
    return reason["kind"] in lacking or reason.get("is") in (Timing.LATE, Timing.OTHER_MONTHS)


def concept_ids(said: Iterable[Reason]) -> set[str]:
    """The concepts whose names the sentences of these reasons need."""
    return {reason["concept"] for reason in said if reason.get("concept")}


def sentence(reason: Reason, concepts: Mapping[str, Named]) -> str:
    """A reason in the reader's language: *gestion des déchets · تدبير النفايات*, *même province*, *parle amazighe*.

    Markup where words stand that may be of the other script.
    """
    match reason["kind"]:
        case "covered":
            return _in_both(_name(reason, concepts), reason["words"])
        case "missing":
            said = {"what": _isolated(_name(reason, concepts))}
            return Markup(str(escape(_("il manque : %(what)s"))) % said)  # noqa: S704  both are escaped
        case "closeness":
            tie = _CLOSENESS[reason["to"]]
            return _(tie)
        case "theme":
            return _("ce thème l’intéresse")
        case "timing":
            when = _TIMINGS[reason["is"]]
            return _(when)
        case "languages":
            return _speaking(tuple(reason["codes"]), current_locale())
        case _:
            why = _EXCLUSIONS[reason["why"]]
            return _(why)


_CLOSENESS = {
    Closeness.COMMUNE: N_("même commune"),
    Closeness.PROVINCE: N_("même province"),
    Closeness.REGION: N_("même région"),
}
_EXCLUSIONS = {
    Exclusion.LANGUAGE: N_("aucune langue en commun"),
    Exclusion.MUST_BE_ON_SITE: N_("le besoin est sur place, l’aide proposée à distance"),
    Exclusion.MUST_BE_REMOTE: N_("le besoin est à distance, l’aide proposée sur place"),
    Exclusion.FREE_TOO_LATE: N_("libre seulement quand le besoin sera passé"),
}
_TIMINGS = {
    Timing.IN_TIME: N_("libre à cette période"),
    Timing.LATE: N_("libre seulement une fois le besoin commencé"),
    Timing.OTHER_MONTHS: N_("vient à d’autres mois"),
}


def _name(reason: Reason, concepts: Mapping[str, Named]) -> str:
    concept = concepts.get(reason["concept"] or "")
    return concept_name(concept) if concept else str(reason["wanted"])


@lru_cache(maxsize=256)
def _speaking(codes: tuple[str, ...], locale: str) -> str:
    """Kept, as half of the people of a list speak the same languages and a list of words takes long to write."""
    return _("parle %(languages)s") % {"languages": format_list([*map(language_name, codes)], locale=locale)}


def _in_both(wanted: str, words: str) -> Markup:
    same = {wanted, *genders(wanted)}
    is_same = words in same or fold(words) in map(fold, same)
    both = [wanted] if is_same else [wanted, words]
    return Markup(" · ".join(map(_isolated, both)))  # noqa: S704  each is escaped


def _isolated(words: str) -> str:
    """Escaped; a tenth of the time of Markup.format."""
    return f"<bdi>{escape(words)}</bdi>"
