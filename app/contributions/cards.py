"""What lists, the desk and the head of a page say of one contribution, in the words of whoever reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.contact import shown_phone
from app.accounts.models import User
from app.contributions import rules, wording
from app.contributions.models import Contribution, DeclineReason, Origin
from app.contributions.rules import Party, Ties
from app.journal.models import Entry
from app.kernel.database import now
from app.kernel.i18n import ZONE, format_moment, label
from app.kernel.i18n import gettext as _
from app.matching.chips import ChipState
from app.profiles.rules import Level
from app.projects.models import Need


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
    headline: str
    state: str
    state_kind: str
    next: wording.Next | None


def card(ties: Ties, contribution: Contribution) -> ContributionCard:
    sides = rules.parties(ties, contribution)
    need, project = contribution.need, contribution.need.project
    person = person_for(ties, contribution)
    return ContributionCard(
        id=contribution.id,
        project_id=project.id,
        title=project.title,
        title_language=project.language,
        place=project.commune.full_name,
        need=wording.shortened(need.text),
        person=person,
        headline=_headline(contribution, Party.CONTRIBUTOR in sides, person),
        state=wording.state_label(contribution.state),
        state_kind=wording.STATE_KINDS[contribution.state],
        next=wording.next_step(contribution, sides, now().astimezone(ZONE).date()),
    )


def person_for(ties: Ties, contribution: Contribution) -> str:
    return wording.person_name(contribution.profile, rules.level(ties, contribution) is Level.FULL)


def _headline(contribution: Contribution, own: bool, person: str) -> str:
    if contribution.origin is Origin.OFFER:
        return _("Vous proposez votre aide") if own else _("%(person)s propose son aide") % {"person": person}
    return _("On vous invite à aider") if own else _("Invitation : %(person)s") % {"person": person}


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
    lines = []
    for entry in entries:
        what = wording.move_label(entry)
        if reason := entry.data.get("reason"):
            what = _("%(what)s : %(reason)s") % {
                "what": what,
                "reason": wording.reason_label(DeclineReason(reason)).lower(),
            }
        who = own.get(entry.actor_id) or names.get(entry.actor_id, "") if entry.actor_id else ""
        lines.append((format_moment(entry.at), what, who, entry.note))
    return lines


def need_chips(need: Need) -> list[str]:
    return [label(chip.concept) for chip in need.chips if chip.state is not ChipState.REMOVED]
