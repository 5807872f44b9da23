"""The sets of a folder, and the scorers that lie beside them."""

import importlib.util
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MATCHING = ("needs.jsonl", "profiles.jsonl", "qrels.tsv")
LINKING = ("mentions.tsv", "gold.tsv")
SCORERS = {MATCHING: "score.py", LINKING: "score_linking.py"}

Score = Callable[[Path, Path], Mapping[str, Any]]
"""From the folder of a set and a file of answers to figures."""


@dataclass(frozen=True)
class Row:
    id: str
    text: str
    language: str


class Missing(Exception):
    """Something that the folder should hold."""


def sets(folders: list[Path], files: tuple[str, ...]) -> list[Path]:
    """Every folder, or one just below, that holds these files."""
    within = [one for folder in folders for one in (folder, *sorted(folder.iterdir())) if one.is_dir()]
    return [one for one in within if all((one / name).is_file() for name in files)]


def scorer(folder: Path, files: tuple[str, ...]) -> Score:
    """`main` of the script that scores sets of this kind. Raises Missing."""
    path = folder / SCORERS[files]
    spec = importlib.util.spec_from_file_location(f"scorer_{path.stem}", path)
    if not path.is_file() or spec is None or spec.loader is None:
        raise Missing(f"{path}: the script that scores these sets")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    score: Score = module.main
    return score


def needs(folder: Path) -> list[Row]:
    return _read(folder / "needs.jsonl", "title", "description", "skills")


def profiles(folder: Path) -> list[Row]:
    return _read(folder / "profiles.jsonl", "headline", "bio", "skills", "occupation")


def mentions(folder: Path) -> list[Row]:
    lines = (folder / "mentions.tsv").read_text(encoding="utf-8").splitlines()
    return [Row(number, text, language) for number, language, text in (line.split("\t")[:3] for line in lines)]


def wanted_concepts(folder: Path) -> set[str]:
    return {line.split("\t")[1] for line in (folder / "gold.tsv").read_text(encoding="utf-8").splitlines()}


def _read(path: Path, *names: str) -> list[Row]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [Row(row["id"], _text(row.get(name) or "" for name in names), row.get("lang") or "") for row in rows]


def _text(values: Any) -> str:
    return ". ".join(part for value in values for part in (value if isinstance(value, list) else [value]) if part)
