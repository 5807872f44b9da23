import gzip
import shutil
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlmodel import Session, func, select

from app.territories import actions, queries
from app.territories.models import Commune, CommuneKind, Province, ProvinceKind, Region
from app.territories.sources import DATA, CorrectionError, read_reference
from tests.factories import ARBAA_SAHEL, TINZART


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the reference files, to be changed as an update would."""
    for name in ("communes.tsv.gz", "provinces.tsv", "regions.tsv", "corrections.tsv"):
        shutil.copy(DATA / name, tmp_path / name)
    return tmp_path


def change(folder: Path, before: str, after: str) -> None:
    communes = gzip.decompress((folder / "communes.tsv.gz").read_bytes()).decode()
    assert before in communes
    (folder / "communes.tsv.gz").write_bytes(gzip.compress(communes.replace(before, after).encode()))


def without(folder: Path, code: str) -> None:
    lines = gzip.decompress((folder / "communes.tsv.gz").read_bytes()).decode().splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.startswith(f"{code}\t"))
    (folder / "communes.tsv.gz").write_bytes(gzip.compress(kept.encode()))


def test_the_whole_country_is_there(session: Session) -> None:
    counts = [session.exec(select(func.count()).select_from(table)).one() for table in (Region, Province, Commune)]
    assert counts == [12, 75, 1503]
    assert session.exec(select(func.sum(Commune.population))).one() == 36_828_330
    prefectures = select(func.count()).select_from(Province).where(Province.kind == ProvinceKind.PREFECTURE)
    assert session.exec(prefectures).one() == 13
    commune = session.get_one(Commune, ARBAA_SAHEL)
    assert (commune.name_fr, commune.name_ar, commune.kind) == ("Arbaa Sahel", "أربعاء الساحل", CommuneKind.RURAL)
    assert commune.province.name_fr == "Tiznit"
    assert commune.province.region.name_ar == "سوس-ماسة"


def test_corrections_are_applied() -> None:
    communes = {row["code"]: row for row in read_reference().communes}
    assert "Chaouen" in communes["01.151.01.01"]["aliases_fr"]
    assert communes["07.351.01.01"]["name_ar"] == "مشور القصبة"


def test_a_correction_that_no_longer_fits_stops_the_loading(folder: Path) -> None:
    with (folder / "corrections.tsv").open("a", encoding="utf-8") as file:
        file.write(f"{ARBAA_SAHEL}\tname_fr\tArba Sahel\tArbaa du Sahel\tno longer so\n")
    with pytest.raises(CorrectionError, match="Arba Sahel"):
        read_reference(folder)


def test_loading_again_writes_nothing(session: Session) -> None:
    newest = text("SELECT max(xmin::text::bigint) FROM commune")
    before = session.execute(newest).scalar_one()
    actions.load(session)
    assert session.execute(newest).scalar_one() == before


def test_an_update_renames_a_commune_and_what_points_to_it_follows(session: Session, folder: Path) -> None:
    change(folder, "\tArbaa Sahel\t", "\tArbaa Essahel\t")
    actions.load(session, folder=folder)
    assert session.get_one(Commune, ARBAA_SAHEL).name_fr == "Arbaa Essahel"


def test_a_commune_that_is_gone_is_retired_then_comes_back(session: Session, folder: Path) -> None:
    without(folder, TINZART)
    actions.load(session, folder=folder)
    retired = session.get_one(Commune, TINZART)
    assert retired.retired
    assert retired not in queries.communes_of(session, retired.province)
    assert retired not in queries.find_communes(session, "Tinzart")
    assert queries.get(session, TINZART) is retired
    actions.load(session)
    assert not session.get_one(Commune, TINZART).retired
    assert queries.find_communes(session, "Tinzart") == [retired]


def test_progress_is_told(session: Session) -> None:
    told: list[str] = []
    actions.load(session, told.append)
    assert told == ["regions and provinces", "communes"]
