from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.kernel.days import today
from app.kernel.errors import Forbidden, Invalid
from app.kernel.i18n import label
from app.matching.chips import ChipState
from app.matching.models import MatchDocument
from app.projects import actions, fiche, needs, sections
from app.projects.models import Moderation, Need, NeedState, Stage
from app.projects.need_form import NeedForm
from app.projects.needs import NeedMoved, StaleNeed, TooManyNeeds

SORTING = {
    "kind": "training",
    "text": "Former les habitants à la gestion des déchets.",
    "mode": "onsite",
    "duration": "one_off",
}


def form(**changes):
    return NeedForm.model_validate({**SORTING, **changes})


@pytest.fixture
def need(session, project, author, stands):
    return needs.add(session, stands(author), project, form())


@pytest.fixture
def known(session):
    """What matching keeps of a need; nothing once it is forgotten."""

    def known(need):
        row = session.exec(
            select(MatchDocument)
            .where(MatchDocument.kind == "need", MatchDocument.subject_id == need.id)
            .execution_options(populate_existing=True)
        ).one_or_none()
        return row.packed if row else b""

    return known


def shown(need):
    return [label(chip.concept) for chip in need.chips if chip.state is not ChipState.REMOVED]


def test_a_need_is_understood_when_it_is_written(need, known):
    assert "gestion des déchets" in shown(need)
    assert known(need)


def test_a_need_in_arabic_is_understood_too(session, project, author, stands):
    need = needs.add(session, stands(author), project, form(text="نحتاج إلى تكوين في تدبير النفايات"))
    assert need.language == "ar"
    assert "gestion des déchets" in shown(need)


def test_an_idea_is_open_once_something_is_looked_for(session, project, need, author):
    assert project.stage is Stage.OPEN
    needs.close(session, author, need)
    assert project.stage is Stage.IDEA
    needs.reopen(session, author, need)
    assert project.stage is Stage.OPEN


def test_a_project_that_waits_is_open_once_it_is_published(session, project, author, stands, make):
    project.moderation, project.published_at = Moderation.WAITING, None
    needs.add(session, stands(author), project, form())
    assert project.stage is Stage.IDEA
    actions.move(session, stands(make.moderator("09")), project, "publish")
    assert project.stage is Stage.OPEN


def test_only_editors_write_needs(session, project, need, stands, make):
    reader = make(User)
    for refused in (
        lambda: needs.add(session, stands(reader), project, form()),
        lambda: needs.edit(session, stands(reader), need, form(version=1, text="Autre chose")),
        lambda: needs.correct_chips(session, stands(reader), need, []),
        lambda: needs.close(session, reader, need),
        lambda: needs.reopen(session, reader, need),
    ):
        with pytest.raises(Forbidden):
            refused()


def test_a_removed_keyword_never_comes_back(session, need, author, stands):
    kept = [chip.concept_id for chip in need.chips if label(chip.concept) != "gestion des déchets"]
    needs.correct_chips(session, stands(author), need, kept)
    assert "gestion des déchets" not in shown(need)
    needs.edit(session, stands(author), need, form(version=1, text="La gestion des déchets, encore, et le compostage."))
    assert "gestion des déchets" not in shown(need)


def test_proposals_follow_the_text_and_what_was_kept_stays(session, need, author, stands):
    before = shown(need)
    assert before
    needs.edit(session, stands(author), need, form(version=1, text="Planter des oliviers et les tailler."))
    assert "gestion des déchets" not in shown(need)
    needs.edit(session, stands(author), need, form(version=2))
    needs.correct_chips(session, stands(author), need, [chip.concept_id for chip in need.chips])
    needs.edit(session, stands(author), need, form(version=3, text="Planter des oliviers et les tailler."))
    assert "gestion des déchets" in shown(need)


def test_an_unknown_keyword_is_refused(session, need, author, stands):
    with pytest.raises(Invalid):
        needs.correct_chips(session, stands(author), need, ["00000000-0000-0000-0000-000000000000"])


def test_keywords_that_were_confirmed_count_for_matching(session, need, author, stands, known):
    before = known(need)
    needs.correct_chips(session, stands(author), need, [chip.concept_id for chip in need.chips])
    assert known(need) != before


def test_the_title_of_the_project_counts_for_matching(session, project, need, author, stands, known):
    before = known(need)
    content = {"title": "Réparer la piste du col", "summary": project.summary, "commune_code": project.commune_code}
    fiche.save(session, stands(author), project, sections.IDEA, content, "fr", 0)
    assert known(need) != before


def test_two_editors_never_overwrite_each_other_silently(session, need, author, co_author, stands):
    needs.edit(session, stands(author), need, form(version=1, people_wanted=3))
    with pytest.raises(StaleNeed):
        needs.edit(session, stands(co_author), need, form(version=1, people_wanted=5))
    assert (need.people_wanted, need.version) == (3, 2)


def test_a_new_need_is_not_in_the_past(session, project, author, stands):
    yesterday = today() - timedelta(days=1)
    for name in ("starts_on", "ends_on"):
        with pytest.raises(Invalid) as refused:
            needs.add(session, stands(author), project, form(**{name: yesterday.isoformat()}))
        assert refused.value.field == name


def test_a_date_that_has_passed_meanwhile_may_stay(session, need, author, stands):
    need.starts_on = today() - timedelta(days=9)
    session.flush()
    needs.edit(session, stands(author), need, form(version=1, starts_on=need.starts_on.isoformat(), people_wanted=2))
    with pytest.raises(Invalid):
        needs.edit(session, stands(author), need, form(version=2, starts_on=(today() - timedelta(days=8)).isoformat()))


def test_a_need_that_is_over_is_not_looked_for(session, need, author, known):
    needs.mark_filled(session, author, need)
    assert need.state is NeedState.FILLED and not known(need)
    needs.mark_open(session, author, need)
    assert need.state is NeedState.OPEN and known(need)
    needs.close(session, author, need)
    assert need.state is NeedState.CLOSED and not known(need)
    with pytest.raises(NeedMoved):
        needs.close(session, author, need)


def test_a_need_that_is_said_otherwise_once_closed_stays_out_of_matching(session, need, author, stands, known):
    needs.close(session, author, need)
    needs.edit(session, stands(author), need, form(version=1, text="Planter des oliviers"))
    needs.correct_chips(session, stands(author), need, [])
    assert not known(need)


def test_open_needs_have_a_limit(session, project, author, stands, make):
    for _ in range(needs.MOST_OPEN):
        make(Need, project_id=project.id)
    with pytest.raises(TooManyNeeds):
        needs.add(session, stands(author), project, form())
