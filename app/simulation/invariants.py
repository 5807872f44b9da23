"""What must hold after any number of months, as statements that find what breaks it."""

from collections import Counter

from sqlalchemy import text
from sqlmodel import Session

from app.simulation.months import Simulated

WITHOUT_OWNER = """
    SELECT 'contribution ' || id FROM contribution
    WHERE state IN ('proposed', 'approved', 'waiting_list')
      AND NOT EXISTS (SELECT FROM open_step WHERE subject_kind = 'contribution' AND subject_id = contribution.id)
    UNION ALL SELECT 'mission ' || id FROM mission
    WHERE state IN ('proposed', 'agreed', 'held')
      AND NOT EXISTS (SELECT FROM open_step WHERE subject_kind = 'mission' AND subject_id = mission.id)
    UNION ALL SELECT 'project ' || id FROM project
    WHERE moderation IN ('waiting', 'question', 'returned', 'helping')
      AND NOT EXISTS (SELECT FROM open_step WHERE subject_kind = 'project' AND subject_id = project.id)
    UNION ALL SELECT 'suggestion ' || id FROM suggestion
    WHERE state = 'open'
      AND NOT EXISTS (SELECT FROM open_step WHERE subject_kind = 'suggestion' AND subject_id = suggestion.id)
"""
"""Open things for which nobody is waited for."""

UNSEEN = """
    SELECT subject_kind || ' ' || subject_id || ' ' || step FROM open_step
    WHERE next_on < CAST(:today AS date) OR (reached = 'stuck' AND region_code IS NULL AND country IS NULL)
       OR (reached IS NULL AND due_on < CAST(:today AS date) - 30)
"""
"""Whoever is late is reminded on the day, and what is stuck stands on the desk of a region or a country."""

UNANSWERED = """
    SELECT 'offer ' || contribution.id FROM contribution
    LEFT JOIN open_step ON subject_kind = 'contribution' AND subject_id = contribution.id
    WHERE origin = 'offer' AND state IN ('proposed', 'approved', 'waiting_list')
      AND open_step.due_on < CAST(:today AS date) - 45 AND open_step.reached IS DISTINCT FROM 'stuck'
"""
"""Offers long without an answer which are on nobody's desk."""

SOLICITED = """
    SELECT 'account ' || first.user_id || ' on ' || date(first.at) FROM solicitation AS first
    JOIN solicitation AS later ON later.user_id = first.user_id
      AND later.at >= first.at AND later.at < first.at + interval '30 days'
    GROUP BY first.user_id, first.at HAVING count(DISTINCT (later.subject_kind, later.subject_id)) > 2
"""
DOUBLED = """
    SELECT 'reminder ' || subject_kind || ' ' || subject_id FROM reminder
    GROUP BY subject_kind, subject_id, since, level HAVING count(*) > 1
    UNION ALL SELECT 'message ' || min(id) FROM message WHERE entry_id IS NOT NULL AND state <> 'cancelled'
    GROUP BY recipient_id, entry_id, kind, not_before HAVING count(*) > 1
"""
UNTOLD = """
    SELECT 'offer ' || contribution.id FROM contribution
    JOIN journal_entry ON subject_kind = 'contribution' AND subject_id = contribution.id
      AND to_state IN ('accepted', 'declined', 'refused', 'closed') AND undone_at IS NULL
    JOIN profile ON profile.id = contribution.profile_id
    WHERE origin = 'offer' AND actor_id <> profile.owner_id
      AND NOT EXISTS (SELECT FROM message WHERE entry_id = journal_entry.id AND recipient_id = profile.owner_id)
"""
"""Offers that were answered without the person hearing of it."""

INVARIANTS = {
    "every open thing waits for somebody": WITHOUT_OWNER,
    "nothing is stuck unseen": UNSEEN,
    "every offer is answered or on a desk": UNANSWERED,
    "whoever offered heard what became of it": UNTOLD,
    "nobody was solicited more than twice in thirty days": SOLICITED,
    "nothing was said twice": DOUBLED,
}


def broken(session: Session, told: Simulated, today: str) -> dict[str, list[str]]:
    """Invariant → what breaks it; empty lists are what one hopes for."""
    found = {
        words: list(session.execute(text(statement), {"today": today} if ":today" in statement else {}).scalars())
        for words, statement in INVARIANTS.items()
    }
    twice = [address for (address, number), times in Counter(told.sent).items() if times > 1]
    found["no message left twice"] = twice
    return found
