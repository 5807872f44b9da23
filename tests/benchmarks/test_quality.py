import json

import pytest

from benchmarks.quality import answers, peers
from benchmarks.quality.__main__ import PHRASES, RANKING, Way, measure
from benchmarks.quality.sets import LINKING, MATCHING, Missing, scorer, sets

NEEDS = [
    {"id": "n1", "lang": "fr", "title": "Réparer la pompe du puits", "skills": ["pompes"]},
    {"id": "n2", "lang": "ar", "title": "تربية النحل"},
]
PROFILES = [
    {"id": "p1", "lang": "fr", "headline": "Apicultrice", "bio": "Des ruches."},
    {"id": "p2", "lang": "fr", "headline": "Mécanicien", "skills": ["réparation de pompes"]},
    {"id": "p3", "lang": "ar", "headline": "تربية النحل وإنتاج العسل"},
]
SCORER = """
import json

def main(folder, answers):
    rows = [json.loads(line) for line in answers.read_text(encoding="utf-8").splitlines()]
    first = {row["need"]: row["profiles"][0] for row in rows}
    right = sum(first[need] == profile for need, profile in (("n1", "p2"), ("n2", "p3"))) / 2
    return {"all": {"ndcg@10": right}, "need in en": {"ndcg@10": None}}
"""


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "invented"
    made.mkdir()
    for name, rows in (("needs.jsonl", NEEDS), ("profiles.jsonl", PROFILES)):
        (made / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    (made / "qrels.tsv").write_text("n1\tp2\t3\nn2\tp3\t3\n", encoding="utf-8")
    (tmp_path / "score.py").write_text(SCORER, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("peer", [peers.ngrams, peers.bm25, peers.rapidfuzz])
def test_peers_find_the_same_words_in_a_tiny_set(folder, peer):
    score = scorer(folder, MATCHING)
    tried = [Way("peer", answers.ranked_by(peer))]
    (found,) = sets([folder], MATCHING)
    measured = measure(found, score, tried, RANKING)
    assert measured["peer"][0] == 1.0
    assert measured["peer"][1] is None
    assert measured["wanted"][0] == 0.88


def test_a_folder_without_its_scorer_is_said(folder):
    with pytest.raises(Missing, match=r"score_linking\.py"):
        scorer(folder, LINKING)


def test_phrases_are_linked_to_the_concepts_whose_names_they_repeat(tmp_path):
    some = answers.linkable("skill")[:40]
    concept = some[0]
    wanted = concept.names["fr"][0]
    (tmp_path / "mentions.tsv").write_text(f"m1\tfr\t{wanted}\n", encoding="utf-8")
    (tmp_path / "gold.tsv").write_text(f"m1\t{concept.id}\texactMatch\n", encoding="utf-8")
    assert sets([tmp_path], LINKING) == [tmp_path]
    output = tmp_path / "answers.jsonl"
    answers.linked_by(peers.ngrams, lambda kind: some)(tmp_path, output)
    (line,) = output.read_text(encoding="utf-8").splitlines()
    row = json.loads(line)
    assert (row["mention"], row["concepts"][0]) == ("m1", concept.id)
    assert len(row["concepts"]) == answers.LINKED
    assert PHRASES[0].figure({"recall@1": 1.0}) == 1.0
