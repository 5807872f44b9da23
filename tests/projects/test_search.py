"""Search across languages, over projects as people write them (`search_pairs`)."""

import pytest

from app.accounts.models import User
from app.kernel.database import now
from app.projects import actions, listing, search
from app.projects.indexing import reindex
from app.projects.models import Moderation, Need, Project, Section, Translation
from app.projects.rules import Standing
from app.territories import queries as territories
from tests.factories import ARBAA_SAHEL, OUISSELSATE, TINZART
from tests.projects.search_pairs import ARABIC_PROJECTS, FRENCH_PROJECTS


@pytest.fixture
def write(make, session):
    """A published project with these words, as `reindex` stores them."""
    author = make(User)

    def written(title, summary="Trois lignes.", **given):
        project = make(Project, author_id=author.id, title=title, summary=summary, **given)
        reindex(session, project)
        return project

    return written


@pytest.fixture
def found(session):
    """The titles that a search finds, best first."""

    def search_for(q, **filters):
        return [card.project.title for card in listing.page(session, listing.FilterForm(q=q), None, "").rows]

    return search_for


@pytest.fixture
def pool(write):
    for language, pairs in (("ar", ARABIC_PROJECTS), ("fr", FRENCH_PROJECTS)):
        for pair in pairs:
            write(pair.title, pair.summary, language=language, commune_code=TINZART)


@pytest.mark.parametrize(
    "pairs", [ARABIC_PROJECTS, FRENCH_PROJECTS], ids=["French finds Arabic", "Arabic finds French"]
)
def test_a_search_in_one_language_finds_what_is_written_in_the_other(pool, found, pairs):
    missed = [pair.query for pair in pairs if pair.title not in found(pair.query)[:5]]
    assert len(pairs) >= 30
    assert len(missed) <= 0.2 * len(pairs), missed


@pytest.mark.parametrize("pairs", [ARABIC_PROJECTS, FRENCH_PROJECTS], ids=["Arabic", "French"])
def test_a_project_is_found_by_its_own_title(pool, found, pairs):
    assert [pair.title for pair in pairs if found(pair.title)[0] != pair.title] == []


MISTYPED = [
    ("bibliothequ", "Une bibliothèque pour les enfants"),
    ("BIBLIOTHEQUE", "Une bibliothèque pour les enfants"),
    ("biblioteque", "Une bibliothèque pour les enfants"),
    ("aplicuture", None),
    ("apicultur", "Apiculture en montagne"),
    ("مكتبه", "Une bibliothèque pour les enfants"),
]


@pytest.mark.parametrize(("typed", "title"), MISTYPED)
def test_a_typing_mistake_finds_too(write, found, typed, title):
    write("Une bibliothèque pour les enfants")
    write("Apiculture en montagne")
    write("Refaire la piste du douar")
    assert found(typed)[:1] == ([title] if title else [])


PLACES = ["Tinzert", "Tinzart", "تنزرت", "Taroudannt", "bibliothèque Tinzert", "مكتبة تارودانت"]


@pytest.mark.parametrize("typed", PLACES)
def test_a_project_is_found_by_where_it_is(write, found, typed):
    write("Bibliothèque d’Arbaa Sahel", commune_code=ARBAA_SAHEL)
    write("Une bibliothèque ici", commune_code=TINZART)
    assert found(typed)[0] == "Une bibliothèque ici"


def test_a_place_typed_wrong_is_found_when_nothing_else_answers(write, found):
    write("Le souk", commune_code=ARBAA_SAHEL)
    write("Les champs", commune_code=OUISSELSATE)
    assert found("Arbaa Sahil") == ["Le souk"]


def test_what_nobody_wrote_finds_nothing(write, found):
    write("Le souk")
    assert found("xyzzy plugh") == []


def test_needs_sections_and_translations_are_searched_too(write, found, make, session):
    project, by = write("Pour le village"), make(User).id
    make(Need, project_id=project.id, created_by_id=by, text="Un apiculteur pour montrer les ruches.")
    text = {"text": "Les enfants souffrent de diabète."}
    session.add(Section(project_id=project.id, name="context", content=text, language="fr", edited_by_id=by))
    said = {"title": "من أجل القرية", "summary": "نجارة"}
    make(Translation, project_id=project.id, name="idea", language="ar", content=said, of_version=1, author_id=by)
    reindex(session, project)
    write("Autre chose", "Des panneaux solaires sur le toit.")
    for typed in ("apiculteur", "diabète", "نجارة"):
        assert found(typed)[0] == "Pour le village", typed


def test_only_published_projects_are_found(write, found):
    write("Une ruche cachée", moderation=Moderation.WAITING)
    assert found("ruche") == []


def test_what_was_just_said_otherwise_is_found_by_its_new_words(session, write, found, make):
    author = make(User)
    commune = territories.get(session, ARBAA_SAHEL)
    project = actions.post_idea(
        session, author, title="Une ruche", summary="Du miel pour tous.", commune=commune, language="fr"
    )
    actions.move(session, Standing(user=make.administrator()), project, "publish")
    assert found("ruche") == ["Une ruche"]
    project.title, project.summary = "Une menuiserie", "Des tables pour l’école."
    reindex(session, project)
    assert found("ruche") == [] and found("menuiserie") == ["Une menuiserie"]


def test_results_go_on_over_pages_without_hole_or_double(session, write):
    for n in range(45):
        write(f"Menuiserie numéro {n}", "Des tables et des chaises." if n % 2 else "Des portes.")
    seen, after = [], ""
    while after is not None:
        page = listing.page(session, listing.FilterForm(q="menuiserie"), None, after)
        seen += [card.project.id for card in page.rows]
        after = page.next
    assert len(seen) == len(set(seen)) == 45


def test_the_number_of_queries_of_a_search_does_not_grow(session, write, query_count):
    for n in range(3):
        write(f"Menuiserie {n}", published_at=now())
    listing.page(session, listing.FilterForm(q="menuiserie"), None, "")
    before = query_count()
    listing.page(session, listing.FilterForm(q="menuiserie"), None, "")
    few = query_count() - before
    for n in range(12):
        write(f"Menuiserie encore {n}")
    before = query_count()
    listing.page(session, listing.FilterForm(q="menuiserie"), None, "")
    assert query_count() - before == few <= 10


def test_projects_about_the_same_are_shown_beside_one(session, write):
    here = write("Une ferme d’apiculture", "Des ruches et du miel de thym.", theme_code="agriculture")
    write("مناحل الجبل", "تربية النحل وبيع العسل.", language="ar", theme_code="agriculture")
    write("Une route", "Goudronner la piste.", theme_code="agriculture")
    write("Des ruches cachées", "Des ruches et du miel.", moderation=Moderation.WAITING)
    assert [card.project.title for card in listing.similar_projects(session, here)] == ["مناحل الجبل"]


def test_a_search_of_any_length_is_answered(session, write, found):
    write("Le souk")
    assert search.ranked(session, "، ؟ … !", {}) == []
    assert found("souk " * 40)[0] == "Le souk"


def test_what_only_holds_a_word_by_the_way_is_left_out(write, found):
    write("De l’eau potable pour les douars", "Réparer les puits et la borne-fontaine.")
    write(
        "Une halte pour les voyageurs",
        "Les camions s’arrêtent dix minutes, achètent de l’eau et repartent. De l’ombre, des toilettes, "
        "un café, des produits de la coopérative.",
    )
    assert found("eau potable") == ["De l’eau potable pour les douars"]
