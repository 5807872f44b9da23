from sqlmodel import select

from app.contributions.models import Contribution, State
from app.notifications.models import Message


def test_an_offer_becomes_an_agreement_and_addresses_are_exchanged(new_browser, case, locale, session):
    person = new_browser().login(case.person)
    page = person.get(f"/{locale}/contributions/offer/{case.need.id}")
    page = person.submit(page, "/offer/", message="Deux semaines en août, et au téléphone avant.")
    contribution = session.exec(select(Contribution)).one()
    assert contribution.state is State.PROPOSED
    assert page.url.endswith(f"/{locale}/contributions/{contribution.id}")

    moderator = new_browser().login(case.moderator)
    page = moderator.get(f"/{locale}/contributions/{contribution.id}")
    assert case.person.name in page.words
    page = moderator.submit(page, "/approve")
    assert contribution.state is State.APPROVED

    agent = new_browser().login(case.agent)
    page = agent.get(f"/{locale}/contributions/{contribution.id}")
    assert case.person.email not in page.decode()
    page = agent.submit(page, "/accept", word="Bienvenue !")
    assert contribution.state is State.ACCEPTED
    assert case.person.email in page.decode()
    assert "+33 1 00 00 00 01" in page.words

    page = person.get(f"/{locale}/contributions/{contribution.id}")
    assert case.agent.email in page.decode()
    assert "Bienvenue" in page.words
    assert {message.recipient_id for message in session.exec(select(Message))} >= case.team | {case.person.id}
