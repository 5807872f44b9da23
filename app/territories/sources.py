"""The reference copies of `data/` (its README says where they come from), with our corrections applied."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

DATA = Path(__file__).parent / "data"
_LISTS = ("aliases_fr", "aliases_ar")
_NAMES = ("name_fr", "name_ar")

Row = dict[str, Any]


class CorrectionError(ValueError):
    """A line of `corrections.tsv` no longer fits the name that it mends: somebody must look at it again."""


class Reference(NamedTuple):
    """Rows by the columns of their tables, in the order in which they may be inserted."""

    regions: list[Row]
    provinces: list[Row]
    communes: list[Row]


def read_reference(folder: Path = DATA) -> Reference:
    communes = [_commune(row) for row in _read(folder / "communes.tsv.gz")]
    _correct({row["code"]: row for row in communes}, _read(folder / "corrections.tsv"))
    return Reference(
        regions=list(_read(folder / "regions.tsv")),
        provinces=list(_read(folder / "provinces.tsv")),
        communes=communes,
    )


def _read(path: Path) -> Iterator[dict[str, str]]:
    open_text = gzip.open if path.suffix == ".gz" else open
    with open_text(path, "rt", encoding="utf-8") as lines:
        columns = next(lines).rstrip("\n").split("\t")
        for line in lines:
            yield dict(zip(columns, line.rstrip("\n").split("\t"), strict=True))


def _commune(row: dict[str, str]) -> Row:
    return {
        "code": row["code"],
        "province_code": row["province_code"],
        "name_fr": row["name_fr"],
        "name_ar": row["name_ar"],
        **{column: [alias for alias in row[column].split("|") if alias] for column in _LISTS},
        "latitude": float(row["lat"]),
        "longitude": float(row["lon"]),
        "population": int(row["population"]),
        "kind": row["kind"],
        "retired": False,
    }


def _correct(communes: dict[str, Row], corrections: Iterator[dict[str, str]]) -> None:
    """A name is replaced, an alias is added."""
    for line in corrections:
        commune, column = communes.get(line["code"]), line["field"]
        if commune is not None and column in _LISTS:
            commune[column].append(line["becomes"])
        elif commune is not None and column in _NAMES and commune[column] == line["was"]:
            commune[column] = line["becomes"]
        else:
            raise CorrectionError(f"{line['code']} {column}: {line['was']!r} is not what the file says")
