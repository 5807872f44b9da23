"""Moderation — *modération · الإشراف*: only the desk. It lists what waits in every domain; each domain decides.

A card's buttons post to the verbs of its domain, which come back here (`then`). Who decides what is each domain's rule:
the desk asks it, and shows a card without buttons to whoever may only see.
"""
