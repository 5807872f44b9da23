import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.matching.documents import SEGMENT_TERMS, SEGMENTS, TERMS, analyse, pack, unpack


def test_each_clause_of_each_part_is_looked_at_alone() -> None:
    document = analyse(["Gestion des déchets, compostage", "Soudure."], "fr")
    assert document.segments == ("Gestion des déchets", "compostage", "Soudure")
    assert len(document.segment_vectors) == 3
    assert [document.segments[m.segment][m.start : m.end] for m in document.mentions] == [
        "Gestion",
        "déchets",
        "compostage",
        "Soudure",
    ]


def test_a_text_meets_its_translation_and_not_another_text() -> None:
    french = analyse(["gestion des déchets ménagers"], "fr").vector
    assert french.cosine(analyse(["تدبير النفايات المنزلية"], "ar").vector) > 0.5
    assert french.cosine(analyse(["household waste management"], "en").vector) > 0.5
    assert french.cosine(analyse(["طب الأسنان"], "ar").vector) < 0.05


def test_a_word_that_no_table_knows_meets_itself_in_any_latin_language() -> None:
    assert analyse(["atriplex"], "fr").vector.cosine(analyse(["Atriplex"], "en").vector) == pytest.approx(1)


def test_the_language_is_recognised_when_it_is_not_given_or_not_ours() -> None:
    assert analyse(["نبحث عن مكون"]).language == "ar"
    assert analyse(["We need a trainer"], "ber").language == "en"


def test_what_is_stored_is_what_was_read() -> None:
    document = analyse(["Gestion des déchets, compostage", "تكوين المكونين"], "fr")
    whole, *clauses = unpack(pack(document))
    assert whole.cosine(document.vector) == pytest.approx(1, abs=0.002)
    assert len(clauses) == len(document.segment_vectors)
    assert np.array_equal(clauses[0].terms, document.segment_vectors[0].terms)


def test_a_text_without_words_is_stored_and_resembles_nothing() -> None:
    empty = analyse(["", " ... ", "🌱"])
    assert [len(vector.terms) for vector in unpack(pack(empty))] == [0]
    assert empty.vector.cosine(analyse(["eau"], "fr").vector) == 0


def test_odd_texts_make_bounded_documents(odd_text: str) -> None:
    document = analyse([odd_text, odd_text])
    whole, *clauses = unpack(pack(document))
    assert len(whole.terms) <= TERMS
    assert len(clauses) <= SEGMENTS
    assert all(len(clause.terms) <= SEGMENT_TERMS for clause in clauses)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_whatever_is_written_can_be_kept_and_read_again(parts: list[str]) -> None:
    document = analyse(parts)
    assert len(unpack(pack(document))) == 1 + len(document.segment_vectors)
    assert document.vector.cosine(document.vector) == pytest.approx(1 if document.mentions else 0, abs=1e-5)
