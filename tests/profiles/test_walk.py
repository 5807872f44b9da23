from app.accounts.models import User


def test_walk(browser, make, locale):
    page = browser.get(f"/{locale}/profiles/mine")
    browser.login(make(User, name="Amina Tazi"))
    page = browser.get(f"/{locale}/profiles/mine")
    page = browser.submit(page, "mine", abilities="Je suis ingénieure en traitement des eaux usées, je forme à la gestion des déchets et à la comptabilité", places_new="Tiznit (province), Anzi", languages=["fr", "ber"], modes=["remote"], country="FR")
    print(page.words)
    page = browser.submit(page, "chips", concepts_new="jardinage")
    print(page.words)
