"""What a person asks about: a panel of a page (`ai-api/"Errors"`), a rule (`HighErrorRate`), or an expression."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from cli.errors import UsageError
from cli.explain.words import Reader
from cli.lint.spot import Spot
from cli.lint.subject import Alert, Inputs, Page, Panel, Recording
from queries.source import did_you_mean

#: A name, and perhaps the title of a panel behind it; an expression has braces or parentheses.
NAME = re.compile(r"""[\w:.\-]+(?:/(?P<title>.+))?""", re.DOTALL)
FILE = re.compile(r"""(?P<file>.+\.(?:json|ya?ml))(?:/(?P<title>.+))?""", re.DOTALL)
LISTED = 12


class Asked(NamedTuple):
    """An expression of a panel or a rule.

    Attributes:
        expr: its text.
        reader: who evaluates it.
        where: for a person: `panel "Errors", query A`.
        spot: of the text.
    """

    expr: str
    reader: Reader
    where: str
    spot: Spot


class Found(NamedTuple):
    """What was asked about.

    Attributes:
        asked: its expressions.
        spots: of the panels or rules: what is said of those as a whole.
    """

    asked: tuple[Asked, ...]
    spots: tuple[Spot, ...]


def may_be_a_name(what: str) -> bool:
    """Whether it can be the name of something."""
    return NAME.fullmatch(what.strip()) is not None


def in_file(what: str) -> tuple[str, str] | None:
    """The file that is named, and what in it; None where no file is named."""
    found = FILE.fullmatch(what)
    return (found["file"], _bare(found["title"] or "")) if found else None


def named(what: str, inputs: Inputs) -> Found | None:
    """The panel or the rule of that name; None where nothing is called so.

    Raises:
        UsageError: it names a page or a group, and no panel or rule in it.
    """
    left, _, title = what.strip().partition("/")
    for page in inputs.pages:
        if page.uid == left:
            return _panels([page], _bare(title), left)
    for group in inputs.groups:
        if group.name == left and not any(rule.name == what for rule in group.rules):
            return _rules(group.rules, _bare(title), left)
    rules = [rule for group in inputs.groups for rule in group.rules if rule.name == what]
    return _of_rules(rules) if rules else None


def anywhere(title: str, inputs: Inputs, file: str) -> Found:
    """The panel or the rule of that name in a file."""
    rules = [rule for group in inputs.groups for rule in group.rules]
    if any(rule.name == title for rule in rules) or not inputs.pages:
        return _rules(rules, title, file)
    return _panels(inputs.pages, title, file)


def close_to(what: str, inputs: Inputs) -> str:
    """The name that was perhaps meant; empty where none is like it."""
    left, slash, title = what.strip().partition("/")
    pages = [page.uid for page in inputs.pages]
    names = pages if slash else [*pages, *(rule.name for group in inputs.groups for rule in group.rules)]
    close = get_close_matches(left, names, n=1, cutoff=0.65)
    return f"did you mean {close[0] + slash + title!r}?" if close else ""


def _panels(pages: Iterable[Page], title: str, of: str) -> Found:
    panels = [panel for page in pages for panel in page.panels]
    titles = [panel.title for panel in panels if panel.title]
    if not title:
        raise UsageError(f"{of} has {len(panels)} panels: which one?", fix=_how(of, titles))
    found = [panel for panel in panels if panel.title == title]
    if not found:
        raise UsageError(f"{of} has no panel {title!r}", fix=did_you_mean(title, titles))
    asked = tuple(one for panel in found for one in _asked(panel))
    if not asked:
        raise UsageError(f"panel {title!r} of {of} asks nothing in PromQL")
    return Found(asked, tuple(panel.spot for panel in found))


def _asked(panel: Panel) -> Iterator[Asked]:
    for target in panel.targets:
        if target.expr.strip() and target.language == "promql":
            legend = f", {target.legend}" if target.legend and target.legend != "__auto" else ""
            where = f'panel "{panel.title}", query {target.ref or "without a letter"}{legend}'
            yield Asked(target.expr, "panel", where, target.spot)


def _rules(rules: Iterable[Alert | Recording], name: str, of: str) -> Found:
    rules = tuple(rules)
    names = [rule.name for rule in rules]
    if not name:
        raise UsageError(f"{of} has {len(names)} rules: which one?", fix=_how(of, names))
    found = [rule for rule in rules if rule.name == name]
    if not found:
        raise UsageError(f"{of} has no rule {name!r}", fix=did_you_mean(name, names))
    return _of_rules(found)


def _of_rules(rules: Iterable[Alert | Recording]) -> Found:
    asked: list[Asked] = []
    spots: list[Spot] = []
    for rule in rules:
        reader: Reader = "alert" if isinstance(rule, Alert) else "recording"
        if rule.language == "promql" and rule.expr.strip():
            asked.append(Asked(rule.expr, reader, f"{reader} {rule.name}", rule.spot))
        spots.append(rule.spot)
        if isinstance(rule, Alert):
            asked += [
                Asked(one.expr, "panel", f"alert {rule.name}, query {one.ref}", one.spot)
                for one in rule.others
                if one.language == "promql" and one.expr.strip()
            ]
    if not asked:
        raise UsageError("this rule asks nothing in PromQL")
    return Found(tuple(asked), tuple(spots))


def _how(of: str, names: list[str]) -> str:
    if not names:
        return "nothing in it has a name"
    more = f" and {len(names) - LISTED} more" if len(names) > LISTED else ""
    return f"dash explain '{of}/{names[0]}'; it has: {', '.join(names[:LISTED])}{more}"


def _bare(title: str) -> str:
    """Without quotes, which the shell may have left."""
    title = title.strip()
    return title[1:-1] if len(title) > 1 and title[0] == title[-1] and title[0] in "\"'" else title
