"""How often something is scraped, and how long a window is, where anybody said it."""

from __future__ import annotations

from cli.lint.asked import Asked
from queries.duration import seconds
from queries.expr import Call, Window
from queries.known import Known
from queries.source import Mistake

#: Functions that have no answer from a single sample.
TWO_SAMPLES = ("rate", "irate", "increase", "delta", "idelta", "deriv", "predict_linear", "holt_winters")


def interval(asked: Asked, known: Known) -> float | None:
    """Seconds between two samples; None where nobody said, or where a recording rule makes them."""
    series = known.series
    if series is None or not asked.catalogs:
        return asked.settings.scrape_interval
    return None if series.of.recorded else asked.catalogs.interval_of(known.names[0])


def length(span: str) -> float | None:
    """How long a window is, in seconds; None where a variable decides."""
    if "$" in span or "[[" in span:
        return None
    try:
        return seconds(span)
    except Mistake:
        return None


def window_of(known: Known) -> Window | None:
    """The window that a function looks at."""
    node = known.node
    if not isinstance(node, Call) or not known.parts:
        return None
    return next((one.node for one in known.parts if isinstance(one.node, Window)), None)


def samples(asked: Asked, known: Known) -> tuple[Window, float, float] | None:
    """The window of a function that wants two samples, its length and the time between two samples."""
    window = window_of(known)
    span = None if window is None else length(window.span)
    if window is None or span is None:
        return None
    of = next(one for one in known.parts if one.node is window)
    every = interval(asked, of)
    return None if every is None else (window, span, every)
