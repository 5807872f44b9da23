"""Notifications — *messages · الرسائل*: what people are told, as rows written in the transaction of the event.

Each notice belongs to a family (`families.py`); people choose by family whether an e-mail comes at once, in a daily or
a weekly digest, or not at all, and at what hours. Everything but links to sign in is also read on the site.

When a row is due the worker decides what becomes of it (`rules.fate`), then sends it, and tries again with growing
delays. It is marked `sending` before the mail server sees it, so a crash in between leaves it visibly uncertain rather
than repeated: an administrator decides. A digest is a row like any other, one a day and person, that tells what is
still unread when it leaves.
"""
