"""Assistance — *aide et avis · المساعدة والآراء*: a word about a page, or a wish to be called back, from every page.

A person of the team reads the one and calls the other; both wait on the desk.
"""
