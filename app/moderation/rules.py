"""What comes to the desk."""

from enum import StrEnum


class Kind(StrEnum):
    """In the order of the tabs."""

    ORGANISATION = "organisation"  # somebody asks to speak for one
    PROJECT = "project"
    CONTRIBUTION = "contribution"
    NEWS = "news"
    CALL = "call"
    FEEDBACK = "feedback"
