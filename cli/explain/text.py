"""An explained expression for a person: a sentence, a tree with a line for each node, the cost, what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from cli.explain.told import Node, Told
from cli.lint.finding import Finding
from cli.lint.report.excerpt import excerpt
from cli.lint.report.printable import columns, printable

WIDTH = 120
#: How wide the tree may be; a longer node has its words on the next line.
MOST, LEAST = 56, 24
GAP = 2


def text(one: Told) -> str:
    """All of it."""
    lines = [f"== {printable(one.where)} =="] if one.where else []
    lines += wrap(printable(one.sentence), WIDTH, break_on_hyphens=False)
    lines += ["", *_tree(one.nodes), "", *wrap(f"cost: {printable(str(one.cost))}", WIDTH, subsequent_indent="  ")]
    for finding in sorted(one.findings, key=lambda finding: -finding.severity):
        lines += ["", *_finding(finding)]
    return "\n".join(lines)


def without_expression(finding: Finding) -> str:
    """A finding about a panel or a rule as a whole."""
    return "\n".join(_finding(finding))


def _tree(nodes: tuple[Node, ...]) -> Iterator[str]:
    """Two columns: the nodes with lines that join them, and what each is."""
    bars = list(_bars(nodes))
    heads = [f"{bar[0]}{printable(node.head)}" for node, bar in zip(nodes, bars, strict=True)]
    fitting = [columns(one) for one in heads if columns(one) <= MOST]
    at = max([LEAST, *fitting]) + GAP
    for node, bar, head in zip(nodes, bars, heads, strict=True):
        said = wrap(_about(node), WIDTH - at, break_on_hyphens=False)
        if node.empty:
            said += wrap(f"never has a series: {printable(node.empty)}", WIDTH - at, break_on_hyphens=False)
        before = bar[1]
        if columns(head) > at - GAP:
            yield from _broken(head, before)
        else:
            yield f"{_filled(head, at)}{said[0]}"
            said = said[1:]
        for line in said:
            yield f"{_filled(before, at)}{line}"


def _broken(head: str, before: str) -> Iterator[str]:
    """A long node on as many lines as it needs."""
    # the bars of a tree that is deep enough are wider than the page
    width = max(WIDTH, len(before) + LEAST)
    yield from wrap(head, width, subsequent_indent=f"{before}  ", break_on_hyphens=False, drop_whitespace=False)


def _filled(said: str, width: int) -> str:
    return said + " " * max(0, width - columns(said))


def _bars(nodes: tuple[Node, ...]) -> Iterator[tuple[str, str]]:
    """What stands before a node's line, and before the lines below it that still belong to it."""
    for index, node in enumerate(nodes):
        # whether at each depth something still follows
        open_ = [_follows(nodes, index, depth) for depth in range(1, node.depth + 1)]
        lead = "".join("│  " if one else "   " for one in open_[:-1])
        first = f"{lead}{'├─ ' if open_[-1] else '└─ '}" if open_ else ""
        has_children = index + 1 < len(nodes) and nodes[index + 1].depth > node.depth
        rest = f"{lead}{'│  ' if open_[-1] else '   '}" if open_ else ""
        yield first, f"{rest}{'│' if has_children else ''}"


def _follows(nodes: tuple[Node, ...], index: int, depth: int) -> bool:
    """Whether a sibling of the node, or of its ancestor at that depth, comes later."""
    for node in nodes[index + 1 :]:
        if node.depth < depth:
            return False
        if node.depth == depth:
            return True
    return False


def _about(node: Node) -> str:
    kind = node.kind if node.kind and node.kind != node.unit else "" if node.unit else node.type
    by = "by " if node.labels and not node.labels.endswith(" labels") else ""
    known = [kind, node.unit, f"{by}{node.labels}"]
    return f"{printable(node.words)} [{'; '.join(printable(one) for one in known if one)}]"


def _finding(finding: Finding) -> Iterator[str]:
    yield from wrap(f"{finding.severity} {finding.rule}: {printable(finding.message)}", WIDTH, subsequent_indent="  ")
    if finding.expr:
        for line in excerpt(finding.expr, finding.span):
            yield f"    {line}"
    if finding.hint:
        yield from wrap(f"  try: {printable(finding.hint)}", WIDTH, subsequent_indent="    ")
