"""Contributions — *contributions · المساهمات*: one contributor on one need, from proposal to agreement.

A contributor offers, or an agent or moderator invites; a moderator approves the match before it reaches the other side;
the other side answers. The states, the verbs, who may and who must act next are one table: `rules.py`; their words are
in `wording.py`, who stands on which side in `sides.py`. `moving.py` alone changes a state, under a lock on the need.

Who could help with what is put in order by `ranking.py` and shown by `suggestions.py`; why is found by `reasons.py`,
and the reasons of the day stay with the contribution. The worker finds the best in advance (`keeping.py`); pages read
them and compare what changed since (`kept.py`), so that a list is right at any moment and mostly instant.
`why_not.py` answers for somebody who is missed in a list; what a moderator says is wrong (`wrong.py`) is kept and
used by matching (`matching/objections.py`). What surprised us: a team may take more people than it wanted, a person
cannot; somebody who says yes to a place that was just taken is on the waiting list, not refused.
"""
