"""What was open before there were steps has one."""

import importlib.util
from datetime import timedelta

from sqlalchemy import delete, text
from sqlmodel import select

from app.assistance.models import AssistanceKind, AssistanceRequest
from app.contributions import rules as contributions
from app.contributions.models import Contribution, Origin, State
from app.deadlines.models import OpenStep
from app.journal.models import Subject
from app.kernel.database import now
from app.kernel.days import today
from app.news.models import NewsItem
from app.organisations.models import Membership, MembershipState, Organisation
from app.projects import rules as projects
from app.projects.models import Moderation, Project
from tests.conftest import ROOT


def test_everything_open_is_found_with_its_step_and_only_that(session, make, monkeypatch):
    long_ago = now() - timedelta(days=200)
    offers = [make(Contribution, state=state, origin=one, state_since=long_ago) for state in State for one in Origin]
    fiches = [make(Project, moderation=state, moderation_since=long_ago) for state in Moderation]
    make(Membership, organisation_id=make(Organisation).id, state=MembershipState.WAITING)
    make(NewsItem)
    make(AssistanceRequest, kind=AssistanceKind.CALL, phone="+212500000077")
    wanted = {(row.subject_kind, row.subject_id): row.step for row in session.exec(select(OpenStep))}
    session.execute(delete(OpenStep))
    session.expire_all()

    (path,) = (ROOT / "migrations" / "versions").glob("*_the_clock.py")
    spec = importlib.util.spec_from_file_location("the_clock", path)
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    monkeypatch.setattr(migration.op, "execute", lambda sql: session.execute(text(sql)), raising=False)
    migration.what_is_open()

    rows = {(row.subject_kind, row.subject_id): row for row in session.exec(select(OpenStep))}
    assert {key: row.step for key, row in rows.items()} == wanted
    for one in offers:
        row = rows.get((Subject.CONTRIBUTION, one.id))
        assert (row and row.step) == contributions.step_of(one)
        if one.state is State.APPROVED:
            assert row.due_on < today(), "a day that was told stays"
        if one.state is State.ACCEPTED:
            assert row.due_on > today(), "nobody is late on the first day"
    assert {projects.STEPS.get(one.moderation) for one in fiches} >= {row.step for row in rows.values()} & set(
        projects.STEPS.values()
    )
