"""Simulation — *simulation · محاكاة*: months of life in an empty database, through the application's own actions.

Communes post, people offer and are invited, moderators read, and some never answer. Everything that waits is read from
the one table of open steps, so whatever waits for somebody in the application waits for them here. It proves
invariants, not benefits: nothing is stuck unseen, nobody is solicited more than twice a month, no message leaves twice,
every offer is answered or on a desk. The dice are seeded: the same seed tells the same year.
"""
