"""Contributions — *contributions · المساهمات*: one contributor on one need, from proposal to agreement.

A contributor offers, or an agent or moderator invites; a moderator approves the match before it reaches the other side;
the other side answers. The states, the verbs, who may and who must act next are one table: `rules.py`.
"""
