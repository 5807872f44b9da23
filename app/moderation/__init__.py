"""Moderation — *modération · الإشراف*: only the desk. It lists what waits in every domain; each domain decides."""
