"""What an open thing is about, wherever it waits: a title, the page that acts, where it is, and who is concerned.

Each domain's things are read for many at once, in the language of whoever reads.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy.orm import joinedload
from sqlmodel import Session, col, select

from app.assistance.models import AssistanceRequest
from app.contributions import queries as contributions
from app.contributions.models import Contribution
from app.contributions.wording import summer_hint
from app.deliveries.models import Delivery
from app.journal.models import Subject
from app.kernel.database import related
from app.kernel.i18n import gettext as _
from app.kernel.i18n import label
from app.missions.models import Mission
from app.news.models import NewsItem
from app.news.queries import with_place as news_with_place
from app.news.rules import region_of
from app.organisations.models import Membership, Organisation
from app.organisations.rules import MOROCCO
from app.projects.models import Need, Project
from app.projects.queries import with_place
from app.projects.suggesting.models import Suggestion
from app.relays.calls import queries as calls
from app.relays.calls import wording as call_wording
from app.relays.calls.models import GroupedCall
from app.relays.models import KnownPerson, Relay
from app.territories.models import Commune
from app.threads.models import Post


@dataclass(frozen=True)
class Thing:
    title: str
    path: str
    """Of the page that acts, without the language."""
    place: str = ""
    region: str | None = None
    country: str | None = None
    """Whose moderators look after it: of the one or of the other."""
    concerns: int | None = None
    """The account that moderators decide about: nobody decides about themselves."""
    hint: str = ""
    """What would help just now, in the reader's language."""


Read = Callable[[Session, Collection[int]], Mapping[int, Thing]]


def contributions_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    return {one.id: of_contribution(one, hint=summer_hint(one)) for one in contributions.whole(session, ids)}


def of_contribution(one: Contribution, path: str = "", hint: str = "") -> Thing:
    project = one.need.project
    return Thing(
        title=project.title,
        path=path or f"/contributions/{one.id}",
        place=project.commune.full_name,
        region=project.commune_code[:2],
        country=one.profile.country,
        concerns=one.profile.owner_id,
        hint=hint,
    )


def projects_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    rows = session.exec(with_place(select(Project).where(col(Project.id).in_(ids)))).all()
    return {
        one.id: Thing(
            title=one.title,
            path=f"/projects/{one.id}#moderation",
            place=one.commune.full_name,
            region=one.commune_code[:2],
        )
        for one in rows
    }


def suggestions_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    rows = session.exec(
        select(Suggestion.id, Suggestion.project_id, Suggestion.author_id).where(col(Suggestion.id).in_(ids))
    ).all()
    about = projects_read(session, {project for _one, project, _author in rows})
    return {
        one: replace(about[project], path=f"/projects/{project}/suggestions/{one}", concerns=author)
        for one, project, author in rows
    }


def news_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    rows = session.exec(news_with_place(select(NewsItem).where(col(NewsItem.id).in_(ids)))).all()
    return {one.id: Thing(title=one.title, path=f"/news/{one.id}", region=region_of(one)) for one in rows}


def memberships_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    organisation = joinedload(related(Membership.organisation))
    rows = session.exec(
        select(Membership)
        .where(col(Membership.id).in_(ids))
        .options(
            organisation.joinedload(related(Organisation.commune)),
            organisation.joinedload(related(Organisation.province)),
            organisation.joinedload(related(Organisation.region)),
        )
    ).all()
    return {one.id: _membership(one) for one in rows}


def _membership(one: Membership) -> Thing:
    organisation = one.organisation
    in_morocco = organisation.country == MOROCCO
    return Thing(
        title=label(organisation),
        path=f"/desk?kind=organisation#organisation-{one.id}",
        place=organisation.place,
        region=organisation.region_code if in_morocco else None,
        country=None if in_morocco else organisation.country,
        concerns=one.user_id,
    )


def assistance_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    rows = session.exec(select(AssistanceRequest).where(col(AssistanceRequest.id).in_(ids))).all()
    return {one.id: Thing(title=_titled(one), path=f"/desk?kind={one.kind}#{one.kind}-{one.id}") for one in rows}


def _titled(one: AssistanceRequest) -> str:
    if one.phone:
        return _("Une personne attend un appel (%(hour)s)") % {"hour": one.hour}
    return _("Un avis sur une page")


def missions_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    rows = session.exec(select(Mission.id, Mission.contribution_id).where(col(Mission.id).in_(ids))).all()
    about = {one.id: one for one in contributions.whole(session, {number for _mission, number in rows})}
    return {mission: of_contribution(about[number], f"/missions/{mission}") for mission, number in rows}


def deliveries_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    rows = session.exec(select(Delivery.id, Delivery.contribution_id).where(col(Delivery.id).in_(ids))).all()
    about = {one.id: one for one in contributions.whole(session, {number for _delivery, number in rows})}
    return {delivery: of_contribution(about[number]) for delivery, number in rows}


def posts_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    """By what is talked about; the page is the conversation."""
    posts = session.exec(select(Post).where(col(Post.id).in_(ids)).options(joinedload(related(Post.thread)))).all()
    reads: dict[Subject, Read] = {
        Subject.PROJECT: projects_read,
        Subject.NEED: _needs_read,
        Subject.CONTRIBUTION: contributions_read,
        Subject.NEWS: news_read,
    }
    found: dict[int, Thing] = {}
    for kind, read in reads.items():
        here = [post for post in posts if post.thread.subject_kind is kind]
        about = read(session, {post.thread.subject_id for post in here}) if here else {}
        for post in here:
            if thing := about.get(post.thread.subject_id):
                path = f"/conversations/{kind}/{post.thread.subject_id}#post-{post.id}"
                found[post.id] = replace(thing, path=path, concerns=post.author_id)
    return found


def _needs_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    rows = session.exec(select(Need.id, Need.project_id).where(col(Need.id).in_(ids))).all()
    about = projects_read(session, {project for _need, project in rows})
    return {need: about[project] for need, project in rows}


def relays_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    rows = session.exec(select(Relay.id, Relay.need_id).where(col(Relay.id).in_(ids))).all()
    about = _needs_read(session, {need for _relay, need in rows})
    return {relay: replace(about[need], path=f"/relays/{relay}") for relay, need in rows}


def known_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    commune = joinedload(related(KnownPerson.commune)).joinedload(related(Commune.province))
    rows = session.exec(select(KnownPerson).where(col(KnownPerson.id).in_(ids)).options(commune)).all()
    return {
        one.id: Thing(
            title=one.occupation,
            path=f"/relays/known/{one.id}",
            place=one.commune.full_name,
            region=one.commune_code[:2],
        )
        for one in rows
    }


def calls_read(session: Session, ids: Collection[int]) -> Mapping[int, Thing]:
    rows = session.exec(select(GroupedCall).where(col(GroupedCall.id).in_(ids))).all()
    communes = calls.communes_of(session, ids)
    return {one.id: _of_call(one, communes.get(one.id, [])) for one in rows}


def _of_call(call: GroupedCall, communes: Sequence[Commune]) -> Thing:
    """Where its first commune is: its moderators know the makers."""
    return Thing(
        title=call_wording.title(call),
        path=f"/relays/calls/{call.id}",
        region=communes[0].code[:2] if communes else None,
    )
