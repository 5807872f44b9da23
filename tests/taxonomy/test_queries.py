from sqlmodel import Session

from app.taxonomy import queries
from app.taxonomy.models import ConceptKind

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
