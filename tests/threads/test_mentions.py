import pytest

from app.threads import mentions

PEOPLE = {1: "Amina Auteure", 2: "Brahim Agent", 3: "Brahim Autre", 4: "حسن الفلاح", 5: "Ingénieure en déchets"}


@pytest.mark.parametrize(
    ("text", "kept", "who"),
    [
        ("Bonjour @Amina Auteure, merci", "Bonjour ⟦1⟧, merci", {1}),
        ("@amina auteure ?", "⟦1⟧ ?", {1}),
        ("@Amina, merci", "⟦1⟧, merci", {1}),
        ("@Brahim, lequel ?", "@Brahim, lequel ?", set()),
        ("@Brahim Agent et @Brahim Autre", "⟦2⟧ et ⟦3⟧", {2, 3}),
        ("سؤال إلى @حسن الفلاح من فضلكم", "سؤال إلى ⟦4⟧ من فضلكم", {4}),
        ("@Ingénieure en déchets, quand ?", "⟦5⟧, quand ?", {5}),
        ("@Ami, merci", "@Ami, merci", set()),
        ("amina@Amina Auteure", "amina@Amina Auteure", set()),
        ("Sans personne", "Sans personne", set()),
    ],
)
def test_who_is_named_after_the_sign_is_mentioned(text, kept, who):
    assert mentions.found(text, PEOPLE) == (kept, who)


def test_two_people_of_one_name_are_both_mentioned():
    assert mentions.found("@Amina El", {7: "Amina El", 9: "Amina El"}) == ("⟦7⟧", {7, 9})


def test_what_looks_like_a_mention_but_was_typed_is_none():
    kept, who = mentions.found("Voir ⟦1⟧ là-bas", PEOPLE)
    assert (kept, who) == ("Voir [1] là-bas", set())


def test_a_mention_is_read_by_the_name_that_each_reader_knows():
    assert mentions.said("⟦1⟧ et ⟦2⟧", {1: "Amina"}) == "@Amina et @…"
