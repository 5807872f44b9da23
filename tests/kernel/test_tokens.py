from datetime import timedelta

import pytest
from jose import jwt

from app.kernel import tokens
from app.kernel.database import now

SECRET = "a secret of at least thirty-two characters"


def test_what_was_signed_is_read():
    token = tokens.sign({"sid": "1"}, SECRET, now() + timedelta(minutes=1))
    assert tokens.read(token, SECRET)["sid"] == "1"


def test_an_expired_token_is_nobody():
    assert tokens.read(tokens.sign({"sid": "1"}, SECRET, now() - timedelta(seconds=1)), SECRET) is None


def test_a_token_without_an_end_is_nobody():
    assert tokens.read(jwt.encode({"sid": "1"}, SECRET, algorithm="HS256"), SECRET) is None


@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
def test_another_algorithm_is_refused_even_with_the_right_secret(algorithm):
    claims = {"sid": "1", "exp": now() + timedelta(minutes=1)}
    assert tokens.read(jwt.encode(claims, SECRET, algorithm=algorithm), SECRET) is None


def test_no_algorithm_is_refused():
    unsigned = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzaWQiOiIxIiwiZXhwIjo0MTAyNDQ0ODAwfQ."
    assert tokens.read(unsigned, SECRET) is None


@pytest.mark.parametrize("token", ["", "a.b.c", "é", "\x00", "a" * 10_000])
def test_nonsense_is_refused(token):
    assert tokens.read(token, SECRET) is None


def test_another_secret_is_refused():
    token = tokens.sign({"sid": "1"}, SECRET, now() + timedelta(minutes=1))
    assert tokens.read(token, SECRET + "!") is None
