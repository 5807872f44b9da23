"""News — *actualités · الأخبار*: any member writes, a moderator publishes.

What is published and then changed by its author waits again, unless the author is trusted. News that concern no
territory in particular are looked after by every moderator: they must not wait for nobody.
"""
