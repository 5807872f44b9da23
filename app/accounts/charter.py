"""The charter that everybody accepts: a new text gets a new version, and the old acceptances stay as they were."""

VERSION = "2026-11"
TEMPLATE = "accounts/charter.html"
