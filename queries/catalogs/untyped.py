"""What a page exports without a `# TYPE`: the type is told as a difference, and a part of a metric is no new one."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from queries.catalogs.difference import Difference
from queries.catalogs.scraped import CREATED, PARTS
from queries.catalogs.seen import Seen
from queries.exposed import Exposed


def whole_of(seen: Seen, metrics: Iterable[Exposed]) -> Exposed | None:
    """The metric of which a name is one series (`x_sum`, `x_created`), where nobody said so; None where it is none."""
    if seen.metric.kind != "unknown":
        return None
    return next((one for one in metrics if seen.name in _parts(one)), None)


def _parts(metric: Exposed) -> Collection[str]:
    own = [metric.name + part for part in PARTS.get(metric.kind, ())]
    return [*own, metric.name.removesuffix("_total") + CREATED] if own or metric.kind == "counter" else ()


def lacks_type(metric: Exposed, seen: Seen) -> bool:
    """Whether it says no type, and the catalog does."""
    return seen.metric.kind == "unknown" and metric.kind != "unknown"


def untyped(metric: Exposed, seen: Seen) -> Difference:
    """The difference that it makes: `rate()` works all the same, and nobody is told that it should."""
    what = f"is a {metric.kind} in the catalog, and exported without a type"
    hint = f"# TYPE {metric.name} {metric.kind} on its page"
    return Difference("type", metric.name, seen.job, what, (metric.kind,), ("unknown",), hint)
