"""What was said to be wrong, for administrators."""

from sqlmodel import select

from app.accounts.models import User
from app.matching import objections
from app.profiles.models import Profile
from app.projects.models import Need, Project
from app.taxonomy.models import Concept


def said(session, make, people=1):
    concept = session.exec(select(Concept).where(Concept.kind == "skill").order_by(Concept.id).limit(1)).one()
    need = make(Need, project_id=make(Project, title="Trier les déchets").id)
    profile = make(Profile, owner_id=make(User, name="Zineb Elkhazin").id)
    moderator = make(User, name="Malika Modératrice")
    objections.object_to_match(session, moderator.id, need.id, profile.id)
    for _number in range(people):
        objections.object_to_reason(
            session, make(User).id, need.id, profile.id, concept.id, "tri", "Le tri postal", "fr"
        )
    objections.object_to_links(session, moderator.id, [(concept.id, "voisins")], "fr", need_id=need.id)
    return concept


def test_an_administrator_reads_who_said_what_and_takes_it_back(browser, session, make, locale):
    said(session, make, people=2)
    page = browser.login(make.administrator()).get(f"/{locale}/desk/said-wrong")
    for words in ("Trier les déchets", "Zineb Elkhazin", "Malika Modératrice", "Le tri postal"):
        assert words in page.words
    assert "voisins" not in page.words  # one person’s word, of one text
    assert len(page.select(".card")) == 3
    assert len(page.select(".card .state.done")) == 2
    for left in (2, 1, 0):
        page = browser.submit(page, "/take-back")
        assert len(page.select(".card")) == left
    assert page.select_one(".empty")


def test_the_desk_leads_there_for_administrators_alone(browser, make, locale):
    link = f"a[href='/{locale}/desk/said-wrong']"
    assert browser.login(make.administrator()).get(f"/{locale}/desk").select_one(link)
    assert not browser.login(make.moderator("09")).get(f"/{locale}/desk").select_one(link)
    browser.get(f"/{locale}/desk/said-wrong", status=403)


def test_a_long_list_has_pages_and_as_many_queries(browser, session, make, query_count):
    def counted():
        before = query_count()
        page = browser.get("/fr/desk/said-wrong")
        return page, query_count() - before

    browser.login(make.administrator())
    said(session, make)
    _page, few = counted()
    said(session, make, people=40)
    page, many = counted()
    assert many <= few
    assert len(page.select(".card")) == 30
    assert browser.get(page.select_one("a[href*='after=']")["href"]).select(".card")
