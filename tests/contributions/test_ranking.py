"""The order among those who could help: time, themes, fairness, and what was said to be wrong."""

from datetime import date, timedelta

import pytest

from app.contributions import facts, ranking, reasons, wrong
from app.contributions.facts import Invited
from app.contributions.models import Contribution, Origin, State
from app.kernel.database import now
from app.kernel.errors import Forbidden, NotFound
from app.matching.chips import ChipState
from app.matching.scoring import Exclusion, Timing
from app.projects.models import Mode, Need, NeedChip
from app.taxonomy.queries import themes
from tests.factories import ARBAA_SAHEL

SORTING = "Organiser le tri des déchets et former une équipe à la collecte."
ABLE = "J’organise le tri des déchets."


@pytest.fixture
def order(session):
    def found(need):
        return [one.id for one in ranking.rank_people(session, need)]

    return found


@pytest.fixture
def fits(session):
    def found(need):
        return {one.id: one.fit for one in ranking.rank_people(session, need)}

    return found


class TestTime:
    def test_who_is_free_in_time_comes_first_and_who_comes_too_late_is_set_aside(self, asked, known, order, fits):
        need = asked(SORTING, starts_on=date(2027, 3, 1), ends_on=date(2027, 5, 31))
        late, silent = known(ABLE, available_from=date(2027, 4, 1)), known(ABLE)
        free, over = known(ABLE, available_from=date(2027, 1, 1)), known(ABLE, available_from=date(2027, 9, 1))
        found = fits(need)
        assert found[over.id].excluded is Exclusion.FREE_TOO_LATE
        assert [one for one in order(need) if one != over.id] == [free.id, silent.id, late.id]

    def test_the_months_in_which_somebody_comes_do_not_bind_their_evenings_at_a_distance(self, asked, known, fits):
        period = {"starts_on": date(2027, 3, 1), "ends_on": date(2027, 5, 31)}
        august = known(ABLE, availability="En août, au village")
        assert fits(asked(SORTING, mode=Mode.ON_SITE, **period))[august.id].timing is Timing.OTHER_MONTHS
        assert fits(asked(SORTING, mode=Mode.EITHER, **period))[august.id].timing is Timing.UNKNOWN


def test_a_theme_of_interest_is_worth_a_little(session, asked, known, order, fits):
    need = asked(SORTING)
    need.project.theme_code = themes(session)[0].code
    plain, likes = known(ABLE), known(ABLE, themes=[need.project.theme_code])
    assert order(need) == [likes.id, plain.id]
    assert fits(need)[likes.id].likes_theme
    assert {"kind": "theme"} in reasons.find(need, likes, reasons.wrong_of(session, [need.id], [likes.id]))


class TestFairness:
    def invite(self, make, case, profile, state=State.APPROVED, **given):
        left = None if state is State.PROPOSED else case.moderator.id
        row = {"need_id": make(Need).id, "origin": Origin.INVITATION, "approved_by_id": left, **given}
        return make(Contribution, profile_id=profile.id, state=state, **row)

    def test_whoever_was_asked_elsewhere_lets_an_equal_pass(self, make, case, asked, known, order):
        need, asked_already, fresh = asked(SORTING), known(ABLE), known(ABLE)
        assert order(need) == [asked_already.id, fresh.id]
        self.invite(make, case, asked_already, State.DECLINED)
        assert order(need) == [fresh.id, asked_already.id]

    def test_and_several_unanswered_ones_outweigh_being_a_neighbour(self, make, case, asked, known, order):
        need, neighbour, far = asked(SORTING), known(ABLE, places=[ARBAA_SAHEL]), known(ABLE)
        self.invite(make, case, neighbour, State.DECLINED)
        assert order(need) == [neighbour.id, far.id]
        for _number in range(2):
            self.invite(make, case, neighbour)
        assert order(need) == [far.id, neighbour.id]

    def test_what_is_counted(self, session, make, case, asked, known):
        need, profile = asked(SORTING), known(ABLE)
        long_ago = now() - timedelta(days=45)
        self.invite(make, case, profile)
        self.invite(make, case, profile, State.PROPOSED)
        self.invite(make, case, profile, created_at=long_ago)
        self.invite(make, case, profile, State.DECLINED, created_at=long_ago)
        self.invite(make, case, profile, State.REFUSED, approved_by_id=None)  # never left
        self.invite(make, case, profile, origin=Origin.OFFER)  # they came by themselves
        self.invite(make, case, profile, need_id=need.id)  # shown as such
        assert facts.invited(session, [profile.id], need.id) == {profile.id: Invited(this_month=2, unanswered=3)}


class TestSaidWrong:
    def covered(self, session, need, profile):
        found = reasons.find(need, profile, reasons.wrong_of(session, [need.id], [profile.id]))
        return [reason for reason in found if reason["kind"] == "covered"]

    def test_a_wrong_match_is_proposed_no_more_until_it_is_taken_back(self, session, case, asked, known, order):
        need, other, profile = asked(SORTING), asked(SORTING), known(ABLE)
        said = wrong.match_is_wrong(session, case.moderator, need, profile)
        assert (order(need), order(other)) == ([], [profile.id])
        wrong.take_back(session, case.moderator, said)
        session.flush()
        assert order(need) == [profile.id]

    def test_a_wrong_reason_lowers_the_person_for_this_need_alone(self, session, case, asked, known, order, fits):
        need, other = asked(SORTING), asked(SORTING)
        profile = known("Je trie des papiers et des déchets de chantier, je forme une équipe.")
        before = fits(need)[profile.id].competence
        reason = self.covered(session, need, profile)[0]
        wrong.reason_is_wrong(session, case.moderator, need, profile, reasons.key(reason))
        assert reason["words"] not in [one["words"] for one in self.covered(session, need, profile)]
        assert fits(need)[profile.id].competence < before == fits(other)[profile.id].competence

    def test_the_concept_leaves_the_words_of_the_person_at_once_unless_they_confirmed_it(
        self, session, make, case, asked, known
    ):
        need, profile = asked("Gestion des déchets"), known("Gestion des déchets")
        [reason] = self.covered(session, need, profile)
        assert [chip.concept_id for chip in profile.chips] == [reason["concept"]]
        said = wrong.reason_is_wrong(session, case.moderator, need, profile, reasons.key(reason))
        assert profile.chips == []
        wrong.take_back(session, case.moderator, said)
        assert [chip.concept_id for chip in profile.chips] == [reason["concept"]]
        profile.chips[0].state = ChipState.KEPT
        [reason] = self.covered(session, need, profile)
        wrong.reason_is_wrong(session, case.moderator, need, profile, reasons.key(reason))
        assert [chip.state for chip in profile.chips] == [ChipState.KEPT]

    def test_what_two_people_found_wrong_is_no_reason_for_anybody(self, session, make, case, asked, known):
        third = asked("Gestion des déchets")
        for moderator in (case.moderator, case.abroad):
            need, profile = asked("Gestion des déchets"), known("Gestion des déchets")
            need.chips = [
                NeedChip(need_id=need.id, concept_id=third.chips[0].concept_id, mention="Gestion des déchets")
            ]
            session.flush()
            [reason] = self.covered(session, need, profile)
            wrong.reason_is_wrong(session, moderator, need, profile, reasons.key(reason))
        profile = known("Gestion des déchets")
        assert profile.chips == []
        assert self.covered(session, third, profile) == []

    def test_only_whoever_looks_after_one_of_the_two(self, session, make, case, asked, known):
        need, profile = asked(SORTING), known(ABLE, country="CA")
        for stranger in (make.moderator("01"), case.author):
            with pytest.raises(Forbidden):
                wrong.match_is_wrong(session, stranger, need, profile)

    def test_only_what_is_a_reason(self, session, case, asked, known):
        need, profile = asked(SORTING), known(ABLE)
        for key in ("", "0" * 16):
            with pytest.raises(wrong.NoLongerGiven):
                wrong.reason_is_wrong(session, case.moderator, need, profile, key)

    def test_taken_back_by_whoever_said_it_or_an_administrator(self, session, make, case, asked, known):
        said = wrong.match_is_wrong(session, case.moderator, asked(SORTING), known(ABLE))
        with pytest.raises(NotFound):
            wrong.take_back(session, case.abroad, said)
        wrong.take_back(session, make.administrator(), said)
        assert said.taken_back_at is not None


def test_queries_do_not_grow_with_what_was_said(session, case, asked, known, query_count):
    need = asked(SORTING)

    def counted():
        session.expire_all()
        before = query_count()
        ranking.rank_people(session, need)
        return query_count() - before

    def add():
        profile = known("Collecte de contes au village. Tri des déchets.")
        found = reasons.find(need, profile, reasons.wrong_of(session, [need.id], [profile.id]))
        key = next(reasons.key(reason) for reason in found if reason["kind"] == "covered")
        wrong.reason_is_wrong(session, case.moderator, need, profile, key)

    add()
    few = counted()
    for _number in range(5):
        add()
    assert counted() <= few
