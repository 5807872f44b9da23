"""Sentences around what people can do or look for, and names spelled as people spell them."""

import random
from collections.abc import Sequence

from app.kernel.folding import fold
from app.matching.text import Language
from app.taxonomy.naming import genders
from benchmarks.communes import damaged

MISTAKEN = 0.15
"""Of the mentions, how many hold a mistake."""
CARELESS = 0.2
"""How many are written without accents, or with ه for ة and no hamza."""

ABLE: dict[Language, Sequence[str]] = {
    "fr": (
        "Je travaille dans {what} depuis {years} ans.",
        "J’ai appris {what} dans une petite entreprise et je continue le soir.",
        "{years} ans de métier : {what}.",
        "Après des études longues, je fais surtout {what}, souvent avec de jeunes collègues.",
        "Je peux montrer {what} à ceux qui débutent.",
        "Mon quotidien : {what}, les chantiers et les réunions.",
        "Retraité·e depuis peu, je garde la main avec {what}.",
        "Je connais bien {what} ; le reste s’apprend vite.",
    ),
    "ar": (
        "أشتغل في {what} منذ {years} سنوات.",
        "تعلمت {what} في مقاولة صغيرة ومازلت أمارسه.",
        "تجربة {years} سنوات في {what}.",
        "بعد دراسة طويلة أصبحت مهتما بـ {what}.",
        "يمكنني أن أشرح {what} للشباب المبتدئين.",
        "عملي اليومي هو {what} مع فريق صغير.",
        "كنخدم ف {what} من شحال هادي.",
        "أعرف {what} جيدا وأتعلم الباقي بسرعة.",
    ),
    "en": (
        "I have worked in {what} for {years} years.",
        "My daily work is {what}, mostly in a small team.",
        "I can teach {what} to beginners.",
        "{years} years of practice: {what}.",
    ),
}
WANTED: dict[Language, Sequence[str]] = {
    "fr": (
        "Nous cherchons quelqu’un pour {what}, deux fois par mois, avec les femmes de la coopérative.",
        "Le douar manque de {what}. Le local existe, les outils aussi.",
        "Comment faire {what} sans gros budget ? Les jeunes sont prêts.",
        "L’association voudrait être accompagnée : {what}.",
    ),
    "ar": (
        "نبحث عن شخص يساعدنا في {what} مرتين في الشهر مع نساء التعاونية.",
        "ينقص الدوار {what}. المحل موجود والأدوات كذلك.",
        "كيف ننجز {what} بميزانية صغيرة؟ الشباب مستعدون.",
        "الجمعية تريد المواكبة في {what}.",
    ),
    "en": ("We look for somebody who knows {what}.",),
}
TITLES: dict[Language, Sequence[str]] = {
    "fr": ("{what} pour notre commune", "Projet : {what}", "{what}, avec les habitants"),
    "ar": ("{what} لفائدة جماعتنا", "مشروع {what}", "{what} مع الساكنة"),
    "en": ("{what} for our village",),
}
AND: dict[Language, str] = {"fr": " et ", "ar": " و", "en": " and "}
COMMA: dict[Language, str] = {"fr": ", ", "ar": "، ", "en": ", "}


def spelled(name: str, language: Language, chance: random.Random) -> str:
    """A name as somebody would type it: one gender, careless at times, sometimes with a mistake."""
    typed = chance.choice(genders(name) or (name,)) if "/" in name else name
    if chance.random() < CARELESS:
        typed = fold(typed)
    if len(typed) > 4 and chance.random() < MISTAKEN:
        typed = damaged(typed, "ar" if language == "ar" else "fr", chance)
    return typed


def sentences(
    things: Sequence[str], language: Language, around: dict[Language, Sequence[str]], chance: random.Random
) -> str:
    """One or two sentences with the first things, and the others as a list."""
    said, rest = list(things), []
    if len(said) > 2:
        said, rest = said[:2], said[2:]
    forms = chance.sample(around[language], min(len(said), len(around[language])))
    if len(forms) < len(said) or chance.random() < 0.5:
        forms, said = forms[:1], [AND[language].join(said)]
    text = " ".join(form.format(what=what, years=chance.randint(2, 30)) for form, what in zip(forms, said, strict=True))
    return f"{text}\n{COMMA[language].join(rest)}" if rest else text
