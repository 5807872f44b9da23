from app.accounts.models import User


def test_walk(browser, make, locale, new_browser):
    browser.login(make(User, name="Amina Tazi"))
    page = browser.get(f"/{locale}/profiles/mine")
    page = browser.submit(page, "mine", abilities="Je suis ingénieure en traitement des eaux usées, je forme à la gestion des déchets et à la comptabilité", places_new="Anzi, Tata", languages=["fr", "ber"], modes=["remote"], country="FR", status=422)
    print(page.words, page.error_of("places"))
    page = browser.get(f"/{locale}/profiles/groups/new")
    page = browser.submit(page, "groups", name="Les amis de Anzi", abilities="Jardinage, menuiserie", places_new="Anzi", languages=["fr", "ber"], modes=["remote"], country="FR")
    print(page.words)
    page = browser.submit(page, "chips", concepts_new="jardinage", status=422)
    print(page.words)
    page = browser.submit(page, "chips", concepts_new="")
    print(page.words)
    page = browser.submit(page, "invitation")
    link = page.select_one(".invitation-link a")["href"]
    other = new_browser().login(make(User, name="Brahim"))
    page = other.get(link)
    page = other.submit(page, "join")
    print(page.words)
    page = browser.get(f"/{locale}/profiles/mine")
    print(page.words)
