"""What each function of PromQL does to labels, unit and kind, as Prometheus 2.42 evaluates it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from queries.expr import Call, Select, Text, Variable, Window
from queries.inference.matching import is_vague
from queries.known import NO_LABELS, NO_VALUES, Empty, Known
from queries.unit import BOOL, RATIO, SECONDS, TIMESTAMP

Does: TypeAlias = Callable[[Call, tuple[Known, ...]], Known]


def called(node: Call, args: tuple[Known, ...]) -> Known:
    """What a call yields, from what is known of its arguments.

    A function that is not known here (one of Prometheus 3, an experiment) keeps nothing for certain.
    """
    does = FUNCTIONS.get(node.function)
    if does is not None:
        return does(node, args)
    names = tuple(name for arg in args for name in arg.names)
    return Known(node, args, open=True, names=names)


def _same(node: Call, args: tuple[Known, ...]) -> Known:
    """Each series stays what it is, with another value of the same unit."""
    of = _vector(args)
    # clamp() with limits that cross has no series at all
    sure = of.sure and node.function != "clamp"
    return of._replace(node=node, parts=args, type="vector", sure=sure, value=None)


def _same_unit_only(node: Call, args: tuple[Known, ...]) -> Known:
    of = _vector(args)
    kind = "gauge" if of.kind else ""
    return of._replace(node=node, parts=args, type="vector", kind=kind, series=None, value=None)


def _another_unit(node: Call, args: tuple[Known, ...]) -> Known:
    of = _vector(args)
    return of._replace(node=node, parts=args, type="vector", kind="", unit=None, series=None, value=None)


def _per_second(node: Call, args: tuple[Known, ...]) -> Known:
    of = _vector(args)
    unit = None if of.unit is None or of.unit == TIMESTAMP else of.unit / SECONDS
    kind = "bucket rate" if of.kind in ("bucket", "bucket increase") else "rate" if of.kind else ""
    return Known(node, args, "vector", kind, unit, *of[5:])


def _increase(node: Call, args: tuple[Known, ...]) -> Known:
    of = _vector(args)
    kind = "bucket increase" if of.kind == "bucket" else "increase" if of.kind else ""
    return of._replace(node=node, parts=args, type="vector", kind=kind)


def _average_over_time(node: Call, args: tuple[Known, ...]) -> Known:
    of = _vector(args)
    unit = RATIO if of.unit == BOOL else of.unit
    kind = "ratio" if of.unit == BOOL else "gauge" if of.kind else ""
    return of._replace(node=node, parts=args, type="vector", kind=kind, unit=unit)


def _counts(node: Call, args: tuple[Known, ...]) -> Known:
    of = _vector(args)
    return of._replace(node=node, parts=args, type="vector", kind="number", unit=None, series=None)


def _present(node: Call, args: tuple[Known, ...]) -> Known:
    return _vector(args)._replace(node=node, parts=args, type="vector", kind="bool", unit=BOOL, series=None, value=1)


def _timestamp(node: Call, args: tuple[Known, ...]) -> Known:
    of = args[0]
    return of._replace(node=node, parts=args, kind="timestamp", unit=TIMESTAMP, series=None, value=None)


def _scalar(node: Call, args: tuple[Known, ...]) -> Known:
    unit = TIMESTAMP if node.function == "time" else args[0].unit if args else None
    names = args[0].names if args else ()
    return Known(node, args, "scalar", kind="timestamp" if node.function == "time" else "", unit=unit, names=names)


def _vector_of(node: Call, args: tuple[Known, ...]) -> Known:
    return Known(node, args, "vector", "constant", args[0].unit, sure=True, names=args[0].names, value=args[0].value)


def _calendar(node: Call, args: tuple[Known, ...]) -> Known:
    if not args:
        return Known(node, args, "vector", "number", sure=True)
    return _another_unit(node, args)


def _absent(node: Call, args: tuple[Known, ...]) -> Known:
    """One series while there is none; it bears the labels that the selector pins with `=`."""
    inner = args[0].node
    while isinstance(inner, Window):
        inner = inner.of
    always: set[str] = set()
    maybe: set[str] = set()
    values: dict[str, frozenset[str]] = {}
    match = inner.match if isinstance(inner, Select) else ()
    labels = [one.label for one in match]
    for label, op, value in match:
        if op == "=" and value and label != "__name__" and not is_vague(label):
            # of several matchers on one label their order decides, which is not ours to know
            (maybe if labels.count(label) > 1 or is_vague(value) else always).add(label)
            values[label] = frozenset((value,))
    pinned = {label: value for label, value in values.items() if label in always}
    # a variable may bring matchers of its own
    open_ = isinstance(inner, Variable) or (isinstance(inner, Select) and any(map(is_vague, (inner.name, *labels))))
    known = Known(node, args, "vector", "bool", BOOL, frozenset(always), frozenset(maybe), open_, pinned, value=1)
    sure_input = args[0].sure and node.function == "absent"
    names = args[0].names
    why = Empty("never", f"{node.function}() of what is always there") if sure_input else None
    return known._replace(names=names, empty=why, sure=args[0].empty is not None, filtered=True)


def _quantile(node: Call, args: tuple[Known, ...]) -> Known:
    """One series for each group of buckets; without `le` only a native histogram has any."""
    of = args[-1]
    empty = of.empty
    if empty is None and not of.can_have("le") and is_classic(of):
        empty = Empty("le", "histogram_quantile() finds no le: its input has lost it")
    unit = of.series.of.unit if of.series is not None else None
    values = {name: known for name, known in of.values.items() if name != "le"}
    return of._replace(
        node=node,
        parts=args,
        kind="quantile" if of.kind else "",
        unit=unit,
        always=of.always - {"le"},
        maybe=of.maybe - {"le"},
        values=values,
        empty=empty,
        sure=False,
        value=None,
    )


def is_classic(of: Known) -> bool:
    """Whether it surely came from a classic histogram's buckets, or from what is no histogram at all."""
    if of.series is not None:
        return of.series.kind not in ("histogram", "unknown")
    return bool(of.names) and all(name.endswith("_bucket") for name in of.names)


def _relabelled(node: Call, args: tuple[Known, ...]) -> Known:
    """`label_replace` and `label_join` may give a label, another value of it, or take it away."""
    of = args[0]
    target = args[1].node
    if not isinstance(target, Text) or is_vague(target.value):
        return of._replace(node=node, parts=args, open=True, always=NO_LABELS, maybe=of.labels, values=NO_VALUES)
    label = target.value
    values = {name: known for name, known in of.values.items() if name != label}
    always = of.always - {label}
    maybe = of.maybe | {label} if label != "__name__" else of.maybe
    return of._replace(node=node, parts=args, always=always, maybe=maybe, values=values)


def _enriched(node: Call, args: tuple[Known, ...]) -> Known:
    """`info()` adds labels that nobody can list here."""
    of = args[0]
    values = {name: known for name, known in of.values.items() if name in of.always}
    return of._replace(node=node, parts=args, open=True, values=values, series=None, sure=False, filtered=True)


def _of_native(node: Call, args: tuple[Known, ...]) -> Known:
    """What only a native histogram answers: with the floats of a classic one there is no series."""
    of = args[-1]
    unit = None
    if of.series is not None:
        unit = {"histogram_sum": of.series.of.unit, "histogram_avg": of.series.of.unit}.get(node.function)
        if node.function == "histogram_fraction":
            unit = RATIO
    kind = "ratio" if node.function == "histogram_fraction" else "gauge" if of.kind else ""
    always, maybe = of.always, of.maybe
    if node.function == "histogram_fraction":  # Prometheus 3 reads classic buckets too, by le
        always, maybe = always - {"le"}, maybe - {"le"}
    return of._replace(
        node=node, parts=args, type="vector", kind=kind, unit=unit, always=always, maybe=maybe, sure=False, value=None
    )


def _vector(args: tuple[Known, ...]) -> Known:
    """The argument that has series: the first, or the second where a number comes first."""
    for arg in args:
        if arg.type == "matrix" or (arg.type == "vector" and type(arg.node) is not Variable):
            return arg
    return args[0]


def _all(does: Does, names: str) -> Mapping[str, Does]:
    return dict.fromkeys(names.split(), does)


FUNCTIONS: Mapping[str, Does] = {
    **_all(_same, "abs ceil floor round clamp clamp_max clamp_min sort sort_desc sort_by_label sort_by_label_desc"),
    **_all(_same, "last_over_time first_over_time"),
    **_all(_same_unit_only, "min_over_time max_over_time quantile_over_time stddev_over_time mad_over_time"),
    **_all(_same_unit_only, "predict_linear holt_winters double_exponential_smoothing"),
    **_all(_average_over_time, "avg_over_time"),
    **_all(_another_unit, "sum_over_time stdvar_over_time exp ln log2 log10 sqrt sgn deg rad"),
    **_all(_another_unit, "sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh"),
    **_all(_per_second, "rate irate deriv"),
    **_all(_increase, "increase delta idelta"),
    **_all(_counts, "changes resets count_over_time"),
    **_all(_present, "present_over_time"),
    **_all(_timestamp, "timestamp"),
    **_all(_scalar, "time pi scalar"),
    **_all(_vector_of, "vector"),
    **_all(_calendar, "day_of_month day_of_week day_of_year days_in_month hour minute month year"),
    **_all(_absent, "absent absent_over_time"),
    **_all(_quantile, "histogram_quantile"),
    **_all(_relabelled, "label_replace label_join"),
    **_all(_enriched, "info"),
    **_all(_of_native, "histogram_count histogram_sum histogram_avg histogram_fraction"),
    **_all(_of_native, "histogram_stddev histogram_stdvar"),
}
