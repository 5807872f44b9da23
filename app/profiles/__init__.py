"""Contributor profiles — *profils de contributeur · الملفات التعريفية*: what a person or a group can bring.

Five fields: what I can do, the territories that matter to me, languages, how, where I live. By default agents see a
nameless card (skills, country, ties, languages) until a match is approved and the person said yes: names are masked in
what people wrote too, and templates receive cards (`cards.py`), which at that level have no name inside.

A group or an association is a profile with members; its owner is the one contact who answers for all. E-mails and
telephones never appear here: contributions exchanges them. A deleted profile to which contributions point is emptied
instead (no `abilities`), so that what was done stays told; its owner may fill it in again.
"""
