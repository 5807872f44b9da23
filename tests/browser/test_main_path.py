"""The main path, walked by new people on a phone, in each language: from an idea to two addresses exchanged."""

import pytest
from playwright.sync_api import expect

from app.accounts.models import Role
from app.accounts.passwords import hash_password
from app.kernel.i18n import gettext as _
from tests.browser.person import PASSWORD

pytestmark = pytest.mark.browser

IDEA = {
    "fr": (
        "Trier les déchets dans nos villages",
        "Neuf villages, un camion au printemps. Il faut organiser la collecte.",
    ),
    "ar": ("فرز النفايات في دواويرنا", "تسعة دواوير وشاحنة في الربيع. يجب تنظيم الجمع والفرز في كل بيت."),
}
NEED = {
    "fr": "Quelqu’un qui sache organiser la gestion des déchets et la collecte sélective.",
    "ar": "شخص يتقن تدبير النفايات وتنظيم الجمع الانتقائي.",
}
# The contributor writes in the other language: finding them is what this is for.
ABILITIES = {
    "fr": "مهندسة في تدبير النفايات المنزلية، اشتغلت عشر سنوات في مركز للفرز.",
    "ar": "Ingénieure en gestion des déchets ménagers, dix ans dans un centre de tri.",
}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_from_an_idea_to_two_addresses(person, committed, locale, scripts):
    from app.accounts.models import ModeratorScope, User

    moderator = committed(User, name="Modératrice", email="moderation@example.org", locale=locale, role=Role.MODERATOR)
    moderator.password_hash = hash_password(PASSWORD)
    committed(ModeratorScope, user_id=moderator.id, region_code="09")
    committed.session.commit()

    # Somebody who has no account writes an idea, and only then opens one: what was typed goes along.
    author = person("Brahim", java_script_enabled=scripts)
    author.go("/")
    author.press("J’ai une idée pour ma commune")
    title, summary = IDEA[locale]
    author.write(title=title, summary=summary)
    author.page.fill("#f-commune", "Arbaa Sahel" if locale == "fr" else "اربعاء الساحل")
    if scripts:
        author.page.locator("[role=option]").first.click()
    author.fits_the_screen()
    author.press("Enregistrer mon idée")
    author.press("Ouvrir un compte")
    author.signs_up("0612000001")
    author.press("Envoyer")
    author.reads(title)
    project = author.page.url

    # A moderator finds it on the desk and publishes it.
    desk = person("Modératrice", java_script_enabled=scripts)
    desk.signs_in("moderation@example.org")
    desk.go("/desk")
    desk.reads(title)
    desk.fits_the_screen()
    desk.press("Publier")
    author.go("/projects")
    author.reads(title)

    # The author says what is lacking; the words are understood.
    author.page.goto(project)
    author.press("Ajouter un premier besoin")
    author.tick("kind", "skill")
    author.write(text=NEED[locale])
    author.press("Enregistrer")
    author.fits_the_screen()
    author.press("C’est bien cela")
    author.reads(NEED[locale][:20])

    # Somebody far away says what they know, in the other language.
    helper = person("Samira", java_script_enabled=scripts)
    helper.go("/")
    helper.press("Je propose mon aide")
    helper.write(abilities=ABILITIES[locale])
    for code in ("fr", "ar"):
        helper.tick("languages", code)
    helper.tick("modes", "remote")
    helper.fits_the_screen()
    helper.page.select_option("#f-country", "FR")
    helper.press("Enregistrer")
    helper.press("Ouvrir un compte")
    helper.signs_up("+33612000002")
    helper.press("Envoyer")
    helper.fits_the_screen()
    helper.press("C’est bien cela")

    # The need is proposed to them, with a reason, and they offer.
    helper.go("/contributions/for-me")
    helper.reads(title)
    helper.fits_the_screen()
    helper.page.locator("main").get_by_role("link", name=_("Proposer mon aide")).first.click()
    helper.write(message="Je peux aider." if locale == "ar" else "يمكنني أن أساعد.")
    helper.press("Envoyer mon offre")
    helper.does_not_read("0612 00 00 01")

    # The author's side sees them among the people who could help, without a name.
    author.page.goto(project)
    author.does_not_read("Samira")

    # The moderator approves, the author accepts, both see how to reach the other.
    desk.go("/desk")
    desk.press("Approuver cette rencontre")
    author.go("/contributions")
    author.page.locator("main .card a").first.click()
    author.page.wait_for_load_state("networkidle")
    author.press("Accepter")
    author.reads("Samira")
    expect(author.page.locator("a[href^='tel:']")).to_have_attribute("href", "tel:+33612000002")
    helper.go("/contributions")
    helper.page.locator("main .card a").first.click()
    expect(helper.page.locator("a[href^='tel:']")).to_have_attribute("href", "tel:+212612000001")
    for one in (author, desk, helper):
        assert one.broken == []
