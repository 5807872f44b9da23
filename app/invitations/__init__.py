"""Invitations — *invitations · دعوات*: people who have no account, asked once by an association of the diaspora.

Its verified members give addresses; each gets one e-mail, for ever, whoever gives it again. Whoever follows it opens an
account, its address confirmed; whoever refuses, or lets thirty days pass, is forgotten but for a keyed digest of the
address, which says nothing to whoever reads the table and lets nobody be asked twice. The association sees two counts.
"""
