"""The best are found in advance: what is kept is what would be found anew, whoever saves, works or is killed meanwhile.

All of it is committed, on several connections, as in an installation.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from threading import Thread

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import keeping, kept, queries, ranking, sides, suggestions
from app.contributions.models import ListKind, Match, MatchList
from app.contributions.restoring import settle
from app.kernel.database import at
from app.matching import objections
from app.matching.scoring import Timing
from app.profiles import chips as profile_chips
from app.profiles.models import Profile, Visibility
from app.projects import actions as projects
from app.projects import chips as need_chips
from app.projects import fiche
from app.projects.models import Mode, Moderation, Need, NeedState, Project
from app.projects.rules import Standing
from app.projects.sections import BY_NAME
from app.worker import keep_matches
from tests.factories import Factory
from tests.reference import sweep

SORTING = "Organiser le tri des déchets et former une équipe à la collecte."
ABLE = [
    "J’organise la collecte et le tri des déchets.",
    "تدبير النفايات وتنظيم الفرز في الأحياء",
    "Tri des déchets, compostage, vingt ans d’expérience.",
    "Je répare des vélos et des motos.",
]


@dataclass
class Place:
    """A commune’s needs and the people around them, each in a transaction of its own."""

    engine: Engine

    def person(self, abilities: str, **given) -> int:
        with Session(self.engine) as session:
            profile = Factory(session)(Profile, abilities=abilities, **given)
            profile_chips.read_again(session, profile)
            profile_chips.remember(session, profile)
            session.commit()
            return profile.id

    def need(self, words: str, **given) -> int:
        with Session(self.engine) as session:
            make = Factory(session)
            need = make(Need, project_id=make(Project).id, text=words, language="fr", **given)
            need_chips.read_again(session, need)
            need_chips.remember(session, need)
            session.commit()
            return need.id

    def says(self, profile_id: int, abilities: str, **given) -> None:
        with Session(self.engine) as session:
            profile = session.get_one(Profile, profile_id)
            profile.sqlmodel_update({"abilities": abilities, **given})
            profile_chips.read_again(session, profile)
            profile_chips.remember(session, profile)
            session.commit()

    def work(self) -> None:
        keep_matches(self.engine, {})

    def people(self, need_id: int) -> list[int]:
        with Session(self.engine) as session:
            return [one.id for one in kept.people(session, one_need(session, need_id), 3) if one.fit.excluded is None]

    def anew(self, need_id: int) -> list[int]:
        with Session(self.engine) as session:
            found = ranking.best_people(session, one_need(session, need_id), 3)
            return [one.id for one in found if one.fit.excluded is None]

    def needs(self, profile_id: int) -> list[int]:
        with Session(self.engine) as session:
            profile = session.get_one(Profile, profile_id)
            user = session.get_one(User, profile.owner_id)
            found = suggestions.needs_for(session, profile, sides.ties(session, user))
            session.commit()
            return [one.need.id for one in found]

    def is_kept(self, kind: ListKind, subject_id: int) -> bool:
        with Session(self.engine) as session:
            known = (
                kept.kept_people(session, one_need(session, subject_id))
                if kind is ListKind.NEED
                else kept.kept_needs(session, subject_id)
            )
            return known is not None and not known.changed


def one_need(session: Session, need_id: int) -> Need:
    statement = select(Need).join(Project, col(Project.id) == Need.project_id).where(Need.id == need_id)
    return session.exec(queries.with_project(statement)).one()


@pytest.fixture
def place(engine: Engine) -> Iterator[Place]:
    yield Place(engine)
    sweep(engine)


@pytest.fixture
def four(place: Place) -> list[int]:
    return [place.person(words, language="ar" if words == ABLE[1] else "fr") for words in ABLE]


def test_what_is_kept_is_what_would_be_found_anew(place, four):
    need = place.need(SORTING)
    found = place.people(need)
    assert found == place.anew(need) and set(found) == set(four[:3])
    assert not place.is_kept(ListKind.NEED, need)
    place.work()
    assert place.is_kept(ListKind.NEED, need)
    assert place.people(need) == place.anew(need) == found


def test_the_reasons_are_kept_and_shown(place, four):
    need = place.need(SORTING)
    place.work()
    with Session(place.engine) as session:
        rows = {one.profile_id: one.reasons for one in session.exec(select(Match))}
        assert set(rows) == set(four[:3]) and all(rows.values())
        one = one_need(session, need)
        shown = suggestions.people_for(session, one, sides.ties(session, session.get_one(User, one.project.author_id)))
    assert {person.card.id for person in shown.suggested} <= set(four[:3])
    assert all(person.why.hits for person in shown.suggested)


class TestWhatChanged:
    def test_somebody_who_has_just_saved_is_there_before_the_worker_looks(self, place, four):
        need = place.need(SORTING)
        place.work()
        place.says(four[3], SORTING)
        late = place.person("Collecte et tri des déchets : je forme les équipes.")
        assert place.people(need) == place.anew(need)
        assert {four[3], late} <= set(place.people(need))
        place.work()
        assert place.is_kept(ListKind.NEED, need)
        assert place.people(need) == place.anew(need)

    def test_somebody_who_can_no_more_is_gone(self, place, four):
        need = place.need(SORTING)
        place.work()
        place.says(four[0], "Je chante.")
        assert four[0] not in place.people(need)
        place.work()
        assert four[0] not in place.people(need)

    def test_the_words_of_a_need(self, place, four):
        need = place.need(SORTING)
        place.work()
        with Session(place.engine) as session:
            one = one_need(session, need)
            one.text = "Réparer des vélos."
            need_chips.read_again(session, one)
            need_chips.remember(session, one)
            session.commit()
        assert place.people(need)[0] == four[3]
        place.work()
        assert place.people(need) == place.anew(need) and place.people(need)[0] == four[3]

    def test_the_theme_of_its_project(self, place, four):
        need = place.need(SORTING)
        place.work()
        with Session(place.engine) as session:
            one = one_need(session, need)
            standing = Standing(session.get_one(User, one.project.author_id))
            fiche.save(session, standing, one.project, BY_NAME["theme"], {"theme_code": "waste"}, "fr", 0)
            session.commit()
        place.says(four[2], ABLE[2], themes=["waste"])
        place.work()
        assert place.people(need) == place.anew(need)
        with Session(place.engine) as session:
            assert [one.profile_id for one in session.exec(select(Match)) if one.likes_theme] == [four[2]]

    @pytest.mark.parametrize(
        ("availability", "free_from", "before", "after"),
        [
            ("en juin", None, Timing.IN_TIME, Timing.OTHER_MONTHS),
            ("", date(2026, 6, 20), Timing.LATE, Timing.IN_TIME),
        ],
    )
    def test_the_day_on_which_it_is_read(self, place, four, availability, free_from, before, after):
        def seen() -> tuple[Timing, list[str], list[str]]:
            assert place.is_kept(ListKind.NEED, need) and place.is_kept(ListKind.PROFILE, four[0])
            with Session(place.engine) as session:
                profile = session.get_one(Profile, four[0])
                [one] = [one for one in kept.people(session, one_need(session, need), 3) if one.id == profile.id]
                [same] = kept.needs(session, profile).ranked
                assert one.fit.timing is same.fit.timing
                said = ([r["is"] for r in of if r["kind"] == "timing"] for of in (one.reasons, same.reasons))
                return one.fit.timing, *said

        with at(datetime(2026, 6, 10, 12, tzinfo=UTC)):
            need = place.need(SORTING, mode=Mode.ON_SITE, starts_on=date(2026, 5, 1), ends_on=date(2026, 8, 31))
            place.says(four[0], ABLE[0], availability=availability, available_from=free_from, on_site=True)
            place.needs(four[0])
            place.work()
            assert seen() == (before, [before], [before])
        with at(datetime(2026, 7, 2, 12, tzinfo=UTC)):
            assert seen() == (after, [after], [after])

    def test_what_a_place_or_an_account_became_needs_no_list(self, place, four):
        need = place.need(SORTING)
        place.work()
        with Session(place.engine) as session:
            session.get_one(Profile, four[0]).visibility = Visibility.HIDDEN  # though nothing told matching
            owner = session.get_one(Profile, four[1]).owner_id
            session.get_one(User, owner).closed_at = text("now()")
            session.commit()
        assert place.people(need) == [four[2]]

    def test_and_a_match_said_wrong_neither(self, place, four):
        need = place.need(SORTING)
        place.work()
        with Session(place.engine) as session:
            one = one_need(session, need)
            objections.object_to_match(session, one.project.author_id, need, four[0])
            session.commit()
            left = [found.id for found in kept.people(session, one, 3)]
        assert four[0] not in left and len(left) == 2

    def test_an_open_transaction_of_somebody_else_hides_nothing(self, place, four):
        """What was committed after the list was made is compared, however old the transaction is that wrote it."""
        need = place.need(SORTING)
        with Session(place.engine) as slow:
            profile = Factory(slow)(Profile, abilities=SORTING)
            profile_chips.remember(slow, profile)
            slow.flush()
            place.work()
            place.work()
            assert profile.id not in place.people(need)
            slow.commit()
            assert profile.id in place.people(need)
            place.work()
            assert profile.id in place.people(need)
            assert place.is_kept(ListKind.NEED, need)


class TestABackupOfAnotherServer:
    """Its transactions have numbers that are still to come here."""

    @pytest.fixture
    def need(self, place, four) -> int:
        need = place.need(SORTING)
        place.needs(four[0])
        place.work()
        return need

    def come_from_elsewhere(self, place, documents=True) -> None:
        with Session(place.engine) as session:
            if documents:
                session.execute(text("UPDATE match_document SET changed_in = changed_in + 1000000000"))
            session.execute(text("UPDATE match_list SET seen = seen + 1000000000"))
            session.commit()

    @pytest.mark.parametrize("documents", [True, False])
    def test_who_saves_after_it_was_restored_is_found(self, place, four, need, documents):
        self.come_from_elsewhere(place, documents)
        place.work()
        place.work()
        assert place.is_kept(ListKind.NEED, need) and place.is_kept(ListKind.PROFILE, four[0])
        late, asked = place.person(SORTING), place.need(f"{SORTING} Encore.")
        assert late in place.people(need) and set(place.needs(four[0])) == {need, asked}
        place.work()
        assert place.is_kept(ListKind.NEED, need)
        assert place.people(need) == place.anew(need) and late in place.people(need)

    def test_also_where_another_worker_looks_before_the_lists_are_made(self, place, need):
        def step(do) -> None:
            with Session(place.engine) as session:
                do(session)
                session.commit()

        self.come_from_elsewhere(place)
        known: dict[int, int] = {}
        step(lambda session: settle(session, 1))
        step(lambda session: keeping.follow(session, 20, known))
        step(lambda session: keeping.keep_due(session, 20))
        late = place.person(SORTING)
        step(lambda session: keeping.follow(session, 20, known))
        place.work()
        assert late in place.people(need) and place.people(need) == place.anew(need)


class TestNeedsOfAPerson:
    def test_they_are_kept_once_somebody_looked(self, place, four):
        first = place.need(SORTING)
        place.need("Élever des abeilles et vendre le miel.")
        place.work()
        assert not place.is_kept(ListKind.PROFILE, four[0])
        assert place.needs(four[0]) == [first]
        place.work()
        assert place.is_kept(ListKind.PROFILE, four[0])
        assert place.needs(four[0]) == [first]

    def test_one_whose_project_is_published_later_is_there_then(self, place, four):
        with Session(place.engine) as session:
            make = Factory(session)
            moderator = make.moderator(everywhere=True)
            project = make(Project, moderation=Moderation.WAITING, published_at=None)
            need = make(Need, project_id=project.id, text=SORTING, language="fr")
            need_chips.read_again(session, need)
            need_chips.remember(session, need)
            session.commit()
            waiting, by = (project.id, need.id), moderator.id
        assert place.needs(four[0]) == []
        place.work()
        place.says(four[1], ABLE[1])
        place.work()
        assert place.needs(four[0]) == []
        with Session(place.engine) as session:
            project = session.get_one(Project, waiting[0])
            projects.move(session, Standing(session.get_one(User, by)), project, "publish")
            session.commit()
        assert place.needs(four[0]) == [waiting[1]]
        place.work()
        assert place.needs(four[0]) == [waiting[1]]
        assert place.people(waiting[1]) == place.anew(waiting[1])
        assert four[1] in place.people(waiting[1])

    def test_not_one_that_something_excludes(self, place, four):
        need = place.need(SORTING, mode=Mode.ON_SITE)
        remote = place.person(ABLE[0], on_site=False, remote=True)
        place.needs(remote)
        place.work()
        assert place.needs(remote) == []
        assert remote not in place.people(need)

    def test_ones_own_needs_take_no_place(self, place, four):
        with Session(place.engine) as session:
            owner = session.get_one(Profile, four[0]).owner_id
            make = Factory(session)
            for number in range(kept.NEEDS_LISTED):
                words = f"{SORTING} Douar {number}."
                own = make(Need, project_id=make(Project, author_id=owner).id, text=words, language="fr")
                need_chips.remember(session, own)
            session.commit()
        other = place.need("Trier des déchets.")
        assert place.needs(four[0]) == [other]
        place.work()
        assert place.needs(four[0]) == [other]

    def test_a_need_that_was_just_published_is_there_and_one_that_is_closed_is_not(self, place, four):
        first = place.need(SORTING)
        place.needs(four[0])
        place.work()
        second = place.need("Tri et collecte des déchets de trois douars.")
        assert set(place.needs(four[0])) == {first, second}
        with Session(place.engine) as session:
            need = session.get_one(Need, first)
            need.state = NeedState.CLOSED
            need_chips.remember(session, need)
            session.commit()
        assert place.needs(four[0]) == [second]
        place.work()
        assert place.needs(four[0]) == [second]

    def test_one_that_only_its_reader_has_among_the_best_does_not_enter_the_list_of_the_need(self, place, four):
        need = place.need(SORTING)
        place.work()
        with Session(place.engine) as session:
            row = session.get_one(MatchList, (ListKind.NEED, need))
            row.least = 2.0  # as if forty others were better than all of these
            session.commit()
        place.says(four[0], "Je trie parfois.")
        place.work()
        place.needs(four[0])
        with Session(place.engine) as session:
            assert session.get_one(MatchList, (ListKind.NEED, need)).least == 2.0
        assert four[0] in place.people(need)  # too few are left, so it was found anew

    def test_nothing_is_kept_of_a_profile_that_was_emptied(self, place, four):
        place.need(SORTING)
        place.needs(four[0])
        place.work()
        place.says(four[0], "")
        with Session(place.engine) as session:
            keeping.ask(session, four[0])
            session.commit()
        place.work()
        with Session(place.engine) as session:
            assert session.get(MatchList, (ListKind.PROFILE, four[0])) is None
            assert keeping.keep_asked(session, 1) == 0

    def test_who_is_better_at_something_else_stays_where_they_belong(self, place, four):
        need = place.need("Nettoyer la place du village, trier un peu.")
        place.need(SORTING)
        place.work()
        before = place.people(need)
        assert before == place.anew(need)
        for profile_id in four[:3]:
            place.says(profile_id, f"{ABLE[four.index(profile_id)]} Je trie.")
        place.work()
        assert place.people(need) == place.anew(need)


class TestWorkers:
    def test_several_share_the_work_and_none_does_it_twice(self, place, four):
        needs = [place.need(f"{SORTING} Douar {number}.") for number in range(12)]
        done: list[int] = []

        def work() -> None:
            while True:
                with Session(place.engine) as session:
                    many = keeping.keep_due(session, 2)
                    session.commit()
                if not many:
                    return
                done.append(many)

        threads = [Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(done) == len(needs)
        assert all(place.people(need) == place.anew(need) for need in needs)

    def test_lists_may_be_made_first_and_explained_later(self, place, four):
        need = place.need(SORTING)
        with Session(place.engine) as session:
            assert keeping.keep_due(session, 5, explained=False) == 1
            session.commit()
            assert keeping.left(session) == (0, 1)
            one = one_need(session, need)
            author = session.get_one(User, one.project.author_id)
            before = suggestions.people_for(session, one, sides.ties(session, author))
            assert all(person.why.hits for person in before.suggested)  # found as the list is read
        place.work()
        with Session(place.engine) as session:
            assert keeping.left(session) == (0, 0)
            assert all(one.reasons for one in session.exec(select(Match)))

    def test_what_one_was_killed_at_is_done_by_the_next(self, place, four):
        need = place.need(SORTING)
        with Session(place.engine) as killed:
            assert keeping.keep_due(killed, 5) == 1
            with Session(place.engine) as other:
                assert keeping.keep_due(other, 5) == 0  # it is being done
            killed.rollback()
        with Session(place.engine) as session:
            assert keeping.left(session) == (1, 0)
        place.work()
        assert place.is_kept(ListKind.NEED, need)

    def test_all_is_made_anew_when_it_is_asked_for(self, place, four):
        needs = [place.need(SORTING), place.need("Réparer des vélos.")]
        place.work()
        with Session(place.engine) as session:
            assert keeping.left(session) == (0, 0)
            keeping.outdate(session)
            session.commit()
            assert keeping.left(session) == (2, 0)
        assert all(place.people(need) == place.anew(need) for need in needs)
        place.work()
        with Session(place.engine) as session:
            assert keeping.left(session) == (0, 0)

    def test_when_very_many_changed_the_lists_are_made_anew(self, place, four, monkeypatch):
        need = place.need(SORTING)
        place.work()
        for profile_id in four[:3]:
            place.says(profile_id, SORTING)
        monkeypatch.setattr(keeping, "TOO_MANY", 2)
        with Session(place.engine) as session:
            assert keeping.follow(session, 20, {}) == 0
            session.commit()
            assert keeping.left(session) == (1, 0)
        place.work()
        assert place.people(need) == place.anew(need)


def test_when_too_many_have_left_a_list_the_others_are_found(place, four):
    need = place.need(SORTING)
    place.work()
    with Session(place.engine) as session:
        session.get_one(MatchList, (ListKind.NEED, need)).least = 0.01  # as if it were cut off
        session.delete(session.get_one(Match, (need, four[0])))
        session.commit()
    assert four[0] in place.people(need)
