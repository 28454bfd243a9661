"""What `dash` tells the shell."""

from collections.abc import Iterable
from enum import IntEnum


class Exit(IntEnum):
    """Why the program ended; the numbers are a promise to scripts."""

    OK = 0
    NO = 1  # it worked, and the answer is no: findings, stale, differs
    USAGE = 2  # click's own number: flags or configuration
    AUTHORING = 3  # a page, query or rule module is wrong
    REMOTE = 4  # Grafana or Prometheus away, or refusing
    CONFLICT = 5  # somebody else changed it
    PARTIAL = 6  # some done, some failed
    BUG = 70  # ours
    INTERRUPTED = 130  # Ctrl-C


#: Of several reasons the first that happened counts.
WORST_FIRST = (
    Exit.BUG,
    Exit.INTERRUPTED,
    Exit.USAGE,
    Exit.REMOTE,
    Exit.PARTIAL,
    Exit.CONFLICT,
    Exit.AUTHORING,
    Exit.NO,
)


def worst(reasons: Iterable[Exit]) -> Exit:
    """The one code for a run that ended for several reasons; OK for none."""
    seen = set(reasons)
    return next((code for code in WORST_FIRST if code in seen), Exit.OK)
