"""What comes to the desk."""

from enum import StrEnum


class Kind(StrEnum):
    """In the order of the tabs."""

    LEFT_WAITING = "left_waiting"  # somebody else does not answer, and those who look after it were told
    ORGANISATION = "organisation"  # somebody asks to speak for one
    PROJECT = "project"
    CONTRIBUTION = "contribution"
    NEWS = "news"
    REPORT = "report"  # somebody says that a post is wrong
    CALL = "call"
    FEEDBACK = "feedback"
