"""Home — *accueil · الرئيسية*: the first page, one's own page, the pages of territories, and the pages about Twiza.

It reads every other domain and nobody imports it. That is why `/territories/<code>` is answered here: what
`territories` says of a place, with what happens in it.
"""
