"""Types and units as the targets say them, beside what a query takes them for. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cli.prometheus.answered import Meta
from cli.verify.judging import Judged
from cli.verify.verdict import Status
from queries.expr import Call, Select, Window
from queries.known import Known
from queries.unit import Unit

Metadata = Mapping[str, tuple[Meta, ...]]
#: Functions that only mean something of a counter, and those that only mean something of a gauge.
OF_COUNTERS = frozenset({"rate", "increase", "irate", "resets"})
OF_GAUGES = frozenset({"delta", "idelta", "deriv", "predict_linear"})
#: Types that say nothing.
UNSAID = frozenset({"", "unknown", "untyped"})
SUFFIXES = ("_bucket", "_sum", "_count", "_total")
#: The parts of a histogram, and of a summary, that only rise.
COUNTED = ("_sum", "_count")


def against(known: Known, metadata: Metadata) -> Judged | None:
    """What of a query contradicts the metadata; None where nothing does."""
    for node, function in _read(known):
        name = node.node.name if isinstance(node.node, Select) else ""
        if _is_for_others(function, kind := _declared(node)):
            kinds = "gauges" if function in OF_GAUGES else "counters"
            return Judged(Status.WRONG_TYPE, f"{name} is a {kind} to the catalog, and {function}() is for {kinds}")
        said = of(name, metadata)
        types = {one.type for one in said} - UNSAID
        if not types:
            continue
        wanted = _wanted(node, name, function)
        if wanted and not types & wanted[0]:
            told = " and ".join(sorted(types))
            return Judged(Status.WRONG_TYPE, f"{name} is a {told} to its targets, and {wanted[1]}")
        units = {one.unit for one in said} - {""}
        unit = node.series.of.unit if node.series is not None else None
        if unit is not None and units and not any(_same(one, unit) for one in units):
            return Judged(
                Status.WRONG_UNIT,
                f"{name} is in {', '.join(sorted(units))} to its targets, and in {unit} to the catalog",
            )
    return None


def _read(known: Known) -> Iterator[tuple[Known, str]]:
    """Every selector, and the function whose window it is in."""
    left: list[tuple[Known, str]] = [(known, "")]
    while left:
        one, function = left.pop()
        if isinstance(one.node, Select):
            yield one, function
        below = one.node.function if isinstance(one.node, Call) else function if isinstance(one.node, Window) else ""
        left += [(part, below) for part in one.parts]


def of(name: str, metadata: Metadata) -> tuple[Meta, ...]:
    """What targets say of a name, or of the metric whose part it is; OpenMetrics leaves out a counter's `_total`."""
    if name in metadata:
        return metadata[name]
    return next(
        (metadata[cut] for one in SUFFIXES if name.endswith(one) and (cut := name[: -len(one)]) in metadata), ()
    )


def _wanted(node: Known, name: str, function: str) -> tuple[frozenset[str], str] | None:
    """The types that would do, and who says so; None where any would."""
    if kind := _declared(node):
        # a histogram's count is a counter where it is declared by itself, as what a project's numbers read
        whole = {"histogram", "summary"} if kind == "counter" and name.endswith(COUNTED) else ()
        return frozenset({kind, *whole}), f"a {kind} to the catalog"
    if name.endswith("_bucket") and function in OF_COUNTERS:
        return frozenset({"histogram", "gaugehistogram"}), "the query reads its buckets"
    if function in OF_COUNTERS:
        return frozenset({"counter", "histogram", "summary"}), f"{function}() is for counters"
    if function in OF_GAUGES:
        return frozenset({"gauge"}), f"{function}() is for gauges"
    return None


def _declared(node: Known) -> str:
    """The type that a catalog says; empty where none does."""
    series = node.series
    return "" if series is None or series.of.kind == "unknown" or series.of.recorded else series.of.kind


def _is_for_others(function: str, kind: str) -> bool:
    return (function in OF_COUNTERS and kind == "gauge") or (function in OF_GAUGES and kind == "counter")


def _same(said: str, unit: Unit) -> bool:
    """Whether a target's word is the unit; a word that we do not know contradicts nothing."""
    from queries.catalogs.unit_names import named  # noqa: PLC0415 - most targets say no unit

    try:
        other = named(said)
    except ValueError:
        return True
    return other == unit
