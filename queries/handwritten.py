"""What the builder cannot say: PromQL as text, with its unit and labels told, and held against what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from queries.expr import Aggregate, Select
from queries.known import Known, labels_of
from queries.metric import Metric
from queries.query import Query
from queries.source import Mistake, did_you_mean
from queries.template import VARIABLE
from queries.unit import EVENTS, Unit

if TYPE_CHECKING:
    from queries.catalog import Catalogs

_KEEPS_ALL = frozenset({"topk", "bottomk", "limitk", "limit_ratio", "count_values"})


def raw(
    promql: str,
    /,
    *,
    unit: Unit,
    keeps: Sequence[str] = (),
    name: str = "",
    of: Sequence[Metric] = (),
    strict: bool = False,
) -> Query:
    """What the builder cannot say: any PromQL, with its unit and the labels that are on every series.

    `$__rate_interval` and `$__range` are windows as everywhere. The text is parsed and inferred, so a typing error and
    a contradiction are found here and not on the page.

    Args:
        promql: the text.
        unit: what one of the number is.
        keeps: the labels on every series of it.
        name: the words of its legend beside the labels.
        of: the metrics that it speaks of; nothing is known of a metric that is not among them.
        strict: whether it may speak of no others.
    """
    from queries.infer import infer  # noqa: PLC0415 - a page without raw() needs no parser
    from queries.parse import NotPromQL, parse  # noqa: PLC0415 - likewise

    try:
        expr = parse(promql)
    except NotPromQL as error:
        raise Mistake(f"no PromQL: {error}: {promql.strip()}") from error
    if isinstance(keeps, str):
        raise Mistake(f"the labels that it keeps are one text: {keeps!r}", fix=f"keeps=[{keeps!r}]")
    kept = tuple(sorted(keeps))
    if isinstance(expr, Aggregate) and not expr.without and expr.op not in _KEEPS_ALL:
        extra = sorted(set(kept) - set(expr.by))
        if extra:
            raise Mistake(f"{expr.op} by ({', '.join(expr.by)}) does not keep {extra[0]!r}")
    _agrees(infer(expr, _known(of)), unit, kept, of if strict else None)
    return Query(expr, unit, kept, name)


def _known(metrics: Sequence[Metric]) -> Catalogs:
    from queries.catalog import NOTHING, Catalog, Catalogs  # noqa: PLC0415 - as above
    from queries.declared import declared  # noqa: PLC0415 - as above

    exposed = tuple(declared(one, (one.role.job,) if one.role else ()) for one in metrics)
    return Catalogs((Catalog("raw", exposed),)) if metrics else NOTHING


def _agrees(known: Known, unit: Unit, kept: tuple[str, ...], only: Sequence[Metric] | None) -> None:
    """Mistake where what was told and what the text means contradict each other."""
    for part in known.walk() if only is not None else ():
        node = part.node
        if isinstance(node, Select) and part.series is None and not VARIABLE.search(node.name):
            fix = did_you_mean(node.name, (one.name for one in only or ()), of="it is of")
            raise Mistake(f"{node.name or 'a selector without a name'} is none of its metrics", fix=fix)
    if known.empty is not None:
        raise Mistake(f"it never has a series: {known.empty.why}")
    for label in kept:
        if not known.can_have(label):
            raise Mistake(f"no series of it has {label!r}", fix=f"it has: {labels_of(known)}")
    _measured(known.unit, unit)


def _measured(inferred: Unit | None, unit: Unit) -> None:
    if inferred is None or EVENTS.name in dict(inferred.dimension):
        return  # nobody said of every histogram what its observations are
    if inferred.has_a_name and unit.has_a_name and (inferred.dimension, inferred.scale) != (unit.dimension, unit.scale):
        raise Mistake(f"it is measured in {inferred}, not in {unit}", fix=f"unit of {inferred}")
