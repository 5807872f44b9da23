"""What people say of the concepts that were found in their text: kept, removed, or not looked at."""

from enum import StrEnum


class ChipState(StrEnum):
    PROPOSED = "proposed"
    KEPT = "kept"
    REMOVED = "removed"  # said to be wrong: it does not come back
