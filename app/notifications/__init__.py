"""Notifications — *messages · الرسائل*: what people are told, as rows written in the transaction of the event.

A row is sent by the worker, tried again with growing delays, and never sent twice: it is marked `sending` before the
mail server sees it, so a crash in between leaves it visibly uncertain rather than repeated. Whoever has no e-mail reads
it on their page.
"""
