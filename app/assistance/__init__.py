"""Assistance — *aide et avis · المساعدة والآراء*: a word about a page, or a wish to be called back, from every page.

A person of the team reads the one and calls the other; both wait on the desk. They come without a territory, so all who
have a desk see them: moderators of any scope, administrators, coordinators. Whoever is first answers.
"""
