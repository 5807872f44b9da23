"""A new table cannot be forgotten: every column that leads to a person has a decision."""

from sqlmodel import SQLModel

import app.models  # noqa: F401  every table
from app.personal_data.holdings import LEFT_OUT, LINKS, NOT_PERSONAL
from app.personal_data.reading import given_columns
from app.personal_data.wording import FIELDS, SECTIONS

TABLES = SQLModel.metadata.tables
GIVEN = {key.split(".")[0] for key, link in LINKS.items() if link.given}


def leading_columns() -> set[str]:
    """Those that lead to an account, or to something that is given to its person."""
    found = {
        f"{table.name}.{column.name}"
        for table in TABLES.values()
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name == "user" or key.column.table.name in GIVEN
    }
    return found | {"user.id"}


def test_every_column_that_leads_to_a_person_has_a_decision():
    missing = leading_columns() - set(LINKS)
    assert not missing, f"say in app/personal_data/holdings.py what becomes of {sorted(missing)}"


def test_no_decision_is_about_a_column_that_is_gone():
    assert set(LINKS) - leading_columns() == set()
    assert {key for key in LEFT_OUT if key.split(".")[1] not in TABLES[key.split(".")[0]].columns} == set()


def test_every_table_is_somebodys_or_says_why_it_is_nobodys():
    linked = {key.split(".")[0] for key in LINKS}
    undecided = set(TABLES) - linked - set(NOT_PERSONAL)
    assert not undecided, f"nobody’s? say so, and why, in NOT_PERSONAL: {sorted(undecided)}"
    assert not linked & set(NOT_PERSONAL)
    assert set(NOT_PERSONAL) <= set(TABLES)


def test_what_is_not_given_says_why():
    assert [key for key, link in LINKS.items() if not link.given and not link.why] == []
    assert all(LEFT_OUT.values())


def test_every_table_of_which_something_is_given_has_a_title():
    assert set(SECTIONS) == GIVEN


def test_every_field_that_people_filled_has_words():
    """Numbers of rows, links to people and settings of the machine are in the file only."""
    machine = {"data", "entry_id", "from_state", "to_state", "subject_id", "of_version", "position", "media_type"}
    machine |= {"width", "height", "not_before", "reasons", "closeness", "competence", "timing", "excluded", "id"}
    machine |= {"before", "digest_day", "digest_weekday", "relay_code", "on_the_way", "promised", "received"}
    machine |= {"read_to", "told_of", "meets_zone", "section", "taken_version"}
    machine |= {"side", "asked_of", "proposed_by", "standard"}
    without = {
        f"{name}.{column.name}"
        for name in GIVEN
        for column in given_columns(name)
        if column.name not in {*FIELDS, *machine} and not column.foreign_keys
    }
    assert not without, f"give these fields words in app/personal_data/wording.py: {sorted(without)}"


def test_no_field_has_words_for_nothing():
    names = {column.name for name in GIVEN for column in given_columns(name)}
    assert set(FIELDS) - names == set()
