"""How long each step took, from the journal: between one move and the next of the same thing, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import text
from sqlmodel import Session

from app.contributions.models import Origin
from app.contributions.rules import TURNS
from app.deadlines.steps import Step
from app.journal.models import Subject
from app.kernel.database import now
from app.news.models import NewsState
from app.organisations.models import MembershipState
from app.projects.rules import MOVES
from app.projects.rules import STEPS as PROJECT_STEPS

YEAR = timedelta(days=365)

PHASES: Sequence[tuple[Subject, str, str, Step]] = (
    *((Subject.CONTRIBUTION, state, Origin.OFFER, turn.offer) for state, turn in TURNS.items()),
    *((Subject.CONTRIBUTION, state, Origin.INVITATION, turn.invitation) for state, turn in TURNS.items()),
    *((Subject.PROJECT, state, "", step) for state, step in PROJECT_STEPS.items()),
    (Subject.MEMBERSHIP, MembershipState.WAITING, "", Step.SPEAKER_VERIFIED),
    (Subject.NEWS, NewsState.WAITING, "", Step.NEWS_READ),
)
"""In which state a thing is while a step waits; a contribution also by who began it."""

_VERBS = (*MOVES, "post")
"""Of projects: their stages and languages are in the journal, too, and are no steps."""

_PHASES = ", ".join(f"('{kind}', '{state}', '{origin}', '{step}')" for kind, state, origin, step in PHASES)
_TIMES = text(f"""
    WITH moved AS (
        SELECT subject_kind AS kind, subject_id, to_state AS state, at,
               lead(at) OVER (PARTITION BY subject_kind, subject_id ORDER BY id) AS until
        FROM journal_entry
        WHERE undone_at IS NULL AND verb NOT LIKE 'undo%' AND to_state IS DISTINCT FROM from_state
          AND to_state IS NOT NULL AND at > :since
          AND (subject_kind IN ('contribution', 'membership', 'news')
               OR subject_kind = 'project' AND verb = ANY(:verbs))
    ), taken AS (
        SELECT phase.step,
               left(coalesce(project.commune_code, organisation.region_code, news_item.region_code,
                             news_item.province_code, news_item.commune_code), 2) AS region,
               CAST(date_trunc('month', moved.until AT TIME ZONE 'Africa/Casablanca') AS date) AS month,
               extract(epoch FROM moved.until - moved.at) / 86400 AS days
        FROM moved
        LEFT JOIN contribution ON moved.kind = 'contribution' AND contribution.id = moved.subject_id
        LEFT JOIN need ON need.id = contribution.need_id
        LEFT JOIN project ON project.id = coalesce(
            need.project_id, CASE moved.kind WHEN 'project' THEN moved.subject_id END)
        LEFT JOIN membership ON moved.kind = 'membership' AND membership.id = moved.subject_id
        LEFT JOIN organisation ON organisation.id = membership.organisation_id
        LEFT JOIN news_item ON moved.kind = 'news' AND news_item.id = moved.subject_id
        JOIN (VALUES {_PHASES}) AS phase(kind, state, origin, step)
          ON phase.kind = moved.kind AND phase.state = moved.state
         AND phase.origin = coalesce(contribution.origin, '')
        WHERE moved.until IS NOT NULL
    )
    SELECT step, region, month, count(*) AS times,
           percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS median,
           percentile_cont(0.9) WITHIN GROUP (ORDER BY days) AS ninetieth
    FROM taken WHERE :region = '' OR region = :region
    GROUP BY GROUPING SETS ((step), (step, region), (step, month))
    ORDER BY step, region NULLS FIRST, month NULLS FIRST
""")  # noqa: S608  only names of our own


@dataclass(frozen=True)
class Taken:
    """How long a step took: half of the times no longer than the median, nine of ten no longer than the other."""

    step: Step
    region: str | None
    month: date | None
    times: int
    median: float
    ninetieth: float


def times(session: Session, region: str = "", since: datetime | None = None) -> list[Taken]:
    """Each step as a whole (neither region nor month), by region, and by the month in which it was over; of a year."""
    values = {"since": since or now() - YEAR, "verbs": list(_VERBS), "region": region}
    return [
        Taken(Step(row.step), row.region, row.month, row.times, float(row.median), float(row.ninetieth))
        for row in session.execute(_TIMES, values)
    ]
