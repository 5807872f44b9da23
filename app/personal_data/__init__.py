"""Personal data — *données personnelles · المعطيات الشخصية*: what a person may ask of everything that is known of them.

To read it all and take it along, to agree or not to each use, to see who read their telephone number, to leave. One
table (`holdings.py`) says of every column that leads to a person whether they are given it, and what becomes of it when
they leave; a test walks all tables, so that a new one cannot be forgotten. Leaving (`leaving.py`) asks each domain to
forget, in one transaction: history stays, the name goes. What surprised us: what is told to others (messages, notes)
holds names too; and a person whom others wait for must not vanish in silence, so the other side is told, kindly.
"""
