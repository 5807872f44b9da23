import numpy as np
import pytest

from app.matching.documents import SEGMENT_TERMS, SEGMENTS, TERMS, analyse, pack, unpack
from app.matching.vectors import DIMENSIONS


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
    kept = unpack(pack(document))
    assert kept.whole.cosine(document.vector) == pytest.approx(1, abs=0.002)
    assert kept.dense @ document.dense == pytest.approx(1, abs=0.002)
    assert len(kept.segments) == len(document.segment_vectors)
    assert np.array_equal(kept.segments[0].terms, document.segment_vectors[0].terms)


def test_what_was_stored_before_there_were_dense_vectors_is_still_read() -> None:
    document = analyse(["Gestion des déchets, compostage"], "fr")
    old = unpack(pack(document)[2 + DIMENSIONS :])
    assert not old.dense.any()
    assert old.whole.cosine(document.vector) == pytest.approx(1, abs=0.002)
    assert len(old.segments) == 2


def test_a_text_without_words_is_stored_and_resembles_nothing() -> None:
    empty = analyse(["", " ... ", "🌱"])
    kept = unpack(pack(empty))
    assert len(kept.whole.terms) == 0 and kept.segments == () and not kept.dense.any()
    assert empty.vector.cosine(analyse(["eau"], "fr").vector) == 0


def test_odd_texts_make_bounded_documents(odd_text: str) -> None:
    document = analyse([odd_text, odd_text])
    kept = unpack(pack(document))
    assert len(kept.whole.terms) <= TERMS
    assert len(kept.segments) <= SEGMENTS
    assert all(len(clause.terms) <= SEGMENT_TERMS for clause in kept.segments)
