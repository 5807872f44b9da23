"""Where the demonstration may be loaded, and what beginning anew leaves alone."""

from datetime import timedelta

import pytest
from sqlmodel import func, select

from app.accounts.models import User
from app.demonstration import loading
from app.kernel.database import at, now
from app.kernel.loaded import note_loaded
from app.matching.models import MatchDocument
from app.projects.models import Need, Project
from app.territories.models import Commune


def test_a_database_that_serves_people_is_left_alone(session, make):
    make(User, name="Quelqu’un")
    with pytest.raises(loading.NotOurs):
        next(loading.load(session))
    with pytest.raises(loading.NotOurs):
        loading.check(session, again=True)


def test_it_is_not_told_twice(session):
    note_loaded(session, loading.NAME, "")
    with pytest.raises(loading.AlreadyLoaded):
        next(loading.load(session))
    loading.check(session, again=True)


def test_beginning_anew_wipes_what_people_wrote_and_keeps_the_reference_data(session, make):
    communes = session.exec(select(func.count()).select_from(Commune)).one()
    make(Need, project_id=make(Project).id)
    note_loaded(session, loading.NAME, "")
    session.flush()
    loading.wipe(session)
    assert loading.is_empty(session)
    assert not loading.is_loaded(session)
    assert session.exec(select(Project)).first() is None
    assert session.exec(select(MatchDocument).where(MatchDocument.packed != b"")).first() is None
    assert session.exec(select(func.count()).select_from(Commune)).one() == communes


def test_accounts_opened_since_are_counted(session, make):
    with at(now() - timedelta(days=1)):
        make(User)
        assert loading.visitors(session) == 0
        note_loaded(session, loading.NAME, "")
    make(User)
    assert loading.visitors(session) == 1
