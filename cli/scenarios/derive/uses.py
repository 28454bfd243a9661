"""How an expression uses its series: under which function, added up by which aggregation, compared with what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from cli.scenarios.derive.world import Recorded, span
from queries.expr import COMPARISONS, Aggregate, Binary, Call, Expr, Number, Select, Subquery, Window, children

#: What makes a counter of what it looks at.
OF_COUNTERS = frozenset({"rate", "increase", "irate"})
OF_SLOPES = frozenset({"delta", "deriv", "idelta", "predict_linear"})
OF_STEPS = frozenset({"changes", "resets"})
#: Recordings of recordings of recordings: Prometheus allows any number, we look into so many.
DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Use:
    """One selector where it stands.

    Attributes:
        select: the selector of what is exposed; `hints` are those of the recordings on the way to it.
        function: that looks at its window; "" for none.
        by: the innermost aggregation above it.
        clock: whether it is a time that is compared with now.
        limit: the comparison with a number in which it stands alone.
        reach: seconds that its oldest sample may be ago; `past` how much of that is an offset.
        window: seconds of its own window, or of none.
        missed: whether only its being there is asked.
        named: the labels that aggregations and operators above it name: what is unknown must bear them.
    """

    select: Select
    function: str = ""
    by: Aggregate | None = None
    clock: bool = False
    limit: Binary | None = None
    reach: float = 0.0
    past: float = 0.0
    window: float = 0.0
    hints: tuple[Select, ...] = ()
    named: tuple[str, ...] = ()
    missed: bool = False

    @property
    def counts(self) -> bool:
        """Whether what it selects must be a counter."""
        return self.function in OF_COUNTERS


#: A selector that nothing stands above.
BARE = Use(Select(""))


def uses(  # noqa: PLR0912 - one branch for each kind of node
    expr: Expr, recorded: Mapping[str, Sequence[Recorded]], above: Use = BARE
) -> Iterator[Use]:
    """Every selector of an expression, recordings replaced by what they record."""
    match expr:
        case Select(name=name, offset=offset):
            ago = span(offset)
            here = replace(above, select=expr, reach=above.reach + ago, past=above.past + max(ago, 0.0))
            if name not in recorded or len(above.hints) > DEEPEST:
                yield here
            for rule in recorded.get(name, ()) if len(above.hints) <= DEEPEST else ():
                yield from uses(rule.expr, recorded, replace(here, hints=(*here.hints, expr), limit=None))
        case Window(of, text):
            length = span(text)
            yield from uses(of, recorded, replace(above, reach=above.reach + length, window=length))
        case Subquery(of, text, offset=offset):
            ago = span(offset)
            longer = above.reach + span(text) + ago
            yield from uses(of, recorded, replace(above, reach=longer, past=above.past + max(ago, 0.0)))
        case Call(function, args):
            missed = above.missed or function.startswith("absent")
            for arg in args:
                inside = replace(above, function=function) if isinstance(arg, Window | Subquery) else above
                yield from uses(arg, recorded, replace(inside, missed=missed))
        case Aggregate(of=of, by=by):
            yield from uses(of, recorded, replace(above, by=expr, limit=None, named=(*above.named, *by)))
        case Binary(op, left, right, matching):
            named = above.named
            if matching is not None:
                named += (*(() if matching.ignoring else matching.labels), *matching.include)
            clock = op == "-" and any(_is_now(one) for one in (left, right))
            for one, other in ((left, right), (right, left)):
                limit = expr if op in COMPARISONS and isinstance(other, Number) else None
                yield from uses(one, recorded, replace(above, clock=above.clock or clock, limit=limit, named=named))
        case _:
            for one in children(expr):
                yield from uses(one, recorded, above)


def _is_now(expr: Expr) -> bool:
    return isinstance(expr, Call) and expr.function == "time"
