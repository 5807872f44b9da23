from pathlib import Path

import pytest
from sqlmodel import Session

from app.kernel.loaded import note_loaded
from app.matching import queries


def test_the_concepts_of_a_text_come_from_the_database(session: Session) -> None:
    links = queries.links(session, "Gestion des déchets, plomberie", "fr")
    assert [link.mention for link in links if link.sure] == ["Gestion des déchets", "plomberie"]
    assert queries.links(session, "تدبير النفايات")[0].concept_id == links[0].concept_id
    assert queries.linker(session) is queries.linker(session)


def test_a_name_typed_in_any_language_is_its_concept(session: Session) -> None:
    for typed in ("gestion des déchets", " Gestion des Déchets ", "waste management", "تدبير النفايات"):
        assert [concept.label_fr for concept in queries.named(session, typed)] == ["gestion des déchets"], typed


def test_words_that_name_nothing_bring_what_resembles_them(session: Session) -> None:
    near = queries.named(session, "abeilles noires")
    assert 1 < len(near) <= 6
    assert queries.named(session, "qsdfghjklm") == []
    assert queries.resembling(session, "") == []


def test_the_language_of_a_text_is_told(session: Session) -> None:
    assert [queries.recognised(text) for text in ("Nous cherchons", "we look for", "نبحث عن")] == ["fr", "en", "ar"]


def test_the_names_of_an_edition_are_made_once_and_then_mapped(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIZA_VAR", str(tmp_path))
    before = queries.linker(session)
    note_loaded(session, "taxonomy", "an edition")
    session.flush()
    made = []
    try:
        for _ in range(2):
            queries._linkers.clear()  # as if this process had just started
            mapped = queries.linker(session)
            assert mapped.link("plomberie et forage", "fr") == before.link("plomberie et forage", "fr")
            made += [folder.stat().st_ino for folder in tmp_path.glob("linker/*")]
    finally:
        queries._linkers[session.get_bind().engine] = ("", before)
    assert len(made) == 2 and len(set(made)) == 1
