from datetime import UTC, datetime
from uuid import uuid4

import pytest

from app.kernel.once import first_time, led_to
from app.kernel.pagination import cut, decode, encode


def test_the_second_sending_of_a_form_leads_where_the_first_led(session):
    key = str(uuid4())
    assert first_time(session, key) is None
    led_to(session, key, "/fr/projects/1")
    assert first_time(session, key) == "/fr/projects/1"


@pytest.mark.parametrize("key", [None, "", "not a key", "\x00"])
def test_a_form_without_a_key_is_simply_taken(session, key):
    assert first_time(session, key) is None


def test_a_cursor_comes_back_as_it_went():
    values = (datetime(2026, 11, 21, 12, 30, 0, 5, tzinfo=UTC), 42, "é")
    assert decode(encode(values)) == values


@pytest.mark.parametrize("cursor", [None, "", "zzz", "é", "!" * 300, "bnVsbA"])
def test_a_cursor_that_nobody_made_is_the_first_page(cursor):
    assert decode(cursor) is None


def test_the_last_page_has_no_next():
    assert cut([1, 2], 2, lambda n: (n,)).next is None
    page = cut([1, 2, 3], 2, lambda n: (n,))
    assert (list(page.rows), decode(page.next)) == ([1, 2], (2,))
