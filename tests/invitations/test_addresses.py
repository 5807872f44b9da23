import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.invitations.addresses import read_addresses


@pytest.mark.parametrize(
    "pasted",
    [
        "a@x.org b@x.org",
        "a@x.org,b@x.org",
        "a@x.org;b@x.org;",
        "a@x.org،b@x.org؛",
        "a@x.org\r\n\r\n  b@x.org\n",
        "a@x.org\tb@x.org",
        "Amina Ben <a@x.org>, Bachir <B@X.org>",
        '"Ben, Amina" <a@x.org>; mailto:b@x.org',
        "\u200fa@x.org\u200e | <b@x.org>.",
        "(a@x.org) [b@x.org] a@x.org",
        "أمينة a@x.org\nبشير b@x.org",
        "a@x.org\x00,b@x.org",
    ],
)
def test_addresses_are_taken_however_they_are_pasted(pasted):
    read = read_addresses(pasted)
    assert (read.good, read.wrong) == (["a@x.org", "b@x.org"], [])


@pytest.mark.parametrize(
    ("pasted", "wrong"),
    [
        ("a@x.org, b@, c@y", ["b@", "c@y"]),
        ("Amina\na@x.org", ["Amina"]),
        ("@x.org", ["@x.org"]),
        ("évelyne@x.org", ["évelyne@x.org"]),
        ("a@@x.org", ["a@@x.org"]),
        ("0612345678", ["0612345678"]),
    ],
)
def test_what_is_no_address_is_given_back_as_it_was_written(pasted, wrong):
    assert read_addresses(pasted).wrong == wrong


@given(st.text(alphabet=st.sampled_from("ab@.,;<>\"' \n\x00\u200f،م-_"), max_size=60))
def test_whatever_is_pasted_what_comes_out_is_an_address(pasted):
    for address in read_addresses(pasted).good:
        assert address.count("@") == 1 and address.isascii() and address.isprintable() and " " not in address
