"""Threads — *conversations · المحادثات*: what people say to one another about one thing, where that thing stands.

It stores what it is given: a thread is named by the kind and number of its subject, and whoever shows or writes one
brings their `Seat`, made by the domain of the subject, which alone knows who is on which side. Names are put in as a
text is read, never stored in it: a contributor whom one reader knows is a nameless card for another.

What surprised us: several posts in a row are one message, until it was read; a question to a team has a day before
which it should be answered; what its author or a moderator takes away leaves its place in the thread, with the reason.
"""
