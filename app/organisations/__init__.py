"""Organisations — *organisations · الهيئات*: communes, provinces, associations, cooperatives… and who speaks for them.

A member asks to speak for one; a moderator verifies. Until then what they write is kept, and shown to them as waiting.
"""
