"""What people, groups and associations can bring: written when they came, gone over later."""

from functools import partial

from app.demonstration.content import Abilities, Collective, Organisation, Person
from app.demonstration.story import Story, Turn, ticked
from app.profiles import actions, chips, groups
from app.profiles.forms import Answers, GroupForm, ProfileForm
from app.profiles.models import Visibility
from app.territories.models import Commune

MODES = {"onsite": "on_site", "remote": "remote"}


def plan(story: Story, people: list[Person], collectives: list[Collective], organisations: list[Organisation]) -> None:
    joined = {person.key: person.joined_days_ago for person in people}
    verified = {organisation.key: organisation.verified_days_ago for organisation in organisations}
    for person in people:
        if person.profile is not None:
            story.plan(person.joined_days_ago, Turn.PROFILE, partial(_write, story, person, person.profile))
            _plan_later(story, person.key, person.key, person.profile, person, person.joined_days_ago)
    for collective in collectives:
        begun = (verified[collective.organisation] if collective.organisation else None) or joined[collective.contact]
        story.plan(begun, Turn.PROFILE, partial(_found, story, collective))
        _plan_later(story, collective.key, collective.contact, collective, collective, begun)
        for member in collective.members:
            story.plan(min(begun, joined[member]), Turn.JOINED, partial(_join, story, collective, member))


def _plan_later(story: Story, key: str, owner: str, told: Abilities, lives: Person | Collective, begun: int) -> None:
    if told.not_meant or told.also_meant:
        story.plan(begun, Turn.PROFILE, partial(_correct, story, key, owner, told))
    if told.visibility is not Visibility.CARD:
        day = told.updated_days_ago if told.visibility is Visibility.HIDDEN else begun
        story.plan(day, Turn.SEEN, partial(_show, story, key, owner, told.visibility))
    if told.updated_days_ago < begun:
        story.plan(told.updated_days_ago, Turn.PROFILE, partial(_go_over, story, key, owner, told, lives))


def _write(story: Story, person: Person, told: Abilities) -> None:
    form = ProfileForm.model_validate(_fields(told, person))
    story.profiles[person.key] = actions.create(story.session, story.users[person.key], form, _answers(story, told))


def _found(story: Story, told: Collective) -> None:
    form = GroupForm.model_validate(_fields(told, told) | _shared(story, told))
    contact = story.users[told.contact]
    story.profiles[told.key] = actions.create_shared(story.session, contact, form, _answers(story, told))


def _go_over(story: Story, key: str, owner: str, told: Abilities, lives: Person | Collective) -> None:
    profile = story.profiles[key]
    fields = _fields(told, lives) | {"version": profile.version}
    form = (
        GroupForm.model_validate(fields | _shared(story, told))
        if isinstance(told, Collective)
        else ProfileForm.model_validate(fields)
    )
    actions.edit(story.session, story.users[owner], profile, form, _answers(story, told))


def _correct(story: Story, key: str, owner: str, told: Abilities) -> None:
    profile = story.profiles[key]
    actions.correct_chips(
        story.session, story.users[owner], profile, ticked(story.session, chips.shown(story.session, profile), told)
    )


def _show(story: Story, key: str, owner: str, visibility: Visibility) -> None:
    actions.show_as(story.session, story.users[owner], story.profiles[key], visibility)


def _join(story: Story, told: Collective, member: str) -> None:
    groups.join(story.session, story.users[member], story.profiles[told.key])


def _fields(told: Abilities, lives: Person | Collective) -> dict[str, object]:
    return {
        "abilities": told.can_do,
        "modes": [MODES[mode] for mode in told.modes],
        "country": lives.country,
        "town": lives.town,
        "occupation": told.occupation,
        "availability": told.availability,
        "themes": told.themes,
        "other": told.also_bring,
    }


def _shared(story: Story, told: Collective) -> dict[str, object]:
    organisation = story.organisations[told.organisation].id if told.organisation else None
    return {"name": told.name, "organisation": organisation}


def _answers(story: Story, told: Abilities) -> Answers:
    communes = [story.session.get_one(Commune, code) for code in told.ties]
    return Answers(communes, told.spoken)
