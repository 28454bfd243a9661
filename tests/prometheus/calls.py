"""A number with representative arguments: quantiles, windows, each label that it can keep, values that it can pick."""

from collections.abc import Iterator, Mapping
from inspect import Parameter, signature
from itertools import product

from queries import Mistake, Query
from queries.expr import selects
from tests.prometheus.catalogs import NumberFunction
from tests.prometheus.plausible import values_of

#: What is said for an argument of this name; the first is what the number is usually asked with.
REPRESENTATIVE: Mapping[str, tuple[object, ...]] = {"q": (0.95, 0.5, 0.99), "window": ("1h",)}


def plain(function: NumberFunction) -> Query:
    """The number as it is usually asked for: the p95, of an hour, without labels."""
    return function(*next(_fixed(function)))


def calls(function: NumberFunction) -> Iterator[tuple[str, Query]]:
    """The number with every label alone, all of them together, and picked values; each with the text of the call."""
    kinds = {one.kind for one in signature(function).parameters.values()}
    for fixed in _fixed(function):
        query = function(*fixed)
        yield _said(function, fixed), query
        if Parameter.VAR_POSITIONAL in kinds:
            for by in _labels(query, function, fixed):
                yield _said(function, (*fixed, *by)), function(*fixed, *by)
        if Parameter.VAR_KEYWORD in kinds:
            for label, value in _picked(query):
                yield _said(function, fixed, f"{label}={value!r}"), function(*fixed, **{label: value})


def _fixed(function: NumberFunction) -> Iterator[tuple[object, ...]]:
    """Every combination of representative arguments."""
    parameters = signature(function).parameters.values()
    names = [one.name for one in parameters if one.kind is Parameter.POSITIONAL_OR_KEYWORD]
    return product(*(REPRESENTATIVE[name] for name in names))


def _labels(query: Query, function: NumberFunction, fixed: tuple[object, ...]) -> Iterator[tuple[str, ...]]:
    """The labels that it can keep; some it may not, since they pick its part or its price."""
    metrics = [one.metric for one in selects(query.expr) if one.metric is not None]
    kept = []
    for label in metrics[0].label_names:
        if all(label in one.label_names for one in metrics) and _can_keep(label, function, fixed):
            kept.append(label)
            yield (label,)
    if len(kept) > 1:
        yield tuple(kept)


def _can_keep(label: str, function: NumberFunction, fixed: tuple[object, ...]) -> bool:
    try:
        function(*fixed, label)
    except Mistake:
        return False
    return True


def _picked(query: Query) -> Iterator[tuple[str, str]]:
    metric = next(one.metric for one in selects(query.expr) if one.metric is not None)
    return ((one.name, values_of(one)[0]) for one in metric.own)


def _said(function: NumberFunction, arguments: tuple[object, ...], more: str = "") -> str:
    said = [repr(one) for one in arguments] + ([more] if more else [])
    return f"{function.__module__.split('.')[1]}.{function.__name__}({', '.join(said)})"
