"""What lists, the desk and the head of a page say of one contribution, in the words of whoever reads."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from sqlmodel import Session

from app.accounts.contact import shown_phone
from app.accounts.models import User
from app.contributions import rules, wording
from app.contributions.models import Contribution, DeclineReason, Origin
from app.contributions.rules import Party, Ties
from app.deadlines.wording import Next
from app.journal.models import Entry
from app.kernel.i18n import current_locale, format_moment
from app.kernel.i18n import gettext as _
from app.profiles.rules import Level
from app.projects import chips as need_chips
from app.projects import needs, translating
from app.projects.models import Need, Translation
from app.projects.needs import NeedView
from app.projects.sections import IDEA
from app.taxonomy.naming import concept_name


@dataclass(frozen=True)
class ContributionCard:
    """`person` is a name only for those who may know it."""

    id: int
    project_id: int
    title: str
    title_language: str
    place: str
    need: str
    person: str
    headline: Markup
    """With the name apart: it may be in the other script."""
    state: str
    state_kind: str
    next: Next | None
    """While somebody must act."""


def card(ties: Ties, contribution: Contribution, titles: Mapping[int, str]) -> ContributionCard:
    """`titles`: of the projects, in the reader's language where somebody translated them."""
    sides = rules.parties(ties, contribution)
    need, project = contribution.need, contribution.need.project
    person = person_for(ties, contribution)
    return ContributionCard(
        id=contribution.id,
        project_id=project.id,
        title=titles.get(project.id, project.title),
        title_language=current_locale() if project.id in titles else project.language,
        place=project.commune.full_name,
        need=wording.shortened(need.text),
        person=person,
        headline=_headline(contribution, Party.CONTRIBUTOR in sides, person),
        state=wording.state_label(contribution.state),
        state_kind=wording.STATE_KINDS[contribution.state],
        next=wording.next_step(contribution, sides) if contribution.open_step else None,
    )


def person_for(ties: Ties, contribution: Contribution) -> str:
    return wording.person_name(contribution.profile, rules.level(ties, contribution) is Level.FULL)


def _headline(contribution: Contribution, own: bool, person: str) -> Markup:
    if own:
        is_offer = contribution.origin is Origin.OFFER
        return Markup.escape(_("Vous proposez votre aide") if is_offer else _("On vous invite à aider"))
    named = {"person": Markup("<bdi>{}</bdi>").format(person)}
    if contribution.origin is Origin.OFFER:
        return Markup.escape(_("%(person)s propose son aide")) % named
    return Markup.escape(_("Invitation : %(person)s")) % named


@dataclass(frozen=True)
class Contact:
    name: str
    email: str | None
    phone: str | None
    shown_phone: str


def contact(user: User) -> Contact:
    return Contact(user.name, user.email, user.phone, shown_phone(user.phone) if user.phone else "")


Line = tuple[str, str, str, str]


def history_lines(
    ties: Ties, contribution: Contribution, entries: Sequence[Entry], names: dict[int, str]
) -> list[Line]:
    """When, what, who and what they said; the person stays nameless here too, for those who may not know the name."""
    own = {contribution.profile.owner_id: person_for(ties, contribution)}
    lines: list[Line] = []
    for entry in entries:
        what = wording.move_label(entry)
        if reason := entry.data.get("reason"):
            what = _("%(what)s : %(reason)s") % {
                "what": what,
                "reason": wording.reason_label(DeclineReason(reason)).lower(),
            }
        who = own.get(entry.actor_id) or names.get(entry.actor_id, "") if entry.actor_id else ""
        said = entry.note if entry.note != contribution.message else ""  # shown at the top of the page
        lines.append((format_moment(entry.at), what, who, said))
    return lines


@dataclass(frozen=True)
class TitledNeed(NeedView):
    """A need away from the page of its project."""

    title: str
    title_language: str


def need_view(session: Session, need: Need) -> TitledNeed:
    """A need and the title of its project as this reader reads them: translated where somebody did."""
    return need_views(session, [need])[0]


def need_views(session: Session, shown: Sequence[Need]) -> list[TitledNeed]:
    """The same of many, in one query."""
    locale = current_locale()
    names = [IDEA.name, *(needs.text_of(need).name for need in shown)]
    said = translating.of_projects(session, {need.project_id for need in shown}, names, locale)
    return [_titled(need, said.get(need.project_id, {}), locale) for need in shown]


def _titled(need: Need, said: Mapping[str, Translation], locale: str) -> TitledNeed:
    project = need.project
    idea = said.get(IDEA.name) if project.language != locale else None
    return TitledNeed(
        need,
        translating.reading(needs.text_of(need), said, locale),
        [concept_name(concept) for concept in need_chips.read_as(need)],
        title=idea.content["title"] if idea else project.title,
        title_language=locale if idea else project.language,
    )


def titles_of(session: Session, contributions: Iterable[Contribution]) -> Mapping[int, str]:
    return translating.titles(session, [one.need.project for one in contributions], current_locale())
