"""Whatever is typed, sent or pasted: matching answers, with little or nothing, and never fails."""

import json

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from app.matching import queries
from app.matching.actions import store
from app.matching.documents import SEGMENTS, TERMS, analyse, pack, unpack
from app.matching.explanation import Tag, explain, reasons
from app.matching.linking import LONGEST_NAME, MOST, PROPOSED, READ, Linker
from app.matching.scoring import competence
from app.matching.text import LANGUAGES, Language
from tests.oddities import texts

# A session of the database serves all examples of a test: what is stored is written over.
whatever = settings(
    deadline=None,
    max_examples=40,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
languages = st.sampled_from([*LANGUAGES, None, "tlh", ""])


@whatever
@given(texts(), st.sampled_from(LANGUAGES))
def test_a_text_is_linked_to_its_own_words(linker: Linker, text: str, language: Language) -> None:
    links = linker.link(text, language)
    assert len(links) <= MOST
    assert all(text[link.start : link.end] == link.mention for link in links)
    assert all(link.score >= PROPOSED and link.end <= READ for link in links)
    assert len({link.concept_id for link in links}) == len(links)


@whatever
@given(texts(), st.sampled_from(LANGUAGES))
def test_a_text_resembles_names_by_a_likeness_that_can_be_compared(
    linker: Linker, text: str, language: Language
) -> None:
    near = linker.nearest(text, language, 5)
    assert len(near) <= 5
    assert all(0 < likeness <= 1.1 for _, likeness in near)


@whatever
@given(st.lists(texts(), max_size=4), languages)
def test_a_document_is_kept_in_few_bytes_and_read_again(parts: list[str], language: str | None) -> None:
    document = analyse(parts, language)
    kept = unpack(pack(document))
    assert document.language in LANGUAGES
    assert len(kept.whole.terms) == len(document.vector.terms) <= TERMS
    assert len(kept.segments) == len(document.segment_vectors) <= SEGMENTS
    assert np.isfinite(document.dense).all() and np.isfinite(document.vector.weights).all()
    assert document.vector.cosine(document.vector) == pytest.approx(1 if document.mentions else 0, abs=1e-5)


@whatever
@given(st.lists(texts(3), max_size=3), st.lists(texts(3), max_size=3), texts(2), languages)
def test_why_somebody_was_found_can_be_said(asked: list[str], said: list[str], tag: str, language: str | None) -> None:
    need, person = analyse(asked, language), analyse(said)
    assert 0 <= competence(need, person) <= 1.001
    covered, missing = explain(need, person, [Tag("wanted", tag)], [Tag("offered", tag)])
    assert all(one.words and one.wanted for one in covered)
    assert {one.concept_id for one in missing} <= {"wanted"}
    json.dumps(reasons(covered, missing))


@whatever
@given(st.lists(texts(3), max_size=3), texts(), languages)
def test_what_is_stored_is_searched(session: Session, stored: list[str], asked: str, language: str | None) -> None:
    store(session, "odd", 1, stored, language)
    store(session, "odd", 2, ["gestion des déchets"], "fr")
    for document in (analyse([asked], language), analyse(["tri des déchets"], "fr")):
        near = queries.nearest(session, "odd", document)
        assert {one.subject_id for one in near} <= {1, 2}
        assert all(0 <= one.competence <= 1.001 for one in near)


@whatever
@given(texts(), languages)
def test_names_and_concepts_of_it_come_from_the_taxonomy(session: Session, text: str, language: str | None) -> None:
    assert queries.recognised(text) in LANGUAGES
    for link in queries.links(session, text, language):
        assert link.mention in text
    for typed in (text, text[:LONGEST_NAME]):
        assert len(queries.resembling(session, typed)) <= 6
        assert len(queries.named(session, typed)) <= 6
