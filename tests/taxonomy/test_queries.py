from collections.abc import Callable

from sqlmodel import Session, select

from app.taxonomy import queries
from app.taxonomy.models import Concept, ConceptKind

WELDER = "7aedaa07-3884-4c5b-88f9-80997b2aa54b"


def test_the_fifteen_themes_come_in_the_order_of_screens(session: Session) -> None:
    themes = queries.themes(session)
    assert len(themes) == 15
    assert [themes[0].code, themes[2].code, themes[-1].code] == ["agriculture", "waste", "governance"]
    assert all(theme.label_fr and theme.label_ar for theme in themes)


def test_unknown_concepts_are_left_out(session: Session) -> None:
    assert set(queries.concepts(session, [WELDER, "nobody", ""])) == {WELDER}
    assert queries.concepts(session, []) == {}


def test_texts_are_linked_to_anything_but_groups(session: Session) -> None:
    kinds = {row.kind for row in queries.linkable(session)}
    assert kinds == {ConceptKind.SKILL, ConceptKind.OCCUPATION, ConceptKind.FIELD}


def test_names_of_a_known_edition_are_read_once(session: Session, query_count: Callable[[], int]) -> None:
    ids = [one.id for one in session.exec(select(Concept).limit(3))]
    first = queries.names(session, [*ids, "unknown"], "edition of this test")
    assert {one.label_fr for one in first.values()} == {session.get_one(Concept, one).label_fr for one in ids}
    before = query_count()
    assert queries.names(session, ids, "edition of this test") == first
    assert query_count() == before
    assert queries.names(session, ids).keys() == first.keys()
    assert query_count() == before + 1
