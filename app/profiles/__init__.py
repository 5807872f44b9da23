"""Contributor profiles — *profils de contributeur · الملفات التعريفية*: what a person, an association or a group can bring.

Five fields: what I can do, the territories that matter to me, languages, how, where I live. By default agents see a nameless
card (skills, country, ties, languages) until a match is approved and the person said yes.
"""
