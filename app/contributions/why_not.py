"""“Why not?”: for whoever misses somebody in a list, where that person stands and what keeps them from it.

Whoever asks learns no more of a person than the card shows them elsewhere: by name and by e-mail a moderator finds
those whom they look after; the others are found by the number of their card, or by what stands at its head.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from sqlalchemy import ColumnElement, func, literal_column, or_
from sqlmodel import Session, col, select

from app.accounts.models import User
from app.contributions import facts, queries, reasons, rules, sides
from app.contributions.facts import Invited
from app.contributions.ranking import Ranked, rank_people
from app.contributions.reasons import Why
from app.contributions.rules import Ties
from app.contributions.suggestions import level_of
from app.kernel.folding import fold
from app.kernel.i18n import gettext as _
from app.kernel.i18n import ngettext, number
from app.matching import explanation, objections
from app.matching.explanation import Reason
from app.profiles import rules as profiles
from app.profiles.cards import Card, FullCard, card
from app.profiles.masking import nameless
from app.profiles.models import Profile
from app.profiles.queries import theme_labels, whole
from app.profiles.rules import Level
from app.projects.models import Need

SHOWN = 5
"""Most people that one is shown for the same words."""
LOOKED_AT = 200
_MARKS = "[\u0300-\u036f\u064b-\u065f]"


@dataclass(frozen=True)
class Answer:
    card: Card
    sentences: Sequence[str]
    why: Why

    @property
    def name(self) -> str:
        return self.card.name if isinstance(self.card, FullCard) else self.card.title


def why_not(session: Session, need: Need, ties: Ties, words: str) -> list[Answer]:
    """The people whom these words may mean, as far as this reader may know of them."""
    found = _known(session, need, ties, words)
    if not found:
        return []
    ids = [profile.id for profile, _card in found]
    wrong = reasons.wrong_of(session, [need.id], ids)
    why = {profile.id: reasons.find(need, profile, wrong) for profile, _card in found}
    concepts = reasons.concepts_of(session, why.values())
    standing = _Standing(
        rank_people(session, need),
        objections.wrong_people(session, need.id),
        {user.id for user in sides.team_of(session, need.project)},
    )
    often = facts.invited(session, ids, need.id)
    answers = []
    for profile, shown in found:
        level = Level.FULL if isinstance(shown, FullCard) else Level.CARD
        sentences = standing.say(profile, why[profile.id])
        if not any(reason["kind"] == "covered" for reason in why[profile.id]):
            sentences += _nearest(need, profile, level)
        if rules.looks_after(ties.user, need.project, profile):
            sentences += _asked_already(often.get(profile.id, Invited()))
        answers.append(
            Answer(shown, sentences, reasons.say(why[profile.id], concepts, level, profile.owner.name, profile.name))
        )
    return answers


def _known(session: Session, need: Need, ties: Ties, words: str) -> list[tuple[Profile, Card]]:
    rows = _meant(session, words)
    between = {
        one.profile_id: one for one in queries.latest_between(session, [need.id], [profile.id for profile in rows])
    }
    themes = theme_labels(session)
    known = []
    for profile in rows:
        level = level_of(ties, need.project, profile, between.get(profile.id))
        if level is Level.NOTHING or (profiles.is_withdrawn(profile) and not _looked_after(ties, need, profile)):
            continue
        shown = card(profile, level, themes)
        if _is_meant(shown, profile, words, _looked_after(ties, need, profile)):
            known.append((profile, shown))
    return known[:SHOWN]


def _meant(session: Session, words: str) -> Sequence[Profile]:
    """All whom these words may mean, for whoever may know everything."""
    pattern = f"%{fold(words).replace('%', '').replace('_', '')}%"
    named = (_folded(column).like(pattern) for column in (User.name, Profile.name, Profile.occupation))
    said: ColumnElement[bool] = or_(func.lower(User.email) == words.lower(), *named)
    if card_number := _card_number(words):
        said = col(Profile.id) == card_number
    return session.exec(
        select(Profile)
        .join(User, col(User.id) == Profile.owner_id)
        .where(said, col(Profile.abilities) != "")
        .options(*whole())
        .order_by(User.name, col(Profile.id))
        .limit(LOOKED_AT)
    ).all()


def _is_meant(shown: Card, profile: Profile, words: str, looked_after: bool) -> bool:
    """By what this reader is shown of them: a masked headline must not tell a name by being found."""
    if _card_number(words) == profile.id:
        return True
    said = [shown.title, shown.occupation]
    if isinstance(shown, FullCard):
        said += [shown.name, shown.contact]
    if looked_after and words.lower() == (profile.owner.email or "").lower():
        return True
    return any(fold(words) in fold(one) for one in said)


def _card_number(words: str) -> int | None:
    digits = fold(words)
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


def _looked_after(ties: Ties, need: Need, profile: Profile) -> bool:
    return rules.looks_after(ties.user, need.project, profile)


def _folded(column: Any) -> ColumnElement[str]:
    """As the database can say what `fold` says: without accents, harakat and hamza seats."""
    bare = func.regexp_replace(func.normalize(func.lower(column), literal_column("NFKD")), _MARKS, "", "g")
    return func.translate(bare, "ىة", "يه")


@dataclass(frozen=True)
class _Standing:
    """Of everybody, for one need."""

    ranked: Sequence[Ranked]
    objected: Collection[int]
    team: Collection[int]
    """Accounts."""

    def say(self, profile: Profile, why: Sequence[Reason]) -> list[str]:
        if profile.owner_id in self.team:
            return [_("Cette personne est de l’équipe du projet.")]
        if profiles.is_withdrawn(profile):
            return [_("Cette personne a masqué son profil : elle n’est proposée nulle part.")]
        if profile.id in self.objected:
            return [_("La modération a dit que cette rencontre ne convient pas : elle n’est plus proposée.")]
        if any(reason["kind"] == "exclusion" for reason in why):
            return [_("Quelque chose empêche cette rencontre, quoi que la personne sache faire.")]
        able = [one for one in self.ranked if one.fit.excluded is None]
        place = next((place for place, one in enumerate(able, start=1) if one.id == profile.id), None)
        if place is None:
            return [_("Ce que cette personne a écrit ne répond pas assez à ce besoin.")]
        best = max(one.fit.competence for one in able)
        if not explanation.ties(why, able[place - 1].fit, best):
            return [_("Cette personne n’est pas proposée : aucun mot du métier ne la relie à ce besoin.")]
        rank = _("À la place %(rank)s sur %(of)s parmi les personnes qui pourraient aider.")
        return [rank % {"rank": number(place), "of": number(len(able))}]


def _nearest(need: Need, profile: Profile, level: Level) -> list[str]:
    found = explanation.nearest_words(reasons.need_document(need), facts.said(profile).document)
    if found is None:
        return []
    wanted, words = found
    if level is not Level.FULL:
        words = nameless(words, profile.owner.name, profile.name)
    named = {"words": Markup("<bdi>{}</bdi>").format(words), "wanted": Markup("<bdi>{}</bdi>").format(wanted)}
    return [Markup.escape(_("Ses mots les plus proches : « %(words)s », pour « %(wanted)s ».")) % named]


def _asked_already(invited: Invited) -> list[str]:
    """Why somebody as able comes later."""
    said = []
    if invited.this_month:
        said.append(
            ngettext(
                "Déjà une invitation ce mois-ci : à compétence voisine, d’autres passent avant.",
                "Déjà %(n)s invitations ce mois-ci : à compétence voisine, d’autres passent avant.",
                invited.this_month,
            )
            % {"n": number(invited.this_month)}
        )
    if invited.unanswered:
        said.append(
            ngettext(
                "Une invitation attend sa réponse.",
                "%(n)s invitations attendent sa réponse.",
                invited.unanswered,
            )
            % {"n": number(invited.unanswered)}
        )
    return said
