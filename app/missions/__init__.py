"""Missions — *missions · المهام*: the dated pieces of work inside a contribution, to what came of them.

Either side proposes, the other agrees or changes it and proposes it back; whatever is changed is agreed to anew. What
both agreed to is one page in two languages, and dates that a telephone keeps. After the last day somebody says that it
was held and for whom, both sides say how it went, the contributor is thanked on paper with the hours counted, and after
one month and six the team says what was put into practice. The states, who may and who acts next are one table:
`rules.py`. What surprised us: a mission that was never dated is the commonest end of a match, so an accepted
contribution without one is itself an open step.
"""
