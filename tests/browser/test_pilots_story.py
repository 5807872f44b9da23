"""The pilot's story whole, on phones, in each language: from three lines to what was done, and to another commune."""

from datetime import timedelta
from io import BytesIO

import icalendar
import pikepdf
import pytest

from app.accounts.models import ModeratorScope, Role, User
from app.accounts.passwords import hash_password
from app.kernel.days import today
from app.kernel.i18n import gettext as _
from app.profiles.models import Profile
from tests.browser.person import PASSWORD
from tests.browser.test_main_path import ABILITIES, IDEA, NEED
from tests.files.samples import jpeg

pytestmark = pytest.mark.browser

ADVICE = {
    "fr": "Commencer par une école dans chaque village : les enfants apprennent à leurs parents.",
    "ar": "البدء بمدرسة في كل دوار: فالأطفال يعلمون آباءهم.",
}
USEFUL = {"fr": "Chaque maison trie depuis.", "ar": "كل بيت يفرز منذ ذلك الحين."}
DONE = {"fr": "Neuf villages trient leurs déchets.", "ar": "تسعة دواوير تفرز نفاياتها."}
PICTURE = {"fr": "Deux bacs devant une école.", "ar": "حاويتان أمام مدرسة."}


def account(make, name: str, locale: str, **more: object) -> User:
    user = make(User, name=name, locale=locale, **more)
    user.password_hash = hash_password(PASSWORD)
    make.session.add(user)
    return user


def test_from_three_lines_to_another_commune(person, committed, locale):
    moderator = account(committed, "Modératrice", locale, role=Role.MODERATOR)
    committed(ModeratorScope, user_id=moderator.id, region_code="09")
    people = {name: account(committed, name, locale) for name in ("Brahim", "Samira", "Leila", "Hassan")}
    for name in ("Samira", "Leila"):
        committed(
            Profile, owner_id=people[name].id, abilities=ABILITIES[locale], language=locale, languages=["fr", "ar"]
        )
    committed.session.commit()
    desk, author, samira, leila, hassan = (person(name) for name in ("Modératrice", *people))
    desk.signs_in(moderator.email)
    for phone, user in zip((author, samira, leila, hassan), people.values(), strict=True):
        phone.signs_in(user.email)

    # Three lines, and a moderator publishes them.
    title, summary = IDEA[locale]
    author.go("/projects/new")
    author.write(title=title, summary=summary)
    author.page.fill("#f-commune", "Arbaa Sahel" if locale == "fr" else "اربعاء الساحل")
    author.page.locator("[role=option]").first.click()
    author.press("Enregistrer mon idée")
    project = author.page.url.split("?")[0]
    desk.go("/desk")
    desk.press("Publier")

    # Somebody has an idea for it; the author takes it up.
    samira.page.goto(project)
    samira.page.locator("main a", has_text=_("J’ai une idée pour cette partie")).first.click()
    samira.page.wait_for_load_state("networkidle")
    samira.write(text=ADVICE[locale])
    samira.fits_the_screen()
    samira.press("Envoyer mon idée")
    author.page.goto(project)
    author.reads(ADVICE[locale])
    author.page.locator("main").get_by_role("link", name=_("Adapter"), exact=True).first.click()
    author.page.wait_for_load_state("networkidle")
    author.page.fill("#f-summary", f"{summary}\n\n{ADVICE[locale]}")
    author.press("Enregistrer")
    author.reads(ADVICE[locale])

    # What is lacking is said; two people offer, one of them because a neighbour passed the word on.
    author.press("Ajouter un premier besoin")
    author.tick("kind", "skill")
    author.write(text=NEED[locale], people_wanted="2")
    author.press("Enregistrer")
    author.press("C’est bien cela")
    hassan.page.goto(project)
    hassan.press("Je connais quelqu’un")
    hassan.press("Préparer le message")
    hassan.fits_the_screen()
    link = hassan.page.locator("main a.ltr[href*='/r/']").first.get_attribute("href")
    leila.page.goto(link)
    leila.reads(NEED[locale][:20])
    leila.press("Proposer mon aide")
    leila.write(message="يمكنني أن أساعد." if locale == "ar" else "Je peux aider.")
    leila.press("Envoyer mon offre")
    samira.page.goto(project)
    samira.press("Proposer mon aide")
    samira.write(message="يمكنني أن أساعد." if locale == "ar" else "Je peux aider.")
    samira.press("Envoyer mon offre")
    contribution = samira.page.url.split("?")[0]

    # The moderator approves both, the author says yes to both; the neighbour hears of it.
    for _offer in range(2):
        desk.go("/desk")
        desk.press("Approuver cette rencontre")
    for _offer in range(2):
        author.go("/contributions")
        author.page.locator("main .card a").first.click()
        author.page.wait_for_load_state("networkidle")
        author.press("Accepter")
    hassan.go("/relays")
    hassan.fits_the_screen()

    # A mission today, with its agreement and its date; it is held, and both say how it went.
    author.page.goto(contribution)
    author.press("Proposer une mission")
    author.write(place="Douar Iferda", starts_on=today().isoformat())
    author.tick("mode", "onsite")
    author.fits_the_screen()
    author.press("Proposer")
    mission = author.page.url.split("?")[0]
    samira.page.goto(mission)
    samira.press("Dire oui à cette mission")
    samira.fits_the_screen()
    paper = samira.page.request.get(f"{mission}/agreement.pdf")
    assert len(pikepdf.open(BytesIO(paper.body())).pages) == 1
    dates = icalendar.Calendar.from_ical(samira.page.request.get(f"{mission}/mission.ics").body())
    assert dates.walk("VEVENT")[0].decoded("dtend") == today() + timedelta(days=1)
    author.page.goto(mission)
    author.write(women="9", men="8")
    author.press("La mission a eu lieu")
    for one in (author, samira):
        one.page.goto(f"{mission}/evaluation")
        one.write(useful=USEFUL[locale])
        one.tick("carry_on", "yes")
        one.fits_the_screen()
        one.press("Enregistrer mon bilan")
    author.page.goto(mission)
    author.reads(USEFUL[locale])
    assert samira.page.request.get(f"{mission}/certificate.pdf").ok

    # It is done: a story with a photograph, which everybody sees.
    author.page.goto(project)
    author.page.locator("summary", has_text=_("C’est fait ! Le dire à tous")).click()
    author.page.fill("#f-realised", DONE[locale])
    author.press("Marquer comme réalisé")
    author.page.goto(f"{project}/photos")
    author.page.set_input_files("#f-photos", {"name": "p.jpg", "mimeType": "image/jpeg", "buffer": jpeg(900, 600)})
    author.page.locator("main [name=kind][value=after]").first.check()
    author.press("Envoyer")
    author.page.locator("main input[name^=words-]").first.fill(PICTURE[locale])
    author.page.locator("main input[name^=consent-]").first.check()
    author.press("Enregistrer")
    visitor = person("Naima")
    visitor.page.goto(project)
    visitor.reads(DONE[locale])
    visitor.page.locator(f"main img[alt='{PICTURE[locale]}']").first.wait_for()
    visitor.fits_the_screen()

    # Another commune does the same.
    visitor.press("Faire pareil dans ma commune")
    assert visitor.page.input_value("#f-title")
    visitor.page.fill("#f-commune", "Ouijjane" if locale == "fr" else "وجان")
    visitor.page.locator("[role=option]").first.click()
    visitor.fits_the_screen()
    visitor.press("Enregistrer mon idée")
    visitor.press("Ouvrir un compte")
    visitor.signs_up("0612000009")
    visitor.press("Envoyer")
    visitor.reads(title)
    for one in (desk, author, samira, leila, hassan, visitor):
        assert one.broken == [], one.name
