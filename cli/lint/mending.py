"""Fixes in the text of an expression: what is written stays, but for the few characters that are wrong."""

from __future__ import annotations

import re

from cli.lint.asked import Asked
from cli.lint.finding import Change
from queries.expr import Aggregate, Match
from queries.known import Known
from queries.position import Span, Spans
from queries.position import spans as spans_of

BEHIND = re.compile(r"\s*,\s*")
BEFORE = re.compile(r",\s*$")
LIST = re.compile(r"(?P<word>by|without)\s*\(\s*+(?P<labels>(?:[^)\s]++|\s++(?!\)))*+)\s*\)", re.IGNORECASE)


def spans(asked: Asked) -> Spans | None:
    """Where the nodes stand; None where a change could not be put back, as in a variable's query."""
    if asked.known is None or asked.reader == "variable":
        return None
    return spans_of(asked.text, asked.known.node)


def replaced(asked: Asked, known: Known, new: str, match: Match | None = None) -> Change | None:
    """A node, or one matcher of it, written anew."""
    found = spans(asked)
    if found is None:
        return None
    span = _span(found, asked, known, match)
    return None if span is None else Change(span.start, span.end, new)


def removed(asked: Asked, known: Known, match: Match) -> Change | None:
    """A selector without one of its matchers."""
    found = spans(asked)
    span = None if found is None else _span(found, asked, known, match)
    if span is None:
        return None
    behind = BEHIND.match(asked.text, span.end)
    if behind:
        return Change(span.start, behind.end(), "")
    before = BEFORE.search(asked.text[: span.start])
    return Change(before.start() if before else span.start, span.end, "")


def wrapped(asked: Asked, known: Known, before: str, after: str) -> Change | None:
    """A node with something around it."""
    found = spans(asked)
    span = None if found is None else _span(found, asked, known, None)
    if span is None:
        return None
    return Change(span.start, span.end, f"{before}{asked.text[span.start : span.end]}{after}")


def kept(asked: Asked, known: Known, label: str) -> Change | None:
    """An aggregation that keeps a label besides."""
    node, found = known.node, spans(asked)
    if found is None or not isinstance(node, Aggregate) or node.without:
        return None
    path = asked.path(known)
    whole, labels = found.at(path), found.labels(path)
    text = asked.text[labels.start : labels.end]
    listed = LIST.fullmatch(text) if labels != whole else None
    if listed is not None:
        at = labels.start + listed.end("labels")
        return Change(at, at, f", {label}" if listed["labels"] else label)
    end = whole.start + len(node.op)
    plain = asked.text[whole.start : end].lower() == node.op and not node.by
    return Change(end, end, f" by ({label}) ") if plain else None


def _span(found: Spans, asked: Asked, known: Known, match: Match | None) -> Span | None:
    """None where it is not to be found: then nobody knows what would be changed."""
    path = asked.path(known)
    span = found.at(path)
    if match is None:
        return span if not path or span != Span(0, len(asked.text)) else None
    matched = found.match(path, match)
    return matched if matched != span else None
