"""Conversations — *conversations · المحادثات*: where people write in a thread, and find those that concern them.

A thread stands on the page of its subject; here is its own page, for those that grow long and for a form that was
refused. Who may read and write in which, who is told and in whose hands it is, is one table: `about.ABOUT`.
"""
