"""What looks like somebody's name, a number or an address, in words that must hold none.

As far as it can be told: a name that is also a common word passes, and so does a rare one. The page asks for none, too.
"""

import re

from app.kernel.folding import fold

_NAMES = """
abdelaziz abdelhak abdelhamid abdelilah abdelkader abdelkarim abdellah abdellatif abderrahim abderrahman abdeslam
abdessamad abdallah ahmed aicha ali aziza bouchra brahim chaimae driss fadma fatiha fatima fatimazahra hafida hamza
hassan hicham houda houssine hussein ibrahim ilham ilyas imane ismail jamal jamila karim karima khadija khalid lahcen
latifa leila malika mariam maryam mbarek mehdi miloud mohamed mohammed mohand mounir mouna mustapha mustafa nadia naima
najat nezha noureddine omar othman ouafae rachid rachida rkia said saida salah salma samir samira sanae siham soufiane
souad taoufik tariq touria youness youssef yassine zahra zineb zoubida
jean pierre michel philippe alain bernard christophe nathalie isabelle catherine sylvie
محمد امحمد فاطمه خديجه عاءشه عائشه مصطفي مصطفى ابراهيم يوسف عبدالله عبدالرحمن عبدالعزيز عبدالرحيم الحسين لحسن الحسن
رشيد رشيده مباركه زينب نزهه حفيظه مريم ياسين عثمان ادريس بوشري سناء
"""
_HONORIFICS = r"(?:M\.|Mr\.?|Mme|Mlle|Dr\.?|Pr\.?|Si|Sidi|Lalla|Haj|Hajj|El Haj|Hadj|Moulay|Maître)"
_PLACES = """
école lycée collège hôpital université faculté rue avenue boulevard place mosquée centre clinique barrage port aéroport
fondation institut chu douar ouled aït ait oulad souk
مدرسة ثانوية إعدادية مستشفى جامعة كلية شارع زنقة ساحة مسجد مركز مصحة سد ميناء مطار مؤسسة معهد دوار أولاد آيت سوق
"""
"""What is called after people."""
_TITLED = re.compile(rf"(?<!\w){_HONORIFICS}\s+[A-ZÀ-Ý][\w’'-]+")
_TITLED_ARABIC = re.compile(
    r"(?<!\w)(?:السيد|السيدة|الحاج|الحاجة|لالة|مولاي|سيدي|الدكتور|الدكتورة|الأستاذ|الأستاذة)\s+\w+"
)
_NAMED = re.compile(
    r"(?i)(?<!\w)(?:s’appelle|s'appelle|s’appellent|nommée?|prénommée?|اسمه|اسمها|يسمى|تسمى|يدعى|تدعى)\s+\w+"
)
_TWO_CAPITALS = re.compile(
    r"(?<=[\wà-ÿ,;] )[A-ZÀ-Ý][a-zà-ÿ’'-]{2,}\s+(?:El\s+|Al\s+|Ben\s+|Aït\s+|Ait\s+)?[A-ZÀ-Ý][a-zà-ÿ’'-]{2,}"
)
_WORD = re.compile(r"\w+")


def _folded(words: str) -> frozenset[str]:
    return frozenset(fold(word) for word in words.split())


GIVEN_NAMES = _folded(_NAMES)
CALLED_AFTER_PEOPLE = _folded(_PLACES)


def names_somebody(text: str) -> str | None:
    """The words that name a person, as far as it is sure."""
    for pattern in (_NAMED, _TITLED, _TITLED_ARABIC):
        if found := pattern.search(text):
            return found.group()
    before = ""
    for word in _WORD.finditer(text):
        folded = fold(word.group())
        given = folded in GIVEN_NAMES and (word.group()[0].isupper() or not word.group().isascii())
        if given and before not in CALLED_AFTER_PEOPLE and not _is_sovereign(text[word.end() :]):
            return word.group()
        before = folded
    return None


def may_name_somebody(text: str) -> str | None:
    """Two words with capitals inside a sentence: a name, or *Royal Air Maroc*."""
    found = _TWO_CAPITALS.search(text)
    return found.group() if found else None


def _is_sovereign(rest: str) -> bool:
    """*Université Hassan II*, *Mohammed VI*."""
    return re.match(r"\s+(?:V|VI|I|II|Ier|premier|الأول|الثاني|الخامس|السادس)\b", rest) is not None
