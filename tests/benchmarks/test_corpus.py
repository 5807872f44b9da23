import numpy as np
import pytest

from app.matching.chips import ChipState
from app.projects.chips import parts
from app.projects.models import Need, NeedChip, Project
from app.taxonomy.models import Concept
from benchmarks.matching.corpus import Corpus, mentions
from benchmarks.matching.oracle import by_competence
from benchmarks.matching.report import TARGETS, table, targets


@pytest.fixture(scope="module")
def invented():
    return Corpus()


def test_the_nth_person_and_need_are_always_the_same(invented):
    again = Corpus()
    for number in (0, 7, 424_999):
        assert again.person(number) == invented.person(number)
        assert again.need(number) == invented.need(number)
    assert invented.person(0) != invented.person(1)


def test_people_write_in_three_languages_and_some_skills_are_frequent(invented):
    people = [invented.person(number) for number in range(600)]
    assert {person.language for person in people} == {"fr", "ar", "en"}
    said = [chip.concept.id for person in people for chip in person.chips]
    often = max(said.count(concept) for concept in set(said))
    assert 5 < often < len(said) / 20
    assert len(set(said)) > len(said) / 4


def test_matching_is_handed_what_the_application_hands_it(invented):
    wanted = next(one for one in map(invented.need, range(50)) if any(c.state is ChipState.KEPT for c in one.chips))
    kept = [chip.concept for chip in wanted.chips if chip.state is ChipState.KEPT]
    chips = [
        NeedChip(state=ChipState.KEPT, concept=Concept(id=c.id, label_fr=c.label_fr, label_ar=c.label_ar)) for c in kept
    ]
    need = Need(text=wanted.text, language=wanted.language, project=Project(title=wanted.project.title), chips=chips)
    assert wanted.parts == parts(need)
    assert len(wanted.parts) == 2 + len(kept)


def test_one_mention_of_seven_or_so_is_mistaken(invented):
    names = {
        name
        for known in (*invented.skills.things, *invented.occupations.things)
        for listed in known.names.values()
        for name in listed
    }
    typed = mentions(invented, 1000)
    assert typed == mentions(invented, 1000)
    as_printed = sum(mention in names for mention, _ in typed) / len(typed)
    assert 0.5 < as_printed < 0.85


def test_recall_counts_whoever_scores_as_well_as_the_last_of_the_best():
    truth = by_competence(np.array([0.9, 0.5, 0.5, 0.1, -1.0] + [0.6] * 18, np.float32))
    best = [1, *range(6, 24)]
    assert truth.recall([*best, 2]) == truth.recall([*best, 3]) == 1.0
    assert truth.recall([*best, 4]) == pytest.approx(0.95)
    assert truth.recall([]) == 0.0


def test_the_report_says_which_targets_are_met():
    rows = targets({"people_p50_ms": 5.5, "nearest_recall": 0.9})
    assert ("20 people with reasons, p50 ms", "5.50", "≤ 6", "yes") in rows
    assert [row[3] for row in rows].count("NO") == 1
    assert [row[3] for row in rows].count("–") == len(TARGETS) - 2
    assert table(("way", "p50"), [("ours", 1234.0)]).splitlines()[-1] == "ours  1,234"
