"""News — *actualités · الأخبار*: any member writes, a moderator publishes."""
