"""The few facts about the code that reviewers would otherwise repeat."""

import ast
import re
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine

from app.kernel import catalogues
from app.kernel.migrating import alembic_config
from tests.conftest import ROOT

APP = ROOT / "app"
TEMPLATES = ROOT / "frontend" / "templates"

KERNEL = {"kernel"}
REFERENCE = KERNEL | {"territories", "taxonomy"}
TOLD = KERNEL | {"journal", "notifications", "files", "deadlines"}
PEOPLE = REFERENCE | TOLD | {"accounts", "organisations"}
SUBJECTS = PEOPLE | {"matching", "threads"}
ENCOUNTERS = SUBJECTS | {"profiles", "projects", "contributions"}
ALL = ENCOUNTERS | {"news", "assistance", "missions", "deliveries", "relays"}

MAY_IMPORT = {
    "kernel": set(),
    "territories": KERNEL,
    "taxonomy": KERNEL,
    "matching": KERNEL | {"taxonomy"},
    "journal": KERNEL,
    "notifications": KERNEL | {"journal"},
    "files": KERNEL,
    "deadlines": KERNEL | {"journal"},
    "accounts": KERNEL | TOLD | {"territories"},
    "organisations": KERNEL | TOLD | {"territories", "accounts"},
    "profiles": SUBJECTS,
    "projects": SUBJECTS,
    "news": PEOPLE | {"threads"},  # the conversation stands on the page of its subject
    "assistance": PEOPLE,
    "threads": PEOPLE,
    "contributions": SUBJECTS | {"profiles", "projects"},
    "missions": ENCOUNTERS,
    "deliveries": ENCOUNTERS,
    "relays": ENCOUNTERS,
    "invitations": PEOPLE,  # people without account are asked by organisations; nothing else knows of them
    "moderation": ALL | {"reminders"},
    "conversations": ALL,
    "reminders": ALL,
    "sharing": ALL,
    "personal_data": ALL | {"conversations", "reminders"},
    "home": ALL | {"moderation", "reminders", "sharing"},
}
"""Which domain may import which; the modules at the root of `app/` and the demonstration put everything together."""

ASSEMBLY = {"demonstration", "simulation"}


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("app"):
            parts = node.module.split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("app.")}
    return found


@pytest.mark.parametrize("domain", sorted(path.name for path in APP.iterdir() if (path / "__init__.py").exists()))
def test_imports_flow_one_way(domain):
    if domain in ASSEMBLY:
        return
    for path in (APP / domain).rglob("*.py"):
        forbidden = imports_of(path) - MAY_IMPORT[domain] - {domain}
        assert not forbidden, f"{path.relative_to(ROOT)} may not import {sorted(forbidden)}"


def test_arabic_is_complete():
    assert catalogues.untranslated("ar") == []


def test_arabic_keeps_the_values_of_each_sentence():
    """A `%(name)s` that is lost or misspelt in a translation is a page that breaks in one language only."""
    for message in catalogues.load("ar"):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = set(re.findall(r"%\((\w+)\)", ids[-1]))
        for form, text in enumerate(message.string if isinstance(message.string, tuple) else (message.string,)):
            found = set(re.findall(r"%\((\w+)\)", text))
            # Arabic says zero, one and two in words: there the number itself may go.
            numbers_may_go = isinstance(message.id, tuple) and form < 3
            assert found == wanted or (numbers_may_go and found < wanted | {""}), (ids[0], text)


def test_every_template_is_used():
    sources = "".join(p.read_text("utf-8") for p in [*APP.rglob("*.py"), *TEMPLATES.rglob("*.html")])
    unused = [
        name
        for path in TEMPLATES.rglob("*.html")
        if (name := path.relative_to(TEMPLATES).as_posix()) not in sources
        and not re.fullmatch(r"errors/\d+\.html", name)
    ]
    assert unused == []


def test_styles_know_no_left_and_no_right():
    physical = re.compile(
        r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)|left|right|text-align:\s*(?:left|right)"
        r"|float:\s*(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius)\s*[:;]"
    )
    for path in (ROOT / "frontend" / "css").rglob("*.css"):
        found = physical.search(path.read_text("utf-8"))
        assert not found, f"{path.name}: {found[0] if found else ''}: use the logical property, or Arabic is wrong"


def test_tables_and_migrations_agree(engine: Engine):
    with engine.connect() as connection:
        config = alembic_config()
        config.attributes["connection"] = connection
        command.check(config)


def test_nothing_of_ours_is_endless():
    """A module of more than 400 lines wants to be two."""
    long = {
        str(path.relative_to(ROOT)): lines
        for path in APP.rglob("*.py")
        if (lines := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert long == {}
