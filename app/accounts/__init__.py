"""Accounts — *comptes · الحسابات*: who somebody is, how they sign in, what they accepted, what they may do.

An e-mail is confirmed by a link, a telephone number never is (no SMS is sent) and says so. What a person may moderate
is a list of scopes: regions of Morocco, countries of residence, or everything. *Agent* is no role of its own: whoever
is a verified member of an organisation speaks for it (see `organisations`).
"""
