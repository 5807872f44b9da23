"""Day after day: people begin things, answer when they would, are reminded, and messages leave."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage
from random import Random

from sqlalchemy import Engine
from sqlmodel import Session, select

from app.accounts.models import User
from app.contributions.models import DeclineReason
from app.deadlines.models import OpenStep
from app.deadlines.steps import Level
from app.journal.models import Subject
from app.kernel.assets import Assets
from app.kernel.database import at
from app.kernel.errors import Refusal
from app.kernel.i18n import ZONE
from app.kernel.settings import ROOT, Settings
from app.kernel.templating import create_environment
from app.notifications.delivery import deliver_due
from app.notifications.digests import gather_due
from app.reminders import closing, people
from app.reminders.actions import remind_due
from app.reminders.registry import WAITS
from app.simulation.answering import ACTS, WORD
from app.simulation.beginning import begin
from app.simulation.people import World, settle
from app.worker import STEPS, remind, until_done

WORKS, SENDS = time(9), time(11)
"""Hours in Morocco: when people act, and when the worker is asked."""
CHASED = {Level.LATE: 0.35, Level.MODERATOR: 0.35, Level.STUCK: 0.5}
"""Of those who would never have answered, how many do once they, or somebody for them, are reminded; of what is stuck,
how much a moderator closes in a month."""

Key = tuple[Subject, int, datetime]


@dataclass
class Planned:
    """Who will act on a step, and on which day; never, for the silent."""

    reached: Level | None
    day: date | None
    actor: int | None
    closes: bool = False
    """A moderator ends what is stuck."""


@dataclass
class Simulated:
    """What happened, besides what the database tells."""

    sent: list[tuple[str, str]] = field(default_factory=list)
    """Address and Message-ID of every message that left."""
    refused: dict[str, int] = field(default_factory=dict)
    acted: int = 0


def simulate(
    engine: Engine, settings: Settings, *, months: int, communes: int, contributors: int, seed: int, told: Simulated
) -> Iterator[float]:
    """In an empty database; yields how much of it is over."""
    dice, days = Random(seed), months * 30  # noqa: S311  dice, not secrets
    first = datetime.now(ZONE).date() - timedelta(days=days)
    templates = create_environment(Assets(ROOT / "frontend"))
    with at(datetime.combine(first, WORKS, ZONE)), Session(engine) as session:
        world = settle(session, dice, communes, contributors)
    plans: dict[Key, Planned] = {}
    for number in range(days):
        day = first + timedelta(days=number)
        with at(datetime.combine(day, WORKS, ZONE)):
            with Session(engine) as session:
                begin(session, dice, world, told.refused)
                session.commit()
            with Session(engine) as session:
                _plan(session, dice, world, plans, day)
                _act(session, dice, plans, day, told)
                session.commit()
        with at(datetime.combine(day, SENDS, ZONE)):
            while remind_due(engine):
                pass
            remind(engine)
            for step in STEPS:
                until_done(engine, step)
            while gather_due(engine):
                pass
            deliver_due(engine, settings, templates, lambda email: _keep(told, email))
        yield (number + 1) / days


def _keep(told: Simulated, email: EmailMessage) -> None:
    told.sent.append((str(email["To"]), str(email["Message-ID"])))


def _plan(session: Session, dice: Random, world: World, plans: dict[Key, Planned], day: date) -> None:
    """Of each step that is new, or whose owner was reminded since: who will act, and when."""
    rows = session.exec(select(OpenStep).order_by(OpenStep.subject_kind, OpenStep.subject_id)).all()  # type: ignore[arg-type]
    for row in rows:
        key = row.subject_kind, row.subject_id, row.since
        known = plans.get(key)
        if row.step not in ACTS or (known and (known.reached is row.reached or known.day is not None)):
            continue
        begins = max(day, row.since.astimezone(ZONE).date())
        if known is None:
            plans[key] = _first(session, dice, world, row, begins)
        else:
            known.reached = row.reached
            if row.reached in CHASED and dice.random() < CHASED[row.reached]:
                known.day = day + timedelta(days=dice.randrange(1, 30 if row.reached is Level.STUCK else 6))
                known.closes = row.reached is Level.STUCK
    alive = {(row.subject_kind, row.subject_id, row.since) for row in rows}
    for gone in plans.keys() - alive:
        del plans[gone]


def _first(session: Session, dice: Random, world: World, row: OpenStep, begins: date) -> Planned:
    owners = WAITS[row.step].owners
    found = owners(session, row.subject_id) if owners else _moderators(session, row)
    if not found:
        return Planned(row.reached, None, None)
    actor = dice.choice(list(found))
    temper = world.tempers.get(actor.id)
    if temper is None or temper.is_silent:
        return Planned(row.reached, None, actor.id)
    return Planned(row.reached, begins + timedelta(days=1 + int(dice.expovariate(1 / temper.days))), actor.id)


def _moderators(session: Session, row: OpenStep) -> list[User]:
    thing = WAITS[row.step].read(session, [row.subject_id]).get(row.subject_id)
    return list(people.moderators(session, thing)) if thing else []


def _act(session: Session, dice: Random, plans: dict[Key, Planned], day: date, told: Simulated) -> None:
    for (kind, number, since), planned in list(plans.items()):
        if planned.day is None or planned.day > day or planned.actor is None:
            continue
        row = session.get(OpenStep, (kind, number), populate_existing=True)
        if row is None or row.since != since:  # it moved earlier today
            continue
        try:
            with session.begin_nested():
                if planned.closes:
                    moderator = _moderators(session, row)[0]
                    closing.close(session, moderator, row, DeclineReason.OTHER, WORD)
                else:
                    ACTS[row.step](session, dice, session.get_one(User, planned.actor), number)
            told.acted += 1
        except Refusal as error:
            told.refused[type(error).__name__] = told.refused.get(type(error).__name__, 0) + 1
            planned.day = None
