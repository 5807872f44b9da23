import importlib
from collections.abc import Iterator

import pytest

from app.accounts.forms import ChoicesForm
from app.notifications.families import FAMILIES, Family, Rhythm
from app.notifications.notice import Notice
from tests.conftest import ROOT


def notices() -> Iterator[type[Notice]]:
    for path in (ROOT / "app").glob("*/messages.py"):
        importlib.import_module(f"app.{path.parent.name}.messages")
    kinds = [Notice]
    while kinds:
        kind = kinds.pop()
        kinds += kind.__subclasses__()
        if kind.__module__.startswith("app.") and "kind" in vars(kind):
            yield kind


def test_every_notice_says_its_family():
    """`family = Family.…` beside its `kind`: people choose by family how often they are told."""
    silent = [
        f"{kind.__module__}.{kind.__name__}"
        for kind in notices()
        if not any("family" in vars(one) for one in kind.__mro__ if one is not Notice)
    ]
    assert silent == []


def test_no_two_notices_have_one_kind():
    kinds = [kind.kind for kind in notices() if kind is not Notice]
    assert len(kinds) == len(set(kinds))


def test_what_waits_for_somebody_is_told_at_once_unless_they_choose_otherwise():
    assert FAMILIES[Family.WAITING].default is Rhythm.AT_ONCE


def test_people_choose_among_all_families_but_those_that_nobody_can_stop():
    assert set(Family) - set(FAMILIES) == {Family.ACCOUNT, Family.DIGEST, Family.OUTSIDE}
    assert [name for name, field in ChoicesForm.model_fields.items() if field.annotation is Rhythm] == list(FAMILIES)


@pytest.mark.parametrize("family", FAMILIES)
def test_each_family_is_named_and_explained(family):
    assert FAMILIES[family].title and FAMILIES[family].what
