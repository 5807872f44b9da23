from itertools import pairwise
from pathlib import Path

import pytest

from app.matching.index import NameIndex
from app.matching.linking import LINKED, PROPOSED, Linker
from app.matching.names import Named
from app.matching.text import LONGEST_TEXT, Language
from app.matching.translation import Translations


def linked(linker: Linker, label_of: dict[str, str], text: str, language: Language) -> dict[str, str]:
    """What is linked for sure: the words, and the French label."""
    return {link.mention: label_of[link.concept_id] for link in linker.link(text, language) if link.sure}


@pytest.mark.parametrize(
    ("text", "language", "label"),
    [
        ("gestion des déchets", "fr", "gestion des déchets"),
        ("Gestion des DECHETS", "fr", "gestion des déchets"),
        ("gestion des dechts", "fr", "gestion des déchets"),
        ("تدبير النفايات", "ar", "gestion des déchets"),
        ("تَدبيـــر النفايات", "ar", "gestion des déchets"),
        ("waste management", "en", "gestion des déchets"),
        ("comptabilté", "fr", "comptabilité"),
        ("apicultrice", "fr", "apiculteur/apicultrice"),
        ("النجارة", "ar", "menuiserie"),
        ("organiser des formations", "fr", "organiser des formations"),
        ("organisation de formations", "fr", "organiser des formations"),
        ("التعليم الأولي", "ar", "enseigner dans une classe maternelle"),
    ],
)
def test_a_skill_is_found_under_its_names(
    linker: Linker, label_of: dict[str, str], text: str, language: Language, label: str
) -> None:
    assert list(linked(linker, label_of, text, language).values()) == [label]


def test_a_whole_sentence_yields_its_concepts_and_their_exact_words(linker: Linker, label_of: dict[str, str]) -> None:
    text = "J’ai travaillé dix ans sur le traitement des eaux usées et l’eau potable, puis en gestion de projet."
    assert linked(linker, label_of, text, "fr") == {
        "traitement des eaux usées": "effectuer le traitement d’eaux usées",
        "eau potable": "eau potable",
        "gestion de projet": "gestion de projets",
    }
    for link in linker.link(text, "fr"):
        assert text[link.start : link.end] == link.mention


def test_household_waste_is_not_the_waste_rock_of_mines(linker: Linker, label_of: dict[str, str]) -> None:
    for text in ("gérer les déchets", "gestion des déchets", "déchets ménagers"):
        assert "mini" not in " ".join(linked(linker, label_of, text, "fr").values())


@pytest.mark.parametrize(
    ("text", "not_for_sure"),
    [
        ("il faut trier à la source du problème des habitants", "source"),
        ("une fonction au service de la commune", "commune"),
        ("dans cette logique les acteurs du village travaillent ensemble au développement", "logique"),
        ("à Paris et en France avec les MDM", "Paris"),
        ("aider une communauté de villages", "communauté"),
    ],
)
def test_everyday_words_are_not_taken_for_skills(
    linker: Linker, label_of: dict[str, str], text: str, not_for_sure: str
) -> None:
    assert not_for_sure not in linked(linker, label_of, text, "fr")


def test_what_only_resembles_a_name_is_asked_about(linker: Linker) -> None:
    links = linker.link("traitement de l’image et du son", "fr")
    assert links
    assert all(PROPOSED <= link.score < LINKED for link in links)


def test_no_word_serves_twice_and_links_follow_the_text(linker: Linker) -> None:
    links = linker.link("formation, gestion de projet, comptabilité, tri des déchets, couture", "fr")
    assert all(one.end <= other.start for one, other in pairwise(links))
    assert len({link.concept_id for link in links}) == len(links)


def test_the_nearest_names_are_found_across_languages(linker: Linker, label_of: dict[str, str]) -> None:
    for words, language in (("abeilles", "fr"), ("bees", "en"), ("النحل", "ar")):
        near = linker.nearest(words, language, 8)  # type: ignore[arg-type]
        assert any("apicult" in label_of[concept_id] for concept_id, _ in near), words


def test_nothing_is_linked_where_there_is_no_concept(table: Translations) -> None:
    empty = Linker.over([], table)
    assert empty.link("gestion des déchets", "fr") == []
    assert empty.nearest("gestion des déchets", "fr") == []


def test_a_product_named_like_a_word_needs_its_capital(table: Translations) -> None:
    names = {"fr": ["Source (jeux)", "Source"], "ar": [], "en": ["Source"]}
    others = [Named(f"s{i}", "skill", {"fr": [f"source {i}x"], "ar": [], "en": []}) for i in range(3)]
    linker = Linker.over([Named("engine", "skill", names), *others], table)  # type: ignore[arg-type]
    assert [link.concept_id for link in linker.link("Source", "fr") if link.sure] == ["engine"]
    assert not any(link.sure for link in linker.link("la source du village", "fr"))


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Préparer un outil logique", "logique"),
        ("le nouveau plan comptable", "comptable"),
        ("un plan logique", "logique"),
    ],
)
def test_a_word_that_says_which_is_only_asked_about(linker: Linker, text: str, word: str) -> None:
    assert [link.mention for link in linker.link(text, "fr") if link.sure and word in link.mention] == []
    assert [link.mention for link in linker.link(f"programmation, {word}", "fr") if link.sure][-1] == word


def test_a_trade_named_after_another_word_is_still_linked(linker: Linker) -> None:
    for text, trade in (("projet couture", "couture"), ("projet apiculture", "apiculture")):
        assert [link.mention for link in linker.link(text, "fr") if link.sure] == [trade]


def test_odd_texts_are_linked_to_little_and_in_bounded_time(linker: Linker, odd_text: str) -> None:
    for language in ("fr", "ar", "en"):
        links = linker.link(odd_text, language)  # type: ignore[arg-type]
        assert len(links) <= 20
        assert all(odd_text[link.start : link.end] == link.mention for link in links)
        assert all(link.end <= LONGEST_TEXT for link in links)
        assert len(linker.nearest(odd_text, language)) <= 20  # type: ignore[arg-type]


CISTERNS = "نريد بناء مطفيات لتجميع مياه الأمطار في الدوار وتكوين الشباب على صيانتها"


@pytest.mark.parametrize(
    ("text", "language", "word", "label"),
    [
        (CISTERNS, "ar", "مطفيات", "matfia"),
        ("Creuser une khettara au village avec des anciens qui savent", "fr", "khettara", "khettara"),
    ],
)
def test_a_rare_word_is_linked_in_any_form_even_in_a_sentence(
    linker: Linker, label_of: dict[str, str], text: str, language: Language, word: str, label: str
) -> None:
    assert linked(linker, label_of, text, language).get(word) == label


def test_words_of_audience_and_act_are_never_sure_alone(linker: Linker) -> None:
    for text, language in ((CISTERNS, "ar"), ("tri, collecte, formation des équipes", "fr"), ("jeunes, commune", "fr")):
        sure = {link.mention for link in linker.link(text, language) if link.sure}  # type: ignore[arg-type]
        assert not sure & {"الشباب", "تكوين", "وتكوين", "collecte", "formation", "jeunes", "commune"}, text


@pytest.mark.parametrize(
    ("text", "word"),
    [("tri, collecte des ordures", "collecte"), ("petits élevages", "petits"), ("où va le verre", "va")],
)
def test_another_word_of_the_same_stem_is_not_asked_about(linker: Linker, text: str, word: str) -> None:
    assert word not in {link.mention for link in linker.link(text, "fr")}


def test_what_darija_writes_on_to_a_word_does_not_hide_it(linker: Linker, label_of: dict[str, str]) -> None:
    links = linker.link("الكهربا ديال الدار والبلومبي", "ar")
    assert {link.mention: label_of[link.concept_id] for link in links} == {
        "الكهربا": "électricité",
        "والبلومبي": "plombier/plombière",
    }


def test_a_trade_is_proposed_with_what_it_deals_with(linker: Linker, label_of: dict[str, str]) -> None:
    links = linker.link("inginieur eau potable", "fr")
    assert [(link.mention, link.sure) for link in links] == [("inginieur", False), ("eau potable", True)]
    assert label_of[links[0].concept_id] == "hydraulicien/hydraulicienne"


def test_a_name_of_two_concepts_means_what_the_words_around_mean(table: Translations) -> None:
    def named(concept_id: str, *names: str) -> Named:
        return Named(concept_id, "skill", {"fr": names, "ar": (), "en": ()})

    water = named("water", "réseau de distribution", "canalisation d’eau potable", "robinet")
    goods = named("goods", "réseau de distribution", "vente de marchandises", "magasin")
    linker = Linker.over([water, goods], table)
    for around, meant in (("eau potable et robinets", "water"), ("vente en magasin de marchandises", "goods")):
        links = linker.link(f"réseau de distribution, {around}", "fr")
        assert [link.concept_id for link in links if link.mention == "réseau de distribution"] == [meant]


def test_processes_map_the_same_names(linker: Linker, tmp_path: Path) -> None:
    for _ in range(2):  # another process was faster
        linker.index.keep(tmp_path / "names")
    mapped = Linker(NameIndex.kept(tmp_path / "names", linker.table))
    assert [file.name for file in tmp_path.iterdir()] == ["names"]
    assert mapped.link(CISTERNS, "ar") == linker.link(CISTERNS, "ar")
    assert mapped.nearest("eau", "fr") == linker.nearest("eau", "fr")
    with pytest.raises(KeyError):
        NameIndex.kept(tmp_path / "nowhere", linker.table)
