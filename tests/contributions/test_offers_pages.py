from sqlmodel import select

from app.contributions.models import Contribution, State
from app.notifications.models import Message
from app.projects.models import Translation


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


def test_the_project_has_its_translated_title_where_help_is_looked_for_and_offered(new_browser, make, case):
    content = {"title": "فرز النفايات", "summary": "ملخص"}
    by = case.author.id
    make(
        Translation, project_id=case.project.id, name="idea", language="ar", content=content, of_version=1, author_id=by
    )
    for who, address in (
        (case.person, f"offer/{case.need.id}"),
        (case.agent, f"needs/{case.need.id}"),
    ):
        browser = new_browser().login(who)
        for locale, title in (("ar", "فرز النفايات"), ("fr", "Trier les déchets")):
            link = browser.get(f"/{locale}/contributions/{address}").select_one(f'a[lang="{locale}"]')
            assert link.text == title
