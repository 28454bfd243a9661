"""One group of a document, with the comments of whoever wrote it."""

from __future__ import annotations

from typing import NamedTuple

from cli.adopt.comments import above
from cli.adopt.rule import labels_at, length, rule
from cli.adopt.strict import Strict
from cli.lint.reading.vocabulary import misnamed_rules
from cli.lint.spot import Path
from queries import RuleGroup

KNOWN = ("name", "interval", "limit", "query_offset", "labels", "rules")


class Adopted(NamedTuple):
    """A group, and the lines of comments above it and above each of its rules."""

    group: RuleGroup
    comments: tuple[str, ...]
    of_rules: tuple[tuple[str, ...], ...]


def group(strict: Strict, path: Path) -> Adopted | None:
    """The group at a path; None where it cannot be taken over, which was said then.

    A rule that Prometheus would refuse is left out; the others stay, and a group of which none stays goes, too.
    """
    said = strict.at(path)
    if not isinstance(said, dict):
        strict.refuse(path, "this group is no mapping")
        return None
    name = strict.text((*path, "name"), "`name`")
    if not name:
        if name is not None:
            strict.refuse(path, "this group has no name")
        return None
    what = f"group {name!r}"
    strict.known(path, KNOWN, what)
    interval, offset = length(strict, (*path, "interval"), what), length(strict, (*path, "query_offset"), what)
    limit, labels = strict.number((*path, "limit"), f"{what}: `limit`"), labels_at(strict, (*path, "labels"), what)
    rules = said.get("rules")
    if rules is not None and not isinstance(rules, list):
        strict.refuse((*path, "rules"), f"{what}: `rules` is no list")
        return None
    if interval is None or offset is None or limit is None or labels is None:
        return None
    places = [(*path, "rules", index) for index in range(len(rules or ()))]
    taken = [(one, place) for place in places if (one := rule(strict, place)) is not None]
    if not taken and (places or misnamed_rules(said) is not None):
        return None
    return Adopted(
        RuleGroup(
            name=name,
            rules=[one for one, _ in taken],
            interval=interval,
            query_offset=offset,
            limit=limit,
            labels=labels,
        ),
        above(strict, path),
        tuple(above(strict, place) for _, place in taken),
    )
