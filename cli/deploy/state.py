"""What a page is, between a build and a Grafana: the word for what a push finds, whatever it then does about it."""

from enum import StrEnum


class State(StrEnum):
    """Exactly one for each page."""

    IN_STEP = "in step"
    NEWER = "ours newer"
    EDITED = "edited by hand"
    MOVED = "moved by hand"
    MISSING = "not there"
    DELETED = "deleted there"
    THEIRS = "not ours"
    PROVISIONED = "provisioned"
    LEFT_OVER = "no longer built"
    STALE = "stale"
    UNKNOWN = "unknown"
