"""Deliveries — *livraisons · تسليم الأغراض*: the objects that somebody promised, until the commune holds them.

An accepted contribution on a need of equipment says how many objects are promised. What leaves, arrives or is given up
is a delivery each: part by part, because books travel in the luggage of several cousins. What is promised and has not
left yet is no row: it is what the promise leaves (`rules.remainder`). States, verbs and who may are one table in
`rules.py`; `actions.py` counts anew, under the lock on the need, what is promised, on its way and received.

What surprised us: objects often arrive unannounced, in the boot of a car in August, so that the team may say that
something arrived which nobody had sent. No customs, no legal advice, no payment: people agree on those themselves.
"""
