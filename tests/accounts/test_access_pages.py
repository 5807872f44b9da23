import pytest
from sqlmodel import select

from app.accounts.models import User


def test_a_person_signs_up_with_a_telephone_and_is_signed_in(browser, locale, session):
    page = browser.get(f"/{locale}/account/sign-up")
    fields = {"name": "Fatima", "contact": "0612345678", "password": "trois mots ensemble", "charter": "yes"}
    browser.submit(page, "sign-up", follow=False, **fields)
    assert session.exec(select(User).where(User.phone == "+212612345678")).one().name == "Fatima"


@pytest.mark.parametrize("contact", ["fatima", "fatima@", "06", "a@b", "+33"])
def test_a_contact_that_cannot_be_reached_comes_back_as_typed(browser, locale, contact):
    page = browser.post(f"/{locale}/account/sign-up", status=422, name="Fatima", contact=contact, charter="yes")
    assert page.error_of("contact")
    assert page.select_one("#f-contact")["value"] == contact
    assert page.select_one("#f-name")["value"] == "Fatima"
