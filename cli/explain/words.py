"""What an expression means, in the words of somebody who reads the page: each node, and the whole as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Literal, TypeAlias

from cli.explain.aggregated import aggregated
from cli.explain.calls import called
from cli.explain.nouns import selected
from cli.explain.operators import combined
from cli.explain.phrase import Phrase, label, listed, number, shortened
from cli.explain.spans import earlier
from cli.explain.titles import is_duration
from queries.expr import Aggregate, Binary, Call, Expr, Minus, Number, Select, Subquery, Text, Variable, Window
from queries.known import Known

Reader: TypeAlias = Literal["panel", "alert", "recording"]
#: More labels than these nobody wants to hear.
MOST_LABELS = 3
#: Beyond so many characters a phrase is cut, so that no expression costs more than its length.
MOST = 2_000


def sentence(known: Known, reader: Reader = "panel") -> str:
    """The whole as one sentence.

    Args:
        known: the expression.
        reader: what it is for: an alert is true or not, a panel shows values.
    """
    told = phrase(known)
    if reader == "alert":
        text = f"true while {told.whether}{told.notes}{_judged(known)}"
    else:
        text = f"{told}{_lines(known, reader)}"
    text = shortened(text)
    # a metric's own name stays what it is
    first = text.partition(" ")[0].rstrip(",.")
    return (
        f"{text[0].upper()}{text[1:]}."
        if first.isalpha() and first not in {name for one in known.walk() for name in one.names}
        else f"{text}."
    )


def phrase(known: Known) -> Phrase:
    """What a node yields."""
    below = tuple(phrase(part) for part in known.parts)
    told = _SAYS[type(known.node)](known, below)
    if len(told.noun) > MOST or len(told.yes) > MOST:
        told = replace(told, noun=shortened(told.noun), yes=shortened(told.yes), no=shortened(told.no))
    return told


def usual_reader(known: Known) -> Reader:
    """Who would ask a bare expression: a comparison is what an alert asks, everything else what a panel shows."""
    node = known.node
    if isinstance(node, Binary) and not node.returns_bool and known.filtered:
        return "alert" if phrase(known).yes else "panel"
    return "alert" if isinstance(node, Call) and node.function in ("absent", "absent_over_time") else "panel"


def _judged(known: Known) -> str:
    """For what an alert is judged on its own."""
    varying = _varying(known)
    if not varying:
        return ""
    return f", for each {listed(map(label, varying)) if len(varying) <= MOST_LABELS else 'series'} on its own"


def _lines(known: Known, reader: Reader) -> str:
    """How many lines a panel draws of it."""
    is_picked = isinstance(known.node, Aggregate) and known.node.op in ("topk", "bottomk")
    if known.type != "vector" or known.open or is_picked:
        return ""
    one = "line" if reader == "panel" else "series"
    varying = _varying(known)
    if "le" in varying:
        rest = tuple(one for one in varying if one != "le")
        which = f" and by {listed(map(label, rest))}" if 0 < len(rest) <= MOST_LABELS else ""
        metric = known.series.of if known.series is not None else None
        by = "by how long they take at most" if metric is not None and is_duration(metric) else "by bucket"
        return f", {by}{which}"
    if varying:
        which = listed(map(label, varying)) if len(varying) <= MOST_LABELS else "series"
        return f", one {one} for each {which}"
    return ", as one number" if _is_put_together(known) else ""


def _varying(known: Known) -> tuple[str, ...]:
    if known.type != "vector" or known.open:
        return ()
    if isinstance(known.node, Binary) and known.node.op == "or":
        return _varying(known.parts[0])
    return tuple(sorted(one for one in known.labels if known.varies(one)))


def _is_put_together(known: Known) -> bool:
    """Whether it was many and is one, and nothing has said so yet."""
    nodes = [one.node for one in known.walk()]
    return known.one and isinstance(nodes[0], Aggregate) and nodes[0].op == "sum"


def _window(known: Known, below: tuple[Phrase, ...]) -> Phrase:
    node, of = known.node, below[0]
    if isinstance(node, Subquery) and node.offset and not of.notes.ago:
        return of.noted(ago=earlier(node.offset))
    return of


def _number(known: Known, _: tuple[Phrase, ...]) -> Phrase:
    value = known.value if known.value is not None else 0.0
    return Phrase(number(value), value=value)


def _text(known: Known, _: tuple[Phrase, ...]) -> Phrase:
    return Phrase(known.node.value or "nothing" if isinstance(known.node, Text) else "")


def _variable(known: Known, _: tuple[Phrase, ...]) -> Phrase:
    return Phrase(f"what is chosen as {known.node.text}" if isinstance(known.node, Variable) else "")


def _minus(_: Known, below: tuple[Phrase, ...]) -> Phrase:
    of = below[0]
    if of.value is not None:
        return Phrase(f"-{of.noun}", value=-of.value)
    return of.renamed(f"minus {of.core}", many=of.many)


def _selected(known: Known, _: tuple[Phrase, ...]) -> Phrase:
    return selected(known)


_SAYS: Mapping[type[Expr], Callable[[Known, tuple[Phrase, ...]], Phrase]] = {
    Select: _selected,
    Window: _window,
    Subquery: _window,
    Call: called,
    Aggregate: aggregated,
    Binary: combined,
    Number: _number,
    Text: _text,
    Variable: _variable,
    Minus: _minus,
}
