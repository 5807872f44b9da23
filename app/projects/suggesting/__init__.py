"""Suggestions — *suggestions · الاقتراحات*: "I have an idea for this part", by whoever reads a project.

A suggestion stands beside one section, where its author and those who may answer see it: what nobody has agreed to is
not published. Those who edit the fiche take it as it is, adapt it, or decline it with a word. Its author always learns
which, and stays credited in the history of the section.
"""
