"""Projects — *projets, fiches · المشاريع*: an idea of three lines that grows into a fiche by several hands; its needs.

The fiche is a handful of sections, each edited and saved alone: a save names the version it started from, so that two
people never overwrite each other silently, and every version stays with its author. `project` repeats the title, the
summary and the theme of the sections because every list reads them.

Moderation is a table of moves (`rules.MOVES`); each is in the journal with its words, and is read from there.
"""
