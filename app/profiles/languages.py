"""The languages that people speak: a few to tick, the others by the name that they write."""

from functools import cache

from babel import Locale

from app.kernel.folding import words

OFFERED = ("fr", "ar", "ber", "en", "es", "it", "nl", "de")

# As people call theirs. Darija is spoken Arabic; Tachelhit, Tarifit and Tamazight are Amazigh.
_CALLED = {
    "ar": ("darija", "الدارجة", "arabe marocain", "arabe dialectal", "العربية المغربية", "hassania", "الحسانية"),
    "ber": (
        *("amazigh", "amazighe", "berbère", "berber", "tamazight", "tachelhit", "tachelhite", "chleuh", "tarifit"),
        *("rifain", "kabyle", "أمازيغ", "الأمازيغية", "تشلحيت", "تاشلحيت", "الشلحة", "تاريفيت", "الريفية", "تمازيغت"),
    ),
}
_SAME = {"ary": "ar", "arz": "ar", "apc": "ar", "zgh": "ber", "tzm": "ber", "shi": "ber", "rif": "ber", "kab": "ber"}
_SAYS_NOTHING = frozenset(("la", "le", "langue", "لغه", "اللغه"))


def code_of(name: str) -> str | None:
    """The code of a language named in French, Arabic or English; None if nobody knows it."""
    return _codes().get(_key(name))


@cache
def _codes() -> dict[str, str]:
    french, arabic, english = (Locale.parse(code).languages for code in ("fr", "ar", "en"))
    found: dict[str, str] = {}
    for code in map(str, french):
        if not code.isalpha() or code not in arabic:
            continue
        kept = _SAME.get(code, code)
        for names in (french, arabic, english):
            found.setdefault(_key(str(names.get(code, ""))), kept)
    found.update((_key(name), code) for code, names in _CALLED.items() for name in names)
    found.pop("", None)
    return found


def _key(name: str) -> str:
    """What tells one language from another: "la langue turque" has no more to say than "turque", nor has an article."""
    return " ".join(word.removeprefix("ال") for word in words(name) if word not in _SAYS_NOTHING)
