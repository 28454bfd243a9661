"""An expression told node by node: its text, type, unit and labels, and a few words for each."""

from __future__ import annotations

from typing import NamedTuple

from cli.explain.cost import Cost, cost
from cli.explain.gist import gist
from cli.explain.heads import below, head
from cli.explain.phrase import Notes, label, listed
from cli.explain.words import Reader, phrase, sentence
from cli.lint.finding import Finding
from queries.expr import COMPARISONS, Aggregate, Binary, Call, Select, Window
from queries.known import Known, labels_of
from queries.promql import ON_DASHBOARD, to_promql

#: More characters than these are no few words.
FEW = 90
#: What a catalog's help speaks of is the metric; these are some of its series.
PARTS = {"bucket": "; its buckets", "sum": "; the sum", "count": "; how many"}


class Node(NamedTuple):
    """One node that has a line of its own.

    Attributes:
        depth: how many nodes it stands in.
        head: its own text, without what stands below it.
        promql: its whole text, canonical.
        type: vector, matrix, scalar or string; `kind` how its values behave, empty where nobody knows.
        unit: of its values, empty where nobody knows.
        labels: for a person: "handler, job and others".
        words: what it is.
        empty: why it never has a series, where that begins with it.
    """

    depth: int
    head: str
    promql: str
    type: str
    kind: str
    unit: str
    labels: str
    words: str
    empty: str


class Told(NamedTuple):
    """All that is known of an expression.

    Attributes:
        expr: as it was written.
        where: of which panel or rule it is; empty for one that somebody typed.
        sentence: what it means.
        nodes: from the whole down.
        findings: what is wrong with it.
    """

    expr: str
    where: str
    sentence: str
    nodes: tuple[Node, ...]
    cost: Cost
    findings: tuple[Finding, ...]


def told(expr: str, known: Known, reader: Reader, findings: tuple[Finding, ...] = (), where: str = "") -> Told:
    """The expression in words."""
    return Told(expr, where, sentence(known, reader), tuple(_nodes(known, 0)), cost(known), findings)


def _nodes(known: Known, depth: int) -> list[Node]:
    is_series = known.type in ("vector", "matrix")
    nodes = [
        Node(
            depth,
            head(known),
            to_promql(known.node, ON_DASHBOARD),
            known.type,
            known.kind,
            known.unit.name if known.unit is not None else "",
            labels_of(known) if is_series else "",
            _words(known),
            _empty(known),
        )
    ]
    for part in below(known):
        nodes += _nodes(part, depth + 1)
    return nodes


def _words(known: Known) -> str:
    """The catalog's own sentence for a metric; for all else what it is, or at least what is done."""
    if isinstance(known.node, Select | Window) and known.series is not None and known.series.of.help:
        part = PARTS.get(known.series.part, "")
        return known.series.of.help.strip().rstrip(".") + part
    said = phrase(known)
    is_comparison = isinstance(known.node, Binary) and known.node.op in COMPARISONS and said.yes
    text = f"where {said.yes}" if is_comparison else said.core + str(_own(said.notes, known))
    if isinstance(known.node, Aggregate) and said.each:
        text += f", for each {listed(map(label, said.each))}"
    return text if len(text) <= FEW else gist(known)


def _own(notes: Notes, known: Known) -> Notes:
    """What the node itself brings: the rest is said where it begins."""
    node = known.node
    if isinstance(node, Select | Window):
        return notes
    fills = isinstance(node, Binary) and node.op == "or"
    return Notes(
        span=notes.span if isinstance(node, Call) else "",
        how=notes.how if isinstance(node, Aggregate | Call | Binary) else "",
        gaps=notes.gaps if fills else "",
    )


def _empty(known: Known) -> str:
    """Why it never has a series; what only passes that on does not repeat it."""
    if known.empty is None:
        return ""
    if not isinstance(known.node, Window) and any(part.empty == known.empty for part in known.parts):
        return ""
    return known.empty.why
