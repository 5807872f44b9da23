from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.matching.chips import ChipState
from app.projects.fields import today
from app.projects.models import CoAuthor, Moderation, Need, NeedChip, NeedState, Project, Stage
from app.kernel.database import now

SORTING = {
    "kind": "training",
    "text": "Former les habitants à la gestion des déchets et au compostage.",
    "people_wanted": "2",
    "mode": "onsite",
    "duration": "one_off",
}


@pytest.fixture
def project(make):
    author = make(User, name="Fatima")
    return make(Project, author_id=author.id, moderation=Moderation.PUBLISHED, published_at=now())


def test_an_editor_adds_a_need_and_its_keywords_are_shown(browser, project, session, locale):
    page = browser.login(project.author).get(f"/{locale}/projects/{project.id}/needs/new")
    page = browser.submit(page, "needs/new", **SORTING)
    need = session.exec(select(Need)).one()
    assert need.people_wanted == 2 and need.state is NeedState.OPEN and need.language == "fr"
    ticked = [str(box["value"]) for box in page.select("[data-picked] input[checked]")]
    assert ticked and {chip.concept_id for chip in need.chips} == set(ticked)
    page = browser.submit(page, "/chips")
    assert SORTING["text"] in page.select_one(f"#need-{need.id} .prose").text
    assert len(page.select(f"#need-{need.id} .chip")) == len(ticked)
    session.refresh(project)
    assert project.stage is Stage.OPEN
