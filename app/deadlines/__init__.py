"""Deadlines — *échéances · الآجال*: of every open thing, which step it is at, since when, and the day before which
whoever's turn it is should act.

One row for each open thing, written by the domain that owns it in the transaction that moves it: `begin` a step, `end`
the last one. The day is written down when the step begins, because people are told it: a setting that changes later
changes no promise. Offices are given the public holidays of Morocco back. Who is reminded, and in which words, is the
matter of `reminders`, which reads these rows; what nobody answers stays here, and on the desk, until somebody does.
"""
