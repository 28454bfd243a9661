"""`dash: ignore PQL120 because it is a test until 2027-01-31`: what it says, and what it covers."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from cli.lint.finding import Finding, Place

MARK = "dash: ignore"
#: As it stands in a text; what follows on the line is what it says.
DIRECTIVE = re.compile(r"dash: ignore\b(?P<said>[^\r\n]*)")
_SAID = re.compile(
    r"(?P<rules>(?:[A-Z]+\d+(?:\s*,\s*|\s+|$))*)"
    r"(?P<scope>(?:\"[^\"]*\"|[^\"])*?) ?"
    r"(?:\bbecause\b ?(?P<reason>.*?))?? ?"
    r"(?:\buntil (?P<until>\d[\d-]*))?"
)
#: Whoever writes more gives no reason but a speech.
LONGEST = 500


class Directive(NamedTuple):
    """What somebody wrote.

    Attributes:
        rules: ids. scope: what of the file is meant, where a sidecar says it.
        reason: why. until: the last day on which it counts.
        fault: why it does not count at all; empty where it does.
    """

    rules: tuple[str, ...]
    scope: str = ""
    reason: str = ""
    until: date | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Suppression:
    """A directive where it stands.

    Attributes:
        place: of the directive; where: for a person.
        file: whose findings it covers; empty for a line of Python, whose pages may be many.
        covers: whether a finding is among what it is about, whatever the rule.
    """

    said: Directive
    place: Place
    file: str
    covers: Callable[[Finding], bool]
    where: str = ""


def directive(text: str) -> Directive:
    """What follows `dash: ignore`; a description may hide all of it: `<!-- ... -->`."""
    line = " ".join(text.partition("-->")[0].split()).rstrip(" .,;")
    found = _SAID.fullmatch(line) if len(line) <= LONGEST else None
    if found is None:
        return Directive((), fault="a suppression that cannot be understood")
    rules = tuple(dict.fromkeys(re.split(r"[\s,]+", found["rules"].strip(", ")))) if found["rules"] else ()
    scope, reason = found["scope"].strip(), (found["reason"] or "").rstrip(" .,;")
    until, fault = None, ""
    if not rules:
        fault = "a suppression that names no rule"
    elif not reason:
        fault = f"{', '.join(rules)} ignored without a reason"
    elif found["until"]:
        try:
            until = date.fromisoformat(found["until"])
        except ValueError:
            fault = f"{found['until']} is no date"
    return Directive(rules, scope, reason, until, fault)


def in_lines(file: str, first: int, last: int, raw: str) -> Callable[[Finding], bool]:
    """Whatever stands from one line of a file to another; or in whose expression the directive itself is a comment."""
    return lambda one: one.place.file == file and (first <= one.place.line <= last or raw in one.expr)


def written_at(source: str) -> Callable[[Finding], bool]:
    """Whatever came from a line of Python."""
    return lambda one: one.place.source == source


def below(file: str, path: str) -> Callable[[Finding], bool]:
    """A member of a file and all that is in it; everything for the empty path."""
    return lambda one: one.place.file == file and _is_below(one.place.path, path)


def scoped(file: str, scope: str) -> Callable[[Finding], bool]:
    """What a sidecar means: a path (`panels[3]`), or how a finding calls its place (`panel "Errors"`)."""

    def covers(one: Finding) -> bool:
        named = one.where == scope or one.where.startswith(f"{scope},")
        return one.place.file == file and (named or _is_below(one.place.path, scope))

    return covers


def _is_below(path: str, above: str) -> bool:
    return not above or path == above or (path.startswith(above) and path[len(above)] in ".[")
