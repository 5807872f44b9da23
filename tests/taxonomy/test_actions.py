import lzma
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session

from app.taxonomy import queries
from app.taxonomy.actions import CorrectionError, corrected_concepts, load
from app.taxonomy.lexicon import terms
from app.taxonomy.models import Concept
from app.taxonomy.sources import DATA, cut, read

WASTE_ROCK = "2fb4b423-c1e4-407d-ba48-38032d8dcda2"
APICULTURE = "026401a9-7d56-4d7b-8052-38985ddbeafa"
FIELD_RELATIONS = sum(len(term.under) for term in terms() if not term.same_as)
WASTE_MANAGEMENT = "40f65a56-ccbe-4601-9f32-1cc6cdd24f28"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A taxonomy of three concepts; a test writes it otherwise and loads it again."""
    write(tmp_path, "concepts.tsv.xz", read_some("concepts.tsv.xz", "id", {WASTE_MANAGEMENT, WASTE_ROCK}))
    for name in ("broader.tsv.xz", "occupation_skills.tsv.xz"):
        write(tmp_path, name, read_some(name, "", set()))
    for name in ("corrections.tsv", "lexicon.tsv"):
        (tmp_path / name).write_text((DATA / name).read_text().splitlines()[0] + "\n")
    shutil.copy(DATA / "themes.tsv", tmp_path)
    return tmp_path


def read_some(name: str, column: str, wanted: set[str]) -> list[list[str]]:
    rows = list(read(DATA / name))
    return [list(rows[0]), *(list(row.values()) for row in rows if row.get(column) in wanted)]


def write(folder: Path, name: str, rows: list[list[str]]) -> None:
    with lzma.open(folder / name, "wt", encoding="utf-8") as lines:
        lines.writelines("\t".join(row) + "\n" for row in rows)


def test_everything_is_there_in_three_languages(session: Session) -> None:
    found = session.execute(
        text(
            "SELECT count(*) FILTER (WHERE kind = 'skill'), count(*) FILTER (WHERE kind = 'occupation'),"
            " count(*) FILTER (WHERE label_fr = '' AND label_en = ''), count(*) FILTER (WHERE label_ar <> '')"
            " FROM concept WHERE NOT retired"
        )
    ).one()
    assert found[0] == 13_939
    assert found[1] == 3_039
    assert found[2] == 0
    assert found[3] > 17_300


def test_relations_are_there(session: Session) -> None:
    essential = session.execute(
        text(
            "SELECT skill.label_en FROM occupation_skill JOIN concept skill ON skill.id = skill_id"
            " JOIN concept occupation ON occupation.id = occupation_id"
            " WHERE essential AND occupation.label_en = 'welder'"
        )
    ).scalars()
    assert "operate welding equipment" in set(essential)
    assert session.execute(text("SELECT count(*) FROM concept_broader")).scalar_one() == 20_822 + FIELD_RELATIONS


def test_loading_again_rewrites_nothing(session: Session) -> None:
    before = session.execute(text("SELECT sum(xmin::text::bigint), count(*) FROM concept")).one()
    load(session)
    assert session.execute(text("SELECT sum(xmin::text::bigint), count(*) FROM concept")).one() == before


def test_a_concept_that_is_dropped_is_retired_and_its_old_chips_keep_their_name(session: Session, folder: Path) -> None:
    load(session, folder=folder)
    assert not session.get_one(Concept, WASTE_MANAGEMENT).retired
    assert queries.concepts(session, [APICULTURE])[APICULTURE].retired
    retired = session.execute(text("SELECT count(*) FROM concept WHERE retired")).scalar_one()
    assert retired > 17_000
    assert session.execute(text("SELECT count(*) FROM occupation_skill")).scalar_one() == 0
    load(session)
    assert session.execute(text("SELECT count(*) FROM concept WHERE retired")).scalar_one() == 0
    assert session.execute(text("SELECT count(*) FROM occupation_skill")).scalar_one() == 123_357


def test_a_label_that_misled_is_mended_with_its_reason(session: Session) -> None:
    rock = session.get_one(Concept, WASTE_ROCK)
    assert rock.label_fr == "gérer les stériles miniers"
    assert not rock.arabic_official
    assert all(len(line["reason"]) > 10 for line in read(DATA / "corrections.tsv"))


def test_the_words_of_communes_are_aliases(session: Session) -> None:
    waste = session.get_one(Concept, WASTE_MANAGEMENT)
    assert waste.label_ar == "تدبير النفايات"
    assert "gestion des déchets ménagers" in waste.aliases_fr
    assert session.get_one(Concept, "field-matfia").label_ar == "مطفية"


def test_official_arabic_is_told_apart_from_ours(session: Session) -> None:
    counts = dict(
        session.execute(
            text("SELECT arabic_official, count(*) FROM concept WHERE kind = 'skill' AND label_ar <> '' GROUP BY 1")
        ).all()
    )
    assert 2_300 < counts[True] < 2_367
    assert counts[False] > 11_500


@pytest.mark.parametrize(
    "line",
    [
        (WASTE_ROCK, "label_fr", "what it never was", "anything", "a reason"),
        (WASTE_ROCK, "aliases_fr", "what it never was", "", "a reason"),
        ("no-such-concept", "label_fr", "anything", "anything else", "a reason"),
    ],
)
def test_a_correction_that_no_longer_fits_stops_the_loading(folder: Path, line: tuple[str, ...]) -> None:
    with (folder / "corrections.tsv").open("a") as corrections:
        corrections.write("\t".join(line) + "\n")
    with pytest.raises(CorrectionError, match="is now"):
        corrected_concepts(folder)


def test_all_aliases_or_one_can_be_taken_away(folder: Path) -> None:
    with (folder / "corrections.tsv").open("a") as corrections:
        corrections.write(f"{WASTE_ROCK}\taliases_en\t*\t\tnone of them\n")
        corrections.write(f"{WASTE_ROCK}\taliases_fr\tgérer les déchets collectés\tstériles\tthe word of miners\n")
    rock = next(concept for concept in corrected_concepts(folder) if concept["id"] == WASTE_ROCK)
    assert rock["aliases_en"] == []
    assert rock["aliases_fr"] == ["stériles"]


def test_the_published_files_are_cut_to_what_is_used(tmp_path: Path) -> None:
    published, into = tmp_path / "published", tmp_path / "cut"
    published.mkdir()
    into.mkdir()
    labels = "\t".join(f"label_{language}\talts_{language}" for language in ("fr", "ar", "en"))
    (published / "esco_skills.tsv").write_text(
        f"id\t{labels}\tar_source\tin_v111_v120\n"
        "kept\tsouder\tsouder|souder au gaz\tتلحيم\t\tweld\t\tproject\t11\n"
        "dropped\tfumer\t\tتدخين\t\tsmoke\t\tproject\t10\n"
    )
    (published / "esco_occupations.tsv").write_text(f"id\t{labels}\nwelder\tsoudeur\t\tلحام\t\twelder\t\n")
    (published / "esco_skill_groups.tsv").write_text("id\tlabel_fr\tlabel_ar\tlabel_en\ngroup\tmétal\t\tmetal\n")
    (published / "esco_broader.tsv").write_text("id\tbroader_id\nkept\tgroup\ndropped\tgroup\n")
    (published / "esco_occupation_skills.tsv").write_text(
        "occupation\tskill\trelation\nwelder\tkept\tessential\nwelder\tdropped\toptional\n"
    )
    cut(published, into)
    concepts = {row["id"]: row for row in read(into / "concepts.tsv.xz")}
    assert set(concepts) == {"kept", "welder", "group"}
    assert concepts["kept"]["aliases_fr"] == "souder au gaz"
    assert (concepts["kept"]["arabic_official"], concepts["welder"]["arabic_official"]) == ("", "1")
    assert list(read(into / "broader.tsv.xz")) == [{"concept_id": "kept", "broader_id": "group"}]
    assert list(read(into / "occupation_skills.tsv.xz")) == [
        {"occupation_id": "welder", "essential": "kept", "optional": ""}
    ]
