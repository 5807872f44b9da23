import json
from pathlib import Path

from typer.testing import CliRunner

from app.matching.commands import match

runner = CliRunner()


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
    return path


def test_an_outside_set_is_ranked_across_languages(tmp_path: Path) -> None:
    needs = [
        {"id": "n1", "lang": "fr", "title": "Trier les déchets", "description": "Compostage aussi.", "skills": ["tri"]},
        {"id": "n2", "lang": "ar", "title": "طبيب أسنان", "description": "", "skills": []},
    ]
    people = [
        {"id": "p1", "lang": "fr", "headline": "Dentiste", "bio": "", "skills": [], "occupation": "dentiste"},
        {"id": "p2", "lang": "ar", "headline": "فرز النفايات", "bio": "", "skills": ["السماد"], "occupation": ""},
    ]
    output = tmp_path / "ranking.jsonl"
    done = runner.invoke(
        match,
        [
            "rank",
            "--needs",
            str(write(tmp_path / "needs.jsonl", needs)),
            "--profiles",
            str(write(tmp_path / "profiles.jsonl", people)),
            "--output",
            str(output),
        ],
    )
    assert done.exit_code == 0, done.output
    ranking = {row["need"]: row["profiles"] for row in map(json.loads, output.read_text().splitlines())}
    assert ranking == {"n1": ["p2", "p1"], "n2": ["p1", "p2"]}


def test_phrases_are_linked(tmp_path: Path) -> None:
    (tmp_path / "mentions.tsv").write_text("m1\tfr\tGérer les stocks\nm2\tfr\t\n")
    output = tmp_path / "links.jsonl"
    arguments = ["link", "--mentions", str(tmp_path / "mentions.tsv"), "--output", str(output), "--kind", "skill"]
    assert runner.invoke(match, arguments).exit_code == 0
    first, second = map(json.loads, output.read_text().splitlines())
    assert "ab6265f2" in first["concepts"][0]
    assert second == {"mention": "m2", "concepts": []}
