"""Groups -> the text of the Python module that makes them: what a person would have written, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from cli.adopt.adoption import Part
from cli.adopt.group import Adopted
from cli.adopt.literal import STEP, argument
from cli.lint.report.printable import printable
from queries import GivenAlert, GivenRecording
from queries.rule import Rule

#: What a value of each kind says, in the order in which it is written.
SAID: dict[type[Rule], tuple[str, ...]] = {
    GivenAlert: ("alert", "expr", "lasting", "keep_firing_for", "labels", "annotations"),
    GivenRecording: ("record", "expr", "labels"),
}


def module(part: Part, source: str) -> str:
    """The module's text.

    Args:
        part: what it makes.
        source: where the rules were, for its first line.
    """
    kinds = sorted({type(rule).__name__ for one in part.groups for rule in one.group.rules})
    lines = [
        f'"""Rules from {_in_docstring(source)}."""',
        "",
        *part.comments,
        *([""] if part.comments else []),
        f"from queries import {', '.join([*kinds, 'RuleGroup'])}",
        "",
        "groups = [",
    ]
    for one in part.groups:
        lines += _group(one)
    return "\n".join([*lines, "]", ""])


def _group(one: Adopted) -> Iterator[str]:
    group = one.group
    yield from _comments(one.comments, 1)
    yield f"{STEP}RuleGroup("
    yield from argument("name", group.name, 2)
    for name in ("interval", "query_offset"):
        if said := getattr(group, name):
            yield from argument(name, said, 2)
    if group.limit:
        yield f"{STEP * 2}limit={group.limit},"
    if group.labels:
        yield from argument("labels", group.labels, 2)
    if group.rules:
        yield f"{STEP * 2}rules=["
        for rule, comments in zip(group.rules, one.of_rules, strict=True):
            yield from _comments(comments, 3)
            yield from _rule(rule)
        yield f"{STEP * 2}],"
    else:
        yield f"{STEP * 2}rules=[],"
    yield f"{STEP}),"


def _rule(rule: Rule) -> Iterator[str]:
    if not isinstance(rule, GivenAlert | GivenRecording):
        raise TypeError("only what somebody wrote for Prometheus is written down")
    yield f"{STEP * 3}{type(rule).__name__}("
    for name in SAID[type(rule)]:
        if said := getattr(rule, name):
            yield from argument(name, said, 4)
    yield f"{STEP * 3}),"


def _comments(comments: Iterable[str], depth: int) -> Iterator[str]:
    return (f"{STEP * depth}{comment}" for comment in comments)


def _in_docstring(source: str) -> str:
    return printable(source).replace("\\", "\\\\").replace('"', "'")
