"""What the builder cannot say: PromQL as text, with its unit and labels told."""

from collections.abc import Sequence

from queries.expr import Aggregate
from queries.query import Query
from queries.source import Mistake
from queries.unit import Unit

_KEEPS_ALL = frozenset({"topk", "bottomk", "limitk", "limit_ratio", "count_values"})


def raw(promql: str, /, *, unit: Unit, keeps: Sequence[str] = (), name: str = "") -> Query:
    """What the builder cannot say: any PromQL, with its unit and the labels that are on every series.

    `$__rate_interval` and `$__range` are windows as everywhere. The text is parsed, so a typing error is found here and
    not on the page.
    """
    from queries.parse import NotPromQL, parse  # noqa: PLC0415 - a page without raw() needs no parser

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
    return Query(expr, unit, kept, name)
