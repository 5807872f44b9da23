from typing import Literal
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine
from sqlmodel import Session, text

from app.matching.actions import forget, store
from app.matching.documents import WITH_DENSE, analyse
from app.matching.models import MatchDocument
from app.matching.queries import stale
from app.matching.retrieval import nearest
from app.matching.scoring import competence
from app.matching.vectors import DIMENSIONS
from tests.matching.exhaustive import assert_best, competences

WASTE = ["gestion des déchets ménagers", "tri et compostage"]
NEED_TEXT = "Gérer les déchets et faire du compost"
NEED = analyse([NEED_TEXT], "fr")
SAID = [
    *WASTE,
    "تدبير النفايات",
    "soudure",
    "eau potable, adduction, forages",
    "الماء الصالح للشرب",
    "comptabilité",
    "plomberie et soudure",
    "waste management",
    "zellij, mosaïque",
    "طب الأسنان",
    "",
]


def found(session: Session, kind: str = "person") -> list[int]:
    return [near.subject_id for near in nearest(session, kind, NEED) if near.competence > 0.1]


def test_who_was_saved_a_second_ago_is_found_in_any_language(session: Session) -> None:
    assert found(session) == []
    store(session, "person", 1, WASTE, "fr")
    store(session, "person", 2, ["تدبير النفايات والتسميد"], "ar")
    store(session, "person", 3, ["طب الأسنان"], "ar")
    assert sorted(found(session)) == [1, 2]


def test_the_stored_score_is_the_score_that_explains(session: Session) -> None:
    store(session, "person", 1, WASTE, "fr")
    assert nearest(session, "person", NEED)[0].competence == pytest.approx(
        competence(NEED, analyse(WASTE, "fr")), abs=0.002
    )


def test_who_changes_their_words_is_found_by_the_new_ones(session: Session) -> None:
    store(session, "person", 1, WASTE, "fr")
    assert found(session) == [1]
    store(session, "person", 1, ["soudure"], "fr")
    assert found(session) == []


def test_who_is_forgotten_is_found_no_more_and_leaves_no_words(session: Session) -> None:
    store(session, "person", 1, WASTE, "fr")
    found(session)
    forget(session, "person", 1)
    assert nearest(session, "person", NEED) == []
    row = session.get_one(MatchDocument, ("person", 1))
    session.refresh(row)
    assert (row.packed, row.language) == (b"", "")
    forget(session, "person", 99)


def test_kinds_do_not_mix_and_a_choice_can_be_limited(session: Session) -> None:
    store(session, "person", 1, WASTE, "fr")
    store(session, "person", 2, WASTE, "fr")
    store(session, "project", 1, WASTE, "fr")
    assert found(session, "project") == [1]
    assert [near.subject_id for near in nearest(session, "person", NEED, among=[2, 77])] == [2]
    assert nearest(session, "person", NEED, among=[]) == []
    assert nearest(session, "nothing", NEED) == []


def test_what_is_rolled_back_was_never_found(engine: Engine) -> None:
    with Session(engine) as session:
        store(session, "rolled back", 1, WASTE, "fr")
        assert found(session, "rolled back") == [1]
        session.rollback()
        assert found(session, "rolled back") == []


def test_a_change_that_is_rolled_back_leaves_what_was_there(engine: Engine) -> None:
    with Session(engine) as session:
        store(session, "changed", 1, WASTE, "fr")
        session.commit()
        assert found(session, "changed") == [1]
        store(session, "changed", 1, ["soudure"], "fr")
        assert found(session, "changed") == []
        session.rollback()
        assert found(session, "changed") == [1]
        session.execute(text("DELETE FROM match_document"))
        session.commit()


def test_a_slow_transaction_that_began_before_is_not_missed(engine: Engine) -> None:
    """Its rows carry an older number than what was read already."""
    with Session(engine) as slow, Session(engine) as quick:
        store(slow, "slow", 1, WASTE, "fr")
        store(quick, "slow", 2, WASTE, "fr")
        quick.commit()
        assert found(quick, "slow") == [2]
        slow.commit()
        assert found(quick, "slow") == [1, 2]
        quick.execute(text("DELETE FROM match_document"))
        quick.commit()


Act = tuple[Literal["store", "forget"], int, tuple[int, ...]]
ACTS: st.SearchStrategy[list[Act]] = st.lists(
    st.tuples(
        st.sampled_from(["store", "store", "store", "forget"]),
        st.integers(0, 30),
        st.lists(st.integers(0, len(SAID) - 1), max_size=4).map(tuple),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(turns=st.lists(st.tuples(ACTS, st.booleans()), max_size=5), asked=st.integers(0, len(SAID) - 1))
def test_whatever_is_stored_forgotten_or_rolled_back_the_best_are_found(
    engine: Engine, turns: list[tuple[list[Act], bool]], asked: int
) -> None:
    need, kind = analyse([SAID[asked], NEED_TEXT]), f"random {uuid4()}"
    with Session(engine) as session, Session(engine) as other:
        for acts, kept in turns:
            for act, subject_id, words in acts:
                if act == "store":
                    store(session, kind, subject_id, [SAID[word] for word in words])
                else:
                    forget(session, kind, subject_id)
            for reader in (session, other):
                assert_best(nearest(reader, kind, need, limit=20), competences(reader, kind, need))
            session.commit() if kept else session.rollback()
            for reader in (other, session):
                assert_best(nearest(reader, kind, need, limit=20), competences(reader, kind, need))
            other.rollback()
        session.execute(text("DELETE FROM match_document"))
        session.commit()


def test_more_are_not_given_than_asked_for(session: Session) -> None:
    for number in range(5):
        store(session, "person", number, WASTE, "fr")
    assert [near.subject_id for near in nearest(session, "person", NEED, limit=2)] == [0, 1]


def test_what_was_stored_before_there_were_dense_vectors_is_found(session: Session) -> None:
    store(session, "person", 1, WASTE, "fr")
    row = session.get_one(MatchDocument, ("person", 1))
    row.packed = row.packed[len(WITH_DENSE) + DIMENSIONS :]
    session.flush()
    assert_best(nearest(session, "person", NEED), competences(session, "person", NEED))


def test_what_another_table_made_is_to_be_stored_again(session: Session) -> None:
    store(session, "person", 1, WASTE, "fr")
    store(session, "person", 2, WASTE, "fr")
    forget(session, "person", 3)
    session.execute(text("UPDATE match_document SET made_with = 'older' WHERE subject_id IN (2, 3)"))
    assert stale(session, "person") == [2]


def test_odd_texts_are_kept_and_looked_for(session: Session, odd_text: str) -> None:
    store(session, "person", 1, [odd_text, ""])
    nearest(session, "person", analyse([odd_text]))
