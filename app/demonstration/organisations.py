"""Organisations: their first speaker names them and asks to speak for them, a moderator verifies both."""

from functools import partial

from sqlmodel import select

from app.demonstration.content import Organisation, Person
from app.demonstration.story import Story, Turn
from app.organisations import actions
from app.organisations.actions import Where
from app.organisations.models import Membership, MembershipState, OrganisationKind
from app.organisations.models import Organisation as OrganisationRow
from app.territories.models import Commune, Province


def plan(story: Story, organisations: list[Organisation], people: list[Person]) -> None:
    told = {organisation.key: organisation for organisation in organisations}
    for person in people:
        for key in person.speaks_for:
            organisation = told[key]
            asked = min(organisation.asked_days_ago, person.joined_days_ago)
            story.plan(asked, Turn.ASKED, partial(_ask, story, organisation, person))
            if organisation.verified_days_ago is not None:
                verified = min(organisation.verified_days_ago, asked)
                story.plan(verified, Turn.VERIFIED, partial(_verify, story, organisation, person))


def _ask(story: Story, told: Organisation, person: Person) -> None:
    if told.key not in story.organisations:
        story.organisations[told.key] = _named(story, told, person)
    organisation = story.organisations[told.key]
    actions.ask_to_speak(story.session, story.users[person.key], organisation, person.function)


def _named(story: Story, told: Organisation, person: Person) -> OrganisationRow:
    user = story.users[person.key]
    seat = story.session.get(Commune, told.commune) if told.commune else None
    territory = story.session.get(Province, told.province) if told.province else seat
    if territory is not None and told.kind in (OrganisationKind.COMMUNE, OrganisationKind.PROVINCE):
        return actions.of_territory(story.session, user, territory)
    return actions.declare(
        story.session,
        user,
        kind=told.kind,
        name_fr=told.name_fr,
        name_ar=told.name_ar,
        where=Where(seat, told.country, told.town),
        about=told.about_ar if person.language == "ar" else told.about_fr,
    )


def _verify(story: Story, told: Organisation, person: Person) -> None:
    membership = story.session.exec(
        select(Membership).where(
            Membership.organisation_id == story.organisations[told.key].id,
            Membership.user_id == story.users[person.key].id,
            Membership.state == MembershipState.WAITING,
        )
    ).one()
    actions.verify(story.session, story.users[told.verified_by or ""], membership)
