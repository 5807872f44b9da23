"""The offers of a need side by side, as whoever chooses reads them: nameless where the rules say so, in a number of
queries that does not grow with theirs."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from app.contributions import cards, documents, queries, reasons, rules, talking, wording
from app.contributions.documents import Shown
from app.contributions.models import Contribution, State
from app.contributions.reasons import Why
from app.contributions.rules import Party, Ties, Verb
from app.deadlines.wording import Next
from app.journal.models import Subject
from app.profiles.cards import Card, card
from app.profiles.queries import theme_labels
from app.profiles.rules import Level
from app.projects.models import Need
from app.threads import queries as talk
from app.threads.queries import ThreadView

DECIDED = frozenset({Verb.ACCEPT, Verb.DECLINE})
"""What a team does to several at once."""


@dataclass(frozen=True)
class Compared:
    contribution: Contribution
    person: str
    """A name only for those who may know it."""
    card: Card | None
    why: Why
    state: str
    state_kind: str
    next: Next | None
    conversation: ThreadView
    documents: Sequence[Shown]
    can_decide: bool

    @property
    def languages(self) -> Sequence[str]:
        return self.card.languages if self.card else ()

    @property
    def availability(self) -> str:
        return self.card.availability if self.card else ""

    @property
    def places(self) -> Sequence[str]:
        return self.card.places if self.card else ()


@dataclass(frozen=True)
class Comparison:
    offers: Sequence[Compared]
    """To be decided first, then the waiting list, then whoever said yes already."""

    def has(self, name: str) -> bool:
        """Whether anybody has something to show there: nothing is compared that nobody said."""
        return any(getattr(one, name) for one in self.offers)

    @property
    def has_objects(self) -> bool:
        return any(one.contribution.pledged for one in self.offers)

    @property
    def has_messages(self) -> bool:
        return any(one.contribution.message for one in self.offers)

    @property
    def can_decide(self) -> bool:
        return any(one.can_decide for one in self.offers)


_ORDER = (State.APPROVED, State.WAITING_LIST, State.PROPOSED, State.ACCEPTED)


def comparison(session: Session, ties: Ties, need: Need) -> Comparison:
    found = [one for one in queries.of_need(session, ties, need) if one.state in rules.LIVE]
    found.sort(key=lambda one: (_ORDER.index(one.state), one.id))
    themes = theme_labels(session)
    concepts = reasons.concepts_of(session, [one.reasons for one in found])
    papers = documents.of_contributions(session, ties, found)
    talks = talk.threads(session, Subject.CONTRIBUTION, {one.id: talking.seat(ties, one) for one in found})
    offers = []
    for one in found:
        level, sides = rules.level(ties, one), rules.parties(ties, one)
        offers.append(
            Compared(
                one,
                cards.person_for(ties, one),
                card(one.profile, level, themes) if level is not Level.NOTHING else None,
                reasons.say(one.reasons, concepts, level, one.profile.owner.name, one.profile.name),
                wording.state_label(one.state),
                wording.STATE_KINDS[one.state],
                cards.card(ties, one, {}).next,
                talks[one.id],
                papers[one.id],
                Party.TEAM in sides and not DECIDED.isdisjoint(rules.open_verbs(ties, one)),
            )
        )
    return Comparison(offers)


def working(session: Session, contribution: Contribution) -> Sequence[Contribution]:
    """Those who said yes to the same need and of whom the team said who does what, this one first."""
    accepted = queries.accepted(session, contribution.need_id)
    shown: Collection[Contribution] = [one for one in accepted if one.part]
    return sorted(shown, key=lambda one: one.id != contribution.id)
