"""Reminders — *rappels · التذكير*: nobody waits in silence.

Every open thing has one row in `deadlines`: the step at which it is and the day before which somebody should act. From
there on the worker reminds, one level after the other: the owner shortly before that day and once it is past, the
moderator, the coordinator. What nobody answered is stuck: it stays on the desk until somebody acts, gives more time, or
closes it with a reason that those who wait for it are told. A level is recorded in the transaction that queues its
messages, so it is never said twice; nothing expires by itself.

`registry.py` is the one place that knows whom each step waits for. How long steps take is measured in `times.py`.
"""
