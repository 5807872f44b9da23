"""One field for an e-mail or a telephone: people give the one they have."""

import re
from dataclasses import dataclass

import phonenumbers
from phonenumbers import Leniency, PhoneNumberMatcher

from app.kernel.errors import Invalid
from app.kernel.i18n import N_

_EMAIL = re.compile(r"^[^@\s<>()\[\],;:\\\"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}$")
_ARABIC_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


@dataclass(frozen=True)
class Contact:
    """Exactly one of the two is filled: an e-mail in lower case, or a number as E.164."""

    email: str | None = None
    phone: str | None = None


def parse_contact(text: str, field: str = "contact") -> Contact:
    """Raises Invalid on `field` when it is neither."""
    if "@" in text:
        return Contact(email=parse_email(text, field))
    if any(character.isdigit() for character in text):
        return Contact(phone=parse_phone(text, field))
    raise Invalid(N_("Écrivez une adresse e-mail, ou un numéro de téléphone."), field)


def parse_email(text: str, field: str = "email") -> str:
    email = text.strip().lower()
    if len(email) > 254 or not _EMAIL.match(email):
        raise Invalid(N_("Cette adresse e-mail n’est pas complète : vérifiez-la."), field)
    return email


def parse_phone(text: str, field: str = "phone") -> str:
    """A number without country code is Moroccan."""
    try:
        number = phonenumbers.parse(text.translate(_ARABIC_DIGITS), "MA")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Invalid(
            N_("Ce numéro n’est pas complet : écrivez 06 12 34 56 78, ou +33 6 12 34 56 78 depuis l’étranger."), field
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def shown_phone(phone: str) -> str:
    """As people read it: `+212 5 28 00 00 00`."""
    return phonenumbers.format_number(phonenumbers.parse(phone, None), phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def holds_address(text: str) -> bool:
    """Whether somebody could be reached by what is written there: an e-mail address, a telephone number."""
    plain = text.translate(_ARABIC_DIGITS)
    return "@" in plain or any(PhoneNumberMatcher(plain, "MA", leniency=Leniency.POSSIBLE))
