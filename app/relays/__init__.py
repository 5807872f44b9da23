"""Relays — *relais · ربط الاتصال*: who passes the word on, whom the villagers know, and needs presented together.

*I know somebody* (`actions.py`, `crediting.py`): a member makes a short link to a need (`/r/CODE`), sends it by
WhatsApp or e-mail, and is told what came of it. A link shows the need in its reader's language, without an account;
what is offered through it carries its code (`Contribution.relay_code`), and the worker credits it: offers know nothing
of relays. Openings are counted when a script of ours ran or a button was pressed: the previews that WhatsApp and others
fetch do neither.

*Known without an account* (`known/`): how many people of a douar do what, where, and which member can reach them; never
who they are. Matching ranks them for a need like profiles, and the team asks that member to relay: a relay that is
asked for is a relay in its first state, so that one table (`rules.py`) tells who must act, and by when.

*Grouped calls* (`calls/`): needs of several communes in one sector, on one page, with a meeting and a booklet. A group
answers for several needs at once, each answer an offer like any other.
"""
