"""What is said to be wrong: kept, used, taken back."""

import pytest

from app.accounts.models import User
from app.kernel.errors import NotFound
from app.matching import objections
from app.matching.linking import Link
from app.matching.objections import ENOUGH
from app.profiles.models import Profile
from app.projects.models import Need
from app.taxonomy.models import Concept

WORDS = "Le tri des déchets"


@pytest.fixture
def concept(session):
    return session.get(Concept, session.exec(Concept.__table__.select().limit(1)).first().id).id


@pytest.fixture
def found(concept):
    return [Link(concept, WORDS, 0, len(WORDS), 95.0), Link("other", "vélos", 30, 35, 95.0)]


def object_(session, make, concept, words=WORDS, user=None, profile=None, need=None):
    return objections.object_to_reason(
        session,
        (user or make(User)).id,
        (need or make(Need)).id,
        (profile or make(Profile)).id,
        concept,
        "collecte",
        words,
        "fr",
    )


def test_a_match_said_wrong_is_known_from_both_sides_until_it_is_taken_back(session, make):
    need, profile, user = make(Need), make(Profile), make(User)
    said = objections.object_to_match(session, user.id, need.id, profile.id)
    assert objections.object_to_match(session, user.id, need.id, profile.id).id == said.id
    assert objections.wrong_people(session, need.id) == {profile.id}
    assert objections.wrong_needs(session, profile.id) == {need.id}
    assert objections.wrong_words(session, [need.id], [profile.id]) == {}
    objections.take_back(said, user.id)
    session.flush()
    assert objections.wrong_people(session, need.id) == objections.wrong_needs(session, profile.id) == set()
    assert objections.object_to_match(session, user.id, need.id, profile.id).id != said.id


def test_words_said_wrong_are_wrong_for_that_need_alone(session, make, concept):
    need, profile = make(Need), make(Profile)
    object_(session, make, concept, need=need, profile=profile)
    other = make(Need)
    assert objections.wrong_words(session, [need.id, other.id], [profile.id]) == {
        (need.id, profile.id): {"le tri des dechets"}
    }
    assert objections.wrong_people(session, need.id) == set()


def test_one_person_is_not_everybody_and_two_are(session, make, concept):
    first = make(User)
    for _number in range(3):
        object_(session, make, concept, user=first)
    assert objections.wrong_pairs(session) == frozenset()
    second = object_(session, make, concept, words="le TRI des dechets")
    assert ENOUGH == 2
    assert objections.wrong_pairs(session) == {(concept, "le tri des dechets", "fr")}
    objections.take_back(second, first.id)
    session.flush()
    assert objections.wrong_pairs(session) == frozenset()


def test_chips_that_people_remove_are_no_word_on_reasons(session, make, concept):
    for _number in range(ENOUGH):
        profile = make(Profile)
        objections.object_to_links(session, profile.owner_id, [(concept, WORDS)], "fr", profile_id=profile.id)
    assert objections.wrong_pairs(session)
    assert objections.wrong_reasons(session) == frozenset()


def test_a_link_that_two_people_found_wrong_is_only_asked_about(session, make, concept, found):
    assert all(link.sure for link in objections.with_doubts(session, found, "fr"))
    for _number in range(ENOUGH):
        object_(session, make, concept)
    assert [link.sure for link in objections.with_doubts(session, found, "fr")] == [False, True]
    assert all(link.sure for link in objections.with_doubts(session, found, "ar"))


def test_it_is_doubted_at_once_in_the_text_it_was_said_of(session, make, concept, found):
    profile, need = make(Profile), make(Need)
    object_(session, make, concept, profile=profile, need=need)
    assert [link.sure for link in objections.with_doubts(session, found, "fr", profile_id=profile.id)] == [False, True]
    for elsewhere in ({"profile_id": make(Profile).id}, {"need_id": need.id}, {}):
        assert all(link.sure for link in objections.with_doubts(session, found, "fr", **elsewhere))


def test_what_somebody_removes_from_their_own_text_counts_until_they_put_it_back(session, make, concept):
    profile, user = make(Profile), make(User)

    def said(*removed):
        objections.object_to_links(session, user.id, removed, "fr", profile_id=profile.id)
        session.flush()

    object_(session, make, concept)
    said((concept, WORDS), (concept, ""))
    said((concept, WORDS))
    assert objections.wrong_pairs(session)
    said()
    assert objections.wrong_pairs(session) == frozenset()


def test_nothing_of_the_words_of_a_deleted_profile_stays(session, make, concept):
    profile = make(Profile)
    said = object_(session, make, concept, profile=profile)
    objections.forget(session, profile.id)
    session.expire_all()
    with pytest.raises(NotFound):
        objections.get(session, said.id)


@pytest.mark.parametrize("number", [0, -1, 2**31, 10**30, 999_999])
def test_what_nobody_said_is_not_found(session, number):
    with pytest.raises(NotFound):
        objections.get(session, number)
