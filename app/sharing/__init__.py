"""Sharing — *partage · المشاركة*: what a link looks like in WhatsApp, and a QR code and a poster for the wall.

The picture of a link (Open Graph, 1200 × 630) is drawn here, in the script of its title, with the commune in both: no
browser does it, so nothing but Pillow and our own fonts is needed. A font holds one script, so a line is cut into runs
and put together again as Unicode’s bidirectional algorithm would (`lettering.py`). All starts from what everybody
may see: what is private has no card, not even an address. A drawing is kept under the hash of what it shows.
"""
