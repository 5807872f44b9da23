from datetime import timedelta

import pytest
from sqlmodel import select

from app.accounts.models import User
from app.deadlines import queries as deadlines
from app.deadlines.steps import Step
from app.journal import queries as journal
from app.journal.actions import TooLateToUndo
from app.journal.models import Entry, Subject
from app.kernel.database import at, now
from app.kernel.errors import Forbidden, Invalid, NotFound
from app.notifications.models import Message, MessageState
from app.projects import fiche, queries, sections
from app.projects.fiche import StaleSection
from app.projects.models import Moderation
from app.projects.suggesting import actions, rules
from app.projects.suggesting import queries as suggestions
from app.projects.suggesting.actions import AlreadyAnswered, DoesNotFit, TooManyOpen
from app.projects.suggesting.models import SuggestionKind, SuggestionState
from app.projects.suggesting.rules import MOVES, By, Verb

CONTEXT = sections.BY_NAME["context"]
ONCE = "Le camion passe une fois par mois."
SORTED = "Les femmes de la coopérative trient déjà le verre."


@pytest.fixture
def reader(make):
    return make(User, name="Sanae")


@pytest.fixture
def write(session, project, author, stands):
    def write(text, kind=CONTEXT, language="fr"):
        version = fiche.section(session, project, kind).version
        content = {**fiche.section(session, project, kind).content, kind.prose: text}
        return fiche.save(session, stands(author), project, kind, content, language, version)

    return write


@pytest.fixture
def suggest(session, project, reader):
    def suggest(text=SORTED, form=SuggestionKind.ADDITION, kind=CONTEXT, by=None, language="fr", version=None):
        seen = fiche.section(session, project, kind).version if version is None else version
        return actions.suggest(session, by or reader, project, kind, form, text, language, seen)

    return suggest


@pytest.fixture
def text_of(session, project):
    def text_of(kind=CONTEXT):
        return fiche.section(session, project, kind).content.get(kind.prose)

    return text_of


@pytest.fixture
def accept(session, project, author, stands):
    def accept(suggestion, by=None):
        seen = fiche.section(session, project, sections.BY_NAME[suggestion.section]).version
        return actions.accept(session, stands(by or author), suggestion, seen)

    return accept


def told(session, user):
    statement = select(Message).where(Message.recipient_id == user.id, Message.state != MessageState.CANCELLED)
    return [message.kind for message in session.exec(statement.order_by("id"))]


def test_the_team_is_told_of_an_idea_and_has_until_a_day_to_answer(
    session, project, suggest, author, co_author, reader
):
    made = suggest()
    assert told(session, author) == told(session, co_author) == ["suggestion_received"]
    assert told(session, reader) == []
    step = deadlines.under_way(session, Subject.SUGGESTION, [made.id])[made.id]
    assert step.step is Step.SUGGESTION_ANSWERED and step.due_on >= (now() + timedelta(days=14)).date()
    body = session.exec(select(Message).where(Message.recipient_id == author.id)).one().body
    assert SORTED in body and "Sanae" in body and "avant le" in body and "@" not in body


def test_lines_are_put_below_what_is_written(session, project, write, suggest, accept, text_of, reader, author):
    write(ONCE)
    made = suggest()
    accept(made)
    assert text_of() == f"{ONCE}\n\n{SORTED}"
    assert (made.state, made.taken_version, made.answered_by_id) == (SuggestionState.ACCEPTED, 2, author.id)
    assert told(session, reader) == ["suggestion_accepted"]
    assert suggestions.thanked(session, project) == ["Sanae"]
    assert suggestions.taken(session, project, "context", [1, 2])[2].author_id == reader.id
    assert deadlines.under_way(session, Subject.SUGGESTION, [made.id]) == {}
    entry = journal.history(session, Subject.SUGGESTION, made.id)[-1]
    assert (entry.verb, entry.from_state, entry.to_state) == ("accept", "open", "accepted")


def test_an_idea_can_be_the_first_text_of_a_part(session, project, suggest, accept, text_of):
    accept(suggest("النساء يفرزن الزجاج", language="ar"))
    assert text_of() == "النساء يفرزن الزجاج"
    assert fiche.section(session, project, CONTEXT).language == "ar"


def test_lines_still_fit_when_somebody_wrote_meanwhile(write, suggest, accept, text_of):
    write(ONCE)
    made = suggest()
    write("Le camion passe chaque semaine.")
    accept(made)
    assert text_of() == f"Le camion passe chaque semaine.\n\n{SORTED}"


def test_a_rewriting_of_a_text_that_changed_is_not_taken_blindly(session, write, suggest, accept, text_of):
    write(ONCE)
    made = suggest("Le camion passe quatre fois par an.", SuggestionKind.REWRITING)
    write("Le camion passe chaque semaine.")
    with pytest.raises(StaleSection):
        accept(made)
    assert text_of() == "Le camion passe chaque semaine." and made.state is SuggestionState.OPEN


def test_of_two_ideas_for_one_part_both_are_taken_in_turn(write, suggest, accept, text_of, make):
    write(ONCE)
    first, second = suggest(), suggest("La décharge est pleine.", by=make(User))
    accept(first)
    accept(second)
    assert text_of() == f"{ONCE}\n\n{SORTED}\n\nLa décharge est pleine."


def test_an_acceptance_names_the_version_that_was_read(session, write, suggest, author, stands, text_of):
    write(ONCE)
    made = suggest()
    write("Le camion passe chaque semaine.")
    with pytest.raises(StaleSection):
        actions.accept(session, stands(author), made, 1)
    assert text_of() == "Le camion passe chaque semaine."


def test_a_remark_and_the_other_language_are_adapted_first(write, suggest, accept):
    write(ONCE)
    for made in (suggest("Parlez-en à l’école.", SuggestionKind.REMARK), suggest("النساء يفرزن الزجاج", language="ar")):
        with pytest.raises(DoesNotFit):
            accept(made)


def test_a_part_that_would_be_too_long_is_adapted(write, suggest, accept):
    write("a " * 2_900 + "fin.")
    made = suggest("b " * 200 + "fin.")
    with pytest.raises(DoesNotFit):
        accept(made)


def test_what_an_editor_makes_of_it_counts_as_adapted(session, project, write, suggest, stands, co_author, reader):
    write(ONCE)
    made = suggest("Parlez-en à l’école.", SuggestionKind.REMARK)
    actions.adapt(session, stands(co_author), made, {"text": f"{ONCE} L’école en parle."}, "fr", 1)
    assert (made.state, made.taken_version) == (SuggestionState.ADAPTED, 2)
    assert told(session, reader) == ["suggestion_adapted"]


def test_a_decline_says_a_word(session, suggest, stands, author, reader):
    made = suggest()
    with pytest.raises(Invalid) as refused:
        actions.decline(session, stands(author), made, "")
    assert refused.value.field == "word"
    actions.decline(session, stands(author), made, "Merci ! C’est prévu l’an prochain.")
    assert made.state is SuggestionState.DECLINED
    message = session.exec(select(Message).where(Message.recipient_id == reader.id)).one()
    assert "C’est prévu l’an prochain." in message.body


def test_its_author_may_take_it_back_while_it_is_open(session, suggest, stands, reader, author):
    made = suggest()
    with pytest.raises(Forbidden):
        actions.withdraw(session, stands(author), made)
    actions.withdraw(session, stands(reader), made)
    assert made.state is SuggestionState.WITHDRAWN
    assert deadlines.under_way(session, Subject.SUGGESTION, [made.id]) == {}
    assert told(session, author) == []
    with pytest.raises(AlreadyAnswered):
        actions.decline(session, stands(author), made, "Merci")


@pytest.mark.parametrize(("state", "verb"), [key for key in MOVES if key[0] is not None])
def test_each_move_is_for_those_whom_the_table_names(make, suggest, stands, author, co_author, reader, state, verb):
    made = suggest()
    moderator, elsewhere, stranger = make.moderator("09"), make.moderator("01"), make(User)
    may = {
        who.id
        for who in (author, co_author, moderator, elsewhere, stranger, reader)
        if rules.may(stands(who), made, verb)
    }
    wanted = [author, co_author, moderator] if MOVES[state, verb].by is By.EDITORS else [reader]
    assert may == {who.id for who in wanted}


@pytest.mark.parametrize("state", [state for state in SuggestionState if state is not SuggestionState.OPEN])
def test_what_is_over_moves_no_more(suggest, stands, author, reader, state):
    made = suggest()
    made.state = state
    made.taken_version = 1 if state in rules.TAKEN else None
    assert not any(rules.may(stands(who), made, verb) for who in (author, reader) for verb in Verb)


@pytest.mark.parametrize("written", [ONCE, ""])
def test_an_acceptance_is_taken_back_within_ten_minutes(
    session, write, suggest, accept, stands, author, reader, text_of, written
):
    if written:
        write(written)
    made = suggest()
    entry = accept(made)
    with pytest.raises(TooLateToUndo):
        actions.undo(session, stands(reader), made, entry)
    actions.undo(session, stands(author), made, entry)
    assert (text_of() or "") == written
    assert (made.state, made.taken_version) == (SuggestionState.OPEN, None)
    assert told(session, reader) == []
    assert made.id in deadlines.under_way(session, Subject.SUGGESTION, [made.id])


def test_an_acceptance_stays_once_somebody_wrote_on_it(session, write, suggest, accept, stands, author):
    made = suggest()
    entry = accept(made)
    write("Autre chose.")
    with pytest.raises(TooLateToUndo):
        actions.undo(session, stands(author), made, entry)
    made = suggest("Encore une idée.")
    entry = accept(made)
    with at(now() + timedelta(minutes=11)), pytest.raises(TooLateToUndo):
        actions.undo(session, stands(author), made, entry)


def test_a_decline_is_taken_back(session, suggest, stands, author, reader):
    made = suggest()
    entry = actions.decline(session, stands(author), made, "Non merci.")
    actions.undo(session, stands(author), made, entry)
    assert (made.state, made.word) == (SuggestionState.OPEN, "")
    assert told(session, reader) == []
    first = session.exec(select(Entry).where(Entry.verb == "suggest")).one()
    with pytest.raises(TooLateToUndo):
        actions.undo(session, stands(author), made, first)


def test_only_its_author_and_the_editors_see_it(session, project, suggest, author, reader, make, stands):
    made = suggest()
    for who in (author, reader, make.moderator("09")):
        assert suggestions.get(session, who, project.id, made.id) is made
        assert suggestions.open_beside(session, stands(who), project) == {"context": [made]}
    for who in (make(User), make.moderator("01")):
        assert suggestions.open_beside(session, stands(who), project) == {}
        with pytest.raises(NotFound):
            suggestions.get(session, who, project.id, made.id)


def test_its_author_learns_what_became_of_it_even_when_the_project_is_gone(session, project, suggest, reader):
    made = suggest()
    project.moderation, project.published_at = Moderation.WITHDRAWN, None
    session.flush()
    with pytest.raises(NotFound):
        queries.get(session, reader, project.id)
    assert suggestions.get(session, reader, project.id, made.id) is made


def test_ideas_wait_in_reasonable_number(suggest, make):
    for number in range(actions.MOST_OPEN):
        suggest(f"Idée numéro {number}.")
    with pytest.raises(TooManyOpen):
        suggest("Une de plus.")
    suggest("La mienne.", by=make(User))


def test_a_theme_is_only_remarked_upon(suggest):
    with pytest.raises(Invalid):
        suggest("L’eau", SuggestionKind.ADDITION, sections.BY_NAME["theme"])
    suggest("Plutôt l’eau que les déchets, non ?", SuggestionKind.REMARK, sections.BY_NAME["theme"])


def test_a_rewriting_changes_something(write, suggest):
    with pytest.raises(Invalid):
        suggest("Autrement dit.", SuggestionKind.REWRITING)
    write(ONCE)
    with pytest.raises(Invalid):
        suggest(ONCE, SuggestionKind.REWRITING)


def test_the_idea_itself_takes_suggestions(session, project, suggest, accept):
    made = suggest("Et l’école ?", kind=sections.IDEA)
    before = project.summary
    accept(made)
    assert project.summary == f"{before}\n\nEt l’école ?"
