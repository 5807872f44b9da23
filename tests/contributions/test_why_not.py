"""Somebody is missed in the list: where they stand, and why; no more than the card shows to whoever asks."""

from datetime import date

import pytest

from app.accounts.models import User
from app.contributions import sides, wrong
from app.contributions.models import Contribution
from app.contributions.why_not import why_not
from app.profiles.models import Visibility
from app.projects.models import Mode

SORTING = "Organiser le tri des déchets et former une équipe à la collecte."
ABLE = "J’organise la collecte et le tri des déchets, je forme des équipes."


@pytest.fixture
def ask(session):
    def answers(need, user, words):
        return why_not(session, need, sides.ties(session, user), words)

    return answers


class TestWhatItSays:
    @pytest.fixture
    def said(self, make, case, asked, known, ask):
        """The sentences about one person called Trouvable, before a need on site in spring."""

        def about(abilities, **given):
            visibility = given.pop("visibility", Visibility.CARD)
            need = asked(SORTING, mode=Mode.ON_SITE, starts_on=date(2027, 3, 1), ends_on=date(2027, 5, 31))
            profile = known(abilities, **{"owner_id": make(User, name="Leïla Trouvable").id, **given})
            profile.visibility = visibility
            [one] = ask(need, case.abroad, "trouvable")
            assert one.name in ("Leïla Trouvable", "Amina Auteure")
            return one

        return about

    def test_the_place_in_the_order(self, known, said, locale):
        known(ABLE)
        one = said("Un peu de tri des déchets.")
        assert "2" in one.sentences[0]
        assert one.why.hits

    def test_nothing_alike_and_what_is_wanted_and_the_nearest_words(self, said, locale):
        one = said("Je joue de la guitare avec une équipe.")
        assert len(one.sentences) == 2
        assert "équipe" in one.sentences[1]
        assert one.why.missing

    @pytest.mark.parametrize(
        "given",
        [
            {"on_site": False, "remote": True},
            {"languages": ["es"]},
            {"available_from": date(2027, 9, 1)},
        ],
    )
    def test_what_excludes(self, said, given, locale):
        one = said(ABLE, **given)
        assert len(one.sentences) == 1
        assert one.why.missing

    def test_a_hidden_profile_is_said_to_whoever_looks_after_it(self, said):
        assert "masqué" in said(ABLE, visibility=Visibility.HIDDEN).sentences[0]

    def test_a_generic_tie_is_not_enough(self, known, said):
        known(ABLE)
        one = said("Je connais les villages et la collecte de contes.")
        assert any("mot du métier" in sentence or "assez" in sentence for sentence in one.sentences)

    def test_a_match_said_wrong(self, session, make, case, asked, known, ask, locale):
        need, profile = asked(SORTING), known(ABLE, owner_id=make(User, name="Leïla Trouvable").id)
        wrong.match_is_wrong(session, case.moderator, need, profile)
        assert len(ask(need, case.abroad, "trouvable")[0].sentences) == 1

    def test_the_team(self, case, asked, known, ask):
        need = asked(SORTING)
        known(ABLE, owner_id=case.author.id)
        assert "équipe du projet" in ask(need, case.abroad, "auteure")[0].sentences[0]

    def test_who_was_asked_elsewhere(self, make, case, asked, known, ask, locale):
        need, profile = asked(SORTING), known(ABLE, owner_id=make(User, name="Leïla Trouvable").id)
        make(Contribution, profile_id=profile.id, origin="invitation", state="approved", approved_by_id=case.abroad.id)
        assert len(ask(need, case.abroad, "trouvable")[0].sentences) == 3


class TestWhoIsFound:
    @pytest.fixture
    def profile(self, make, known):
        owner = make(User, name="Zineb Elkhazin", email="zineb.k@example.org")
        return known(ABLE, owner_id=owner.id, occupation="Formatrice Elkhazin")

    @pytest.mark.parametrize("words", ["zineb", "ELKHAZIN", "Zineb.K@example.org", "formatrice"])
    def test_by_a_moderator_by_name_address_headline_and_number(self, case, asked, ask, profile, words):
        need = asked(SORTING)
        assert [one.name for one in ask(need, case.abroad, words)] == ["Zineb Elkhazin"]
        assert [one.card.id for one in ask(need, case.abroad, str(profile.id))] == [profile.id]

    @pytest.mark.parametrize("words", ["zineb", "elkhazin", "zineb.k@example.org", "example"])
    def test_by_the_team_neither_by_name_nor_by_address(self, case, asked, ask, profile, words):
        assert ask(asked(SORTING), case.author, words) == []

    def test_by_the_team_by_number_and_headline_without_a_name(self, case, asked, ask, profile, locale):
        need = asked(SORTING)
        for words in ("formatrice", str(profile.id), f" {profile.id} "):
            [one] = ask(need, case.author, words.strip())
            assert "Elkhazin" not in f"{one.name} {one.sentences} {one.why}"

    def test_the_nearest_words_tell_no_name(self, make, case, asked, known, ask):
        owner = make(User, name="Bruno Guitare")
        known("Bruno joue avec une équipe.", owner_id=owner.id, occupation="Musicien")
        [one] = ask(asked(SORTING), case.author, "musicien")
        assert "Bruno" not in str(one.sentences)

    def test_who_opened_their_name_is_found_by_it_and_not_by_their_address(self, case, asked, ask, profile):
        profile.visibility = Visibility.OPEN
        need = asked(SORTING)
        assert len(ask(need, case.author, "zineb")) == 1
        assert ask(need, case.author, "zineb.k@example.org") == []

    def test_who_is_hidden_is_absent_for_those_who_do_not_look_after_them(self, make, case, asked, ask, profile):
        profile.visibility = Visibility.HIDDEN
        need = asked(SORTING)
        for user in (case.author, case.agent, make.moderator("01")):
            for words in ("zineb", "formatrice", str(profile.id)):
                assert ask(need, user, words) == []

    def test_a_moderator_of_elsewhere_knows_as_little_as_the_team(self, make, asked, ask, profile):
        elsewhere, need = make.moderator("01"), asked(SORTING)
        assert ask(need, elsewhere, "zineb") == []
        assert len(ask(need, elsewhere, "formatrice")) == 1

    def test_arabic_names_are_found_without_their_hamza(self, make, case, asked, known, ask):
        known("الفرز", owner_id=make(User, name="أمينة ح.").id, language="ar")
        assert len(ask(asked(SORTING), case.abroad, "امينه")) == 1

    @pytest.mark.parametrize("words", ["%%", "_", "'; drop table", "é" * 80, "9" * 30, "٣", "\u202eabc", "0"])
    def test_strange_words_harm_nothing(self, case, asked, ask, profile, words):
        assert len(ask(asked(SORTING), case.abroad, words)) <= 5


def test_queries_do_not_grow_with_those_who_are_found(session, make, case, asked, known, ask, query_count):
    need = asked(SORTING)

    def counted():
        session.expire_all()
        before = query_count()
        ask(need, case.abroad, "semblable")
        return query_count() - before

    known(ABLE, owner_id=make(User, name="Semblable Un").id)
    few = counted()
    for number in range(4):
        known(ABLE, owner_id=make(User, name=f"Semblable {number}").id)
    assert counted() <= few + 1
