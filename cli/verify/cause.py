"""A cause of an expression without series, and whom to ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from cli.prometheus.answered import Answered

#: An instant query; the name of a metric that there is and that somebody may have meant, empty for none.
Ask = Callable[[str], Answered]
Near = Callable[[str], str]
#: "condition": it is right that there is none now; every other one is a fault of the query or of the data.
Kind = Literal["condition", "metric", "label", "matcher", "window", "history", "match"]


class Cause(NamedTuple):
    """Why there is nothing; `metric` is the name that no series has."""

    kind: Kind
    why: str
    metric: str = ""
