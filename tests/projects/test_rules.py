from datetime import timedelta

import pytest

from app.accounts.models import ModeratorScope, Role, User
from app.deadlines.models import OpenStep
from app.journal.models import Subject
from app.kernel.database import now
from app.kernel.i18n import speaking
from app.projects import rules
from app.projects.models import Moderation, Project, Stage
from app.projects.rules import MOVES, By, Standing
from tests.factories import ARBAA_SAHEL, OUISSELSATE

AUTHOR, ASSOCIATION, COMMUNE = 1, 10, 20


def project(**given):
    due_on = given.pop("due_on", now().date() + timedelta(days=2))
    found = Project(
        **{
            "id": 5,
            "author_id": AUTHOR,
            "organisation_id": ASSOCIATION,
            "commune_code": ARBAA_SAHEL,
            "title": "Une bibliothèque",
            "summary": "Des livres.",
            "language": "fr",
            "moderation": Moderation.WAITING,
            **given,
        }
    )
    if step := rules.STEPS.get(found.moderation):
        found.open_step = OpenStep(
            subject_kind=Subject.PROJECT, subject_id=5, step=step, since=found.moderation_since, due_on=due_on
        )
    return found


def person(number=99, role=Role.MEMBER, *regions):
    scopes = [ModeratorScope(user_id=number, region_code=region) for region in regions]
    return User(id=number, name="X", role=role, scopes=scopes, grants=[])


STANDINGS = {
    "passer-by": Standing(),
    "member": Standing(person()),
    "author": Standing(person(AUTHOR)),
    "colleague": Standing(person(), organisations=frozenset({ASSOCIATION})),
    "co-author": Standing(person(), is_co_author=True),
    "agent": Standing(person(), organisations=frozenset({COMMUNE}), communes=frozenset({ARBAA_SAHEL})),
    "neighbour": Standing(person(), organisations=frozenset({30}), communes=frozenset({OUISSELSATE})),
    "moderator": Standing(person(99, Role.MODERATOR, "09")),
    "moderator elsewhere": Standing(person(99, Role.MODERATOR, "08")),
    "administrator": Standing(person(99, Role.ADMINISTRATOR)),
}


def who(rule, it):
    return {name for name, standing in STANDINGS.items() if rule(standing, it)}


def test_who_may_edit():
    assert who(rules.can_edit, project()) == {"author", "colleague", "co-author", "moderator", "administrator"}
    endorsed = project(endorsed_by_id=COMMUNE)
    assert who(rules.can_edit, endorsed) == {*who(rules.can_edit, project()), "agent"}


def test_a_project_in_nobody_s_name_belongs_to_its_author_alone():
    assert who(rules.owns, project(organisation_id=None)) == {"author"}


def test_who_may_moderate():
    assert who(rules.can_moderate, project()) == {"moderator", "administrator"}


def test_only_the_commune_itself_endorses_what_all_can_read():
    assert who(rules.can_endorse, project(moderation=Moderation.PUBLISHED)) == {"agent"}
    assert who(rules.can_endorse, project()) == set()


MAY = {
    "publish": "moderator administrator",
    "ask": "moderator administrator",
    "return": "moderator administrator",
    "help": "moderator administrator",
    "unpublish": "moderator administrator",
    "answer": "author colleague co-author",
    "send_again": "author colleague co-author",
    "withdraw": "author colleague",
    "close": "moderator administrator",
}


@pytest.mark.parametrize("verb", MOVES)
def test_who_may_take_each_step(verb):
    assert who(lambda standing, it: rules.may_move(standing, it, MOVES[verb]), project()) == set(MAY[verb].split())


OPEN = {
    Moderation.WAITING: {"publish", "ask", "return", "help", "withdraw"},
    Moderation.QUESTION: {"publish", "ask", "return", "help", "withdraw", "answer"},
    Moderation.HELPING: {"publish", "ask", "return", "withdraw", "answer"},
    Moderation.RETURNED: {"publish", "help", "withdraw", "send_again"},
    Moderation.PUBLISHED: {"unpublish", "withdraw"},
    Moderation.WITHDRAWN: {"send_again"},
}


@pytest.mark.parametrize("state", Moderation)
def test_the_steps_that_each_state_allows(state):
    assert {verb for verb, move in MOVES.items() if rules.is_open(project(moderation=state), move)} == OPEN[state]


@pytest.mark.parametrize("stage", [Stage.OPEN, Stage.UNDER_WAY, Stage.REALISED])
def test_nobody_withdraws_what_others_were_called_upon_for(stage):
    assert not rules.is_open(project(moderation=Moderation.PUBLISHED, stage=stage), MOVES["withdraw"])


def test_no_state_is_a_dead_end():
    for state in Moderation:
        leaving = [move for move in MOVES.values() if state in move.sources and move.to is not state]
        assert leaving, state
        assert state is Moderation.PUBLISHED or any(move.by is not By.MODERATOR for move in leaving), state


NEXT = [
    (Moderation.WAITING, "moderator", "you"),
    (Moderation.WAITING, "author", "wait"),
    (Moderation.QUESTION, "author", "you"),
    (Moderation.QUESTION, "moderator", "wait"),
    (Moderation.RETURNED, "colleague", "you"),
    (Moderation.RETURNED, "moderator", "wait"),
    (Moderation.HELPING, "author", "you"),
    (Moderation.HELPING, "moderator", "you"),
    (Moderation.WITHDRAWN, "author", "you"),
    (Moderation.WITHDRAWN, "moderator", "wait"),
]


@pytest.mark.parametrize(("state", "name", "kind"), NEXT)
def test_each_side_sees_whose_turn_it_is(state, name, kind):
    since = now() - timedelta(hours=3)
    step = rules.who_acts_next(STANDINGS[name], project(moderation=state, moderation_since=since))
    assert (step.kind, step.since) == (kind, since)


def test_a_long_wait_for_a_moderator_is_shown_as_late():
    since = now() - timedelta(days=8)
    late = project(moderation_since=since, due_on=now().date() - timedelta(days=2))
    assert rules.who_acts_next(STANDINGS["author"], late).kind == "late"


@pytest.mark.parametrize("stage", Stage)
def test_a_published_project_says_who_acts_next_to_everybody_in_both_languages(stage):
    published = project(moderation=Moderation.PUBLISHED, stage=stage, published_at=now())
    for name, standing in STANDINGS.items():
        said = set()
        for locale in ("fr", "ar"):
            with speaking(locale):
                said.add(rules.who_acts_next(standing, published).sentence)
        assert len(said) == 2, name
