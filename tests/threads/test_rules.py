from types import SimpleNamespace

import pytest

from app.journal.models import Subject
from app.kernel.database import now
from app.threads import rules
from app.threads.models import Post, Voice
from app.threads.rules import Seat, Verb

ANNA, KARIM, MODERATOR = (SimpleNamespace(id=number) for number in (1, 2, 3))


def post(hidden_by=None, question=False):
    return Post(
        author_id=ANNA.id,
        voice=Voice.READER,
        hidden_by_id=hidden_by,
        hidden_at=hidden_by and now(),
        wants_answer=question,
    )


def seat(user, voice=Voice.READER, moderates=False, is_open=True):
    return Seat(user, voice, is_open=is_open, moderates=moderates)


V = Verb


@pytest.mark.parametrize(
    ("who", "what", "verbs"),
    [
        (seat(None), post(), []),
        (seat(ANNA), post(), [V.EDIT, V.WITHDRAW]),
        (seat(ANNA, is_open=False), post(), [V.WITHDRAW]),
        (seat(ANNA), post(hidden_by=ANNA.id), [V.RESTORE]),
        (seat(ANNA), post(hidden_by=MODERATOR.id), []),
        (seat(ANNA), post(question=True), [V.EDIT, V.WITHDRAW, V.CLOSE]),
        (seat(ANNA, moderates=True), post(), [V.EDIT, V.WITHDRAW]),
        (seat(ANNA, moderates=True), post(hidden_by=MODERATOR.id), []),
        (seat(KARIM), post(), [V.REPORT]),
        (seat(KARIM), post(question=True), [V.REPORT]),
        (seat(KARIM), post(hidden_by=ANNA.id), []),
        (seat(KARIM, Voice.TEAM), post(question=True), [V.REPORT, V.CLOSE]),
        (seat(MODERATOR, Voice.MODERATOR, moderates=True), post(), [V.REPORT, V.HIDE]),
        (seat(MODERATOR, Voice.MODERATOR, moderates=True), post(question=True), [V.REPORT, V.HIDE, V.CLOSE]),
        (seat(MODERATOR, Voice.MODERATOR, moderates=True), post(hidden_by=MODERATOR.id), [V.RESTORE]),
        (seat(MODERATOR, Voice.MODERATOR, moderates=True), post(hidden_by=ANNA.id), []),
    ],
)
def test_each_may_do_with_a_post_what_the_table_says(who, what, verbs):
    assert rules.open_verbs(who, what) == verbs


def test_only_somebody_from_outside_asks_the_team():
    asking = [
        (kind, voice)
        for kind in (Subject.PROJECT, Subject.NEED, Subject.CONTRIBUTION, Subject.NEWS)
        for voice in Voice
        if rules.asks(seat(ANNA, voice), kind)
    ]
    assert asking == [(Subject.PROJECT, Voice.READER), (Subject.NEED, Voice.READER)]


def test_nobody_writes_without_an_account_nor_in_a_closed_thread():
    assert not seat(None).may_write
    assert not seat(ANNA, is_open=False).may_write
    assert seat(ANNA).may_write
