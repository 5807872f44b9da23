"""Who is proposed for a need, in which order and with which words."""

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.contributions import actions, ranking, reasons, sides, suggestions
from app.contributions.models import Contribution
from app.kernel.i18n import gettext as _
from app.matching import actions as matching
from app.matching.chips import ChipState
from app.profiles import chips as profile_chips
from app.profiles.models import Visibility
from app.projects.models import Mode, Moderation, NeedState
from tests.factories import ARBAA_SAHEL, OUIJJANE, TINZART


@pytest.fixture
def people(session, case):
    def found(need, user=None, **options):
        return suggestions.people_for(session, need, sides.ties(session, user or case.author), **options)

    return found


NOTHING_WRONG = reasons.Wrong({}, ())
SORTING = "Organiser le tri des déchets et former une équipe à la collecte."


def test_competence_decides_across_languages(asked, known, people):
    arab = known("تدبير النفايات وتنظيم الفرز في الأحياء", language="ar", languages=["ar"])
    french = known("J’organise la collecte et le tri des déchets depuis dix ans.")
    known("Je répare des vélos et des motos.")
    found = people(asked(SORTING))
    assert {one.card.id for one in found.suggested} == {arab.id, french.id}


def test_the_reasons_hold_the_persons_own_words_and_what_is_missing(asked, known, people, locale):
    known("تدبير النفايات", language="ar", languages=["ar", "ber"], places=[OUIJJANE])
    [one] = people(asked("Gestion des déchets et apiculture.")).suggested
    said = " | ".join(one.why.hits)
    assert "تدبير النفايات" in said
    assert _("même province") in one.why.hits
    assert one.why.missing


def test_a_language_that_somebody_speaks_is_not_missing(asked, known, people):
    known("Tri des déchets dans les villages.", languages=["fr", "ber"])
    [one] = people(asked("Sensibiliser au tri des déchets. Parler amazighe aide beaucoup.")).suggested
    assert not [words for words in one.why.missing if "amazigh" in words.lower()]


def test_taking_the_named_words_away_lowers_the_rank(session, make, asked, known, people):
    """A reason is no decoration: what it names is what ranks."""
    need = asked("Former des agents à la gestion des déchets et au compostage.")
    first = known("Gestion des déchets, compostage, vingt ans d’expérience.")
    second = known("Je connais un peu le compostage de jardin.")
    [best, other] = people(need).suggested
    assert (best.card.id, other.card.id) == (first.id, second.id)
    found = reasons.find(need, first, reasons.wrong_of(session, [need.id], [first.id]))
    for word in [reason["words"] for reason in found if reason["kind"] == "covered"]:
        first.abilities = first.abilities.replace(word, "")
    first.chips = []
    session.flush()
    profile_chips.remember(session, first)
    ranked = [one.id for one in ranking.rank_people(session, need)]
    assert ranked[0] == second.id


class TestTerritory:
    def test_it_orders_near_equals(self, asked, known, people):
        words = "J’organise le tri des déchets."
        far = known(words)
        region = known(words, places=["09"])
        province = known(words, places=["09.581"])
        neighbour = known(words, places=[OUIJJANE])
        commune = known(words, places=[ARBAA_SAHEL])
        order = [one.card.id for one in people(asked(SORTING)).suggested]
        assert order[0] == commune.id
        assert set(order[1:3]) == {province.id, neighbour.id}
        assert order[3:] == [region.id, far.id]

    def test_it_does_not_make_up_for_competence(self, asked, known, people):
        known("Je trie mes papiers.", places=[ARBAA_SAHEL])
        able = known("J’organise la collecte et le tri des déchets, je forme des équipes.", places=[TINZART])
        assert people(asked(SORTING)).suggested[0].card.id == able.id


class TestWhatExcludes:
    def test_no_language_of_a_moroccan_commune(self, asked, known, people, locale):
        foreign = known("Waste sorting and collection, training of teams.", language="en", languages=["es", "en"])
        found = people(asked(SORTING))
        assert found.suggested == []
        [aside] = found.set_aside
        assert aside.card.id == foreign.id
        assert _("aucune langue en commun") in aside.why.missing

    @pytest.mark.parametrize("language", ["ar", "fr", "ber"])
    def test_one_of_them_is_enough(self, asked, known, people, language):
        known("Tri des déchets.", languages=["es", language])
        assert len(people(asked(SORTING)).suggested) == 1

    @pytest.mark.parametrize(
        ("mode", "on_site", "remote", "proposed"),
        [
            (Mode.ON_SITE, False, True, False),
            (Mode.ON_SITE, True, False, True),
            (Mode.REMOTE, True, False, False),
            (Mode.REMOTE, False, True, True),
            (Mode.EITHER, False, True, True),
        ],
    )
    def test_a_mode_that_cannot_be(self, asked, known, people, mode, on_site, remote, proposed):
        known("Tri des déchets.", on_site=on_site, remote=remote)
        found = people(asked(SORTING, mode=mode))
        assert (len(found.suggested), len(found.set_aside)) == ((1, 0) if proposed else (0, 1))


class TestWhoIsNotProposed:
    def test_the_hidden_the_team_and_closed_accounts(self, session, case, asked, known, people):
        known("Tri des déchets.", owner_id=case.author.id)
        hidden, closed = known("Tri des déchets."), known("Tri des déchets.")
        hidden.visibility = Visibility.HIDDEN
        session.get(User, closed.owner_id).closed_at = case.person.created_at
        found = people(asked(SORTING))
        assert (found.suggested, found.set_aside) == ([], [])

    def test_nobody_without_a_reason(self, asked, known, people):
        known("Je joue de la guitare.")
        assert people(asked(SORTING)).suggested == []


class TestWhatWasAlready:
    def test_somebody_who_was_asked_is_shown_as_such(self, session, case, asked, known, people):
        need, profile = asked(SORTING), known("Tri des déchets.")
        one = actions.invite(session, case.author, need, profile, "Venez.")
        [person] = people(need).suggested
        assert (person.contribution, person.taken) == (one, True)

    def test_an_offer_that_waits_for_a_moderator_is_not_told_to_the_team(self, session, case, asked, known, people):
        need, profile = asked(SORTING), known("Tri des déchets.")
        actions.offer(session, session.get(User, profile.owner_id), need, profile, "Moi.")
        [person] = people(need).suggested
        assert (person.contribution, person.taken) == (None, True)

    def test_who_declined_may_be_asked_again(self, session, make, case, asked, known, people):
        need, profile = asked(SORTING), known("Tri des déchets.")
        make(Contribution, need_id=need.id, profile_id=profile.id, state="declined", approved_by_id=case.moderator.id)
        [person] = people(need).suggested
        assert person.contribution is not None
        assert not person.taken


class TestNames:
    def test_the_team_reads_a_nameless_card_and_the_moderator_a_name(self, session, case, make, asked, known, people):
        owner = make(User, name="Zineb Elkhazin")
        known("Tri des déchets avec Zineb Elkhazin.", owner_id=owner.id, occupation="Formatrice")
        need = asked(SORTING)
        [seen] = people(need).suggested
        assert seen.name == "Formatrice"
        assert "Zineb" not in " ".join([seen.name, *seen.why.hits, *seen.why.missing])
        [seen] = people(need, case.abroad).suggested
        assert seen.name == "Zineb Elkhazin"

    def test_a_moderator_of_elsewhere_reads_no_name(self, make, asked, known, people):
        owner = make(User, name="Zineb Elkhazin")
        known("Tri des déchets.", owner_id=owner.id)
        [seen] = people(asked(SORTING), make.moderator("01")).suggested
        assert "Zineb" not in seen.name


class TestNeedsForSomebody:
    def test_open_needs_of_published_projects_by_competence(self, session, make, case, asked, known):
        waste, bees = asked(SORTING), asked("Élever des abeilles et vendre le miel.")
        asked("Tri des déchets du souk.").state = NeedState.CLOSED
        waiting = asked("Tri des déchets de l’école.").project
        waiting.moderation, waiting.published_at = Moderation.WAITING, None
        profile = known("J’organise la collecte et le tri des déchets, je forme des équipes.")
        user = session.get(User, profile.owner_id)
        found = suggestions.needs_for(session, profile, sides.ties(session, user))
        assert [one.need.id for one in found] == [waste.id]
        assert found[0].why.hits
        assert bees.state is NeedState.OPEN

    def test_not_those_of_ones_own_projects(self, session, case, asked, known):
        asked(SORTING)
        profile = known("Tri des déchets.", owner_id=case.author.id)
        assert suggestions.needs_for(session, profile, sides.ties(session, case.author)) == []

    def test_not_those_that_cannot_be(self, session, asked, known):
        asked(SORTING, mode=Mode.ON_SITE)
        profile = known("Tri des déchets.", on_site=False)
        user = session.get(User, profile.owner_id)
        assert suggestions.needs_for(session, profile, sides.ties(session, user)) == []

    def test_an_invitation_that_waits_for_a_moderator_is_not_told(self, session, case, asked, known):
        need, profile = asked(SORTING), known("Tri des déchets.")
        actions.invite(session, case.author, need, profile, "Venez.")
        user = session.get(User, profile.owner_id)
        [one] = suggestions.needs_for(session, profile, sides.ties(session, user))
        assert (one.contribution, one.taken) == (None, False)


def test_the_reasons_of_the_day_are_kept_with_the_contribution(session, case, asked, known):
    need, profile = asked(SORTING), known("J’organise le tri des déchets.")
    one = actions.offer(session, session.get(User, profile.owner_id), need, profile, "Me voici.")
    kept = list(one.reasons)
    assert [reason for reason in kept if reason["kind"] == "covered"]
    profile.abilities = "Tout autre chose."
    session.flush()
    session.expire(one)
    assert session.exec(select(Contribution)).one().reasons == kept


def test_queries_do_not_grow_with_people_or_needs(session, case, asked, known, people, query_count):
    def counted(call):
        session.expire_all()
        before = query_count()
        call()
        return query_count() - before

    need = asked(SORTING)
    profile = known("Tri des déchets.")
    matching.forget(session, "profile", 0)
    ties = sides.ties(session, session.get(User, profile.owner_id))
    few = counted(lambda: people(need)), counted(lambda: suggestions.needs_for(session, profile, ties))
    for _number in range(6):
        known("Tri des déchets.", places=[OUIJJANE])
        asked(SORTING)
    many = counted(lambda: people(need)), counted(lambda: suggestions.needs_for(session, profile, ties))
    assert many[0] <= few[0] + 2
    assert many[1] <= few[1] + 2


def test_a_chip_that_somebody_removed_is_no_reason(session, asked, known, people):
    need = asked("Gestion des déchets.")
    profile = known("Gestion des déchets, mais pas de mon métier.")
    for chip in profile.chips:
        chip.state = ChipState.REMOVED
    [one] = people(need).suggested
    assert one.why.hits
    for chip in need.chips:
        chip.state = ChipState.REMOVED
    covered = [one for one in reasons.find(need, profile, NOTHING_WRONG) if one["kind"] == "covered"]
    assert [one["concept"] for one in covered] == [None]
