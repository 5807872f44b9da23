"""The Dockerfile and compose.yaml name only what exists: a rename in the code would break them in silence."""

import ast
import json
import re

import pytest
import yaml
from typer.main import get_command

from app.cli import cli
from app.kernel.settings import Settings
from tests.conftest import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text("utf-8")
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))
IMAGE = DOCKERFILE[DOCKERFILE.rindex("\nFROM ") :]
OURS = ("prepare", "site", "worker")
SETTINGS = {f"TWIZA_{name.upper()}" for name in Settings.model_fields}


def copied(stage: str) -> set[str]:
    lines = re.findall(r"^COPY (?!--from)(.+)$", stage, re.MULTILINE)
    return {source for line in lines for source in line.split()[:-1]}


def test_settings_are_those_of_the_application():
    given = set(re.findall(r"\bTWIZA_[A-Z_]+", DOCKERFILE + (ROOT / "compose.yaml").read_text("utf-8")))
    assert given <= SETTINGS
    assert given >= SETTINGS - {"TWIZA_ENVIRONMENT", "TWIZA_VAR"}


@pytest.mark.parametrize("name", OURS)
def test_a_container_starts_in_production(name, monkeypatch):
    variables = {**dict(re.findall(r"(TWIZA_\w+)=(\S+)", IMAGE)), **COMPOSE["services"][name]["environment"]}
    beside = {"TWIZA_SECRET": "x" * 40, "TWIZA_BASE_URL": "https://twiza.example.org"}
    for variable, value in variables.items():
        monkeypatch.setenv(variable, re.sub(r"\$\{(\w+)\W+\}", lambda found: beside.get(found[1], ""), value))
    settings = Settings(_env_file=None)
    assert settings.environment == "production" and settings.secure_cookies
    assert settings.database_url.startswith("postgresql://twiza@database/") and "@" in settings.mail_from


def test_commands_are_those_of_the_application():
    commands = re.findall(r"\btwiza ([a-z-]+)", " ".join(re.findall(r"^(?:RUN|CMD) .*", IMAGE, re.MULTILINE)))
    commands += [json.loads(words)[1] for words in re.findall(r'^CMD (\["twiza".*\])$', IMAGE, re.MULTILINE)]
    for name in OURS:
        commands += re.findall(r"\btwiza ([a-z-]+)", " ".join(COMPOSE["services"][name].get("command", [])))
    assert set(commands) == {"catalogues", "migrate", "reference", "serve", "worker"}
    assert set(commands) <= set(get_command(cli).commands)


def test_what_the_code_reads_beside_itself_is_in_the_image():
    read = {
        found for path in (ROOT / "app").rglob("*.py") for found in re.findall(r'ROOT / "([\w.]+)"', path.read_text())
    }
    assert read - {"var"} <= copied(IMAGE)
    assert all((ROOT / name).exists() for name in copied(DOCKERFILE))


def test_the_engine_is_given_what_is_copied_and_nothing_else():
    rules = [line for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == copied(DOCKERFILE)


def test_the_health_check_is_an_address_of_ours():
    command = json.loads(re.search(r"HEALTHCHECK.*?CMD (\[.*?\])\n", IMAGE, re.DOTALL)[1])
    ast.parse(command[-1])
    assert "127.0.0.1:8000/health/ready" in command[-1] and "EXPOSE 8000" in IMAGE
