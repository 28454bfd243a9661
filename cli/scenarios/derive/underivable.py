"""An alert, or a part of one, of which no scenario can be made; said openly, and no fault of the alert."""

from __future__ import annotations

from typing import NamedTuple


class Underivable(NamedTuple):
    """What has no scenario.

    Attributes:
        alert: its name.
        why: in a person's words.
        part: the part of its expression that it is about; "" for all of it.
    """

    alert: str
    why: str
    part: str = ""
