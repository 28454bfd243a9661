"""Every expression of a page or a group of rules, with all that stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from cli.lint.asked import Asked
from cli.lint.settings import Settings
from cli.lint.subject import Alert, Group, Inputs, Page, PageVariable, Recording
from queries.catalog import Catalogs
from queries.expr import Expr
from queries.parse import NotPromQL, parse

#: `label_values(up{job="x"}, instance)` and `query_result(up)`: what of it is PromQL.
ASKS_LABEL = re.compile(r"\s*label_values\(\s*+(?P<of>.+),\s*(?P<label>[\w$.{}:\[\]\"]+)\s*\)\s*", re.DOTALL)
ASKS_RESULT = re.compile(r"\s*query_result\(\s*+(?P<of>.+)\)\s*", re.DOTALL)


def on_page(page: Page, catalogs: Catalogs, settings: Settings) -> Iterator[Asked | None]:
    """Every PromQL expression of a page; None for one in another language."""
    for panel in page.panels:
        for target in panel.targets:
            if not target.expr.strip():
                continue
            if target.language == "promql":
                yield Asked(target.expr, target.spot.below("expr"), "panel", catalogs, settings, target, panel, page)
            else:
                yield None
    for target in page.annotations:
        if target.expr.strip():
            asked = Asked(target.expr, target.spot.below("expr"), "panel", catalogs, settings, page=page)
            yield asked if target.language == "promql" else None
    for variable in page.variables:
        text, begins = selected_by(variable)
        if text:
            spot = variable.spot.below(*variable.query_path)
            yield Asked(text, spot, "variable", catalogs, settings, page=page, variable=variable, begins=begins)


def in_group(group: Group, catalogs: Catalogs, settings: Settings) -> Iterator[Asked | None]:
    """Every PromQL expression of a group of rules; None for one in another language."""
    for rule in group.rules:
        if not rule.expr.strip():
            continue
        spot = rule.spot.below(*rule.expr_path)
        if isinstance(rule, Alert):
            asked = Asked(rule.expr, spot, "alert", catalogs, settings, alert=rule, group=group)
        else:
            asked = Asked(rule.expr, spot, "recording", catalogs, settings, recording=rule, group=group)
        yield asked if rule.language == "promql" else None
    for target in (one for alert in group.alerts for one in alert.others if one.expr.strip()):
        asked = Asked(target.expr, target.spot.below("expr"), "panel", catalogs, settings)
        yield asked if target.language == "promql" else None


def selected_by(variable: PageVariable) -> tuple[str, int]:
    """The PromQL in a variable's query and where in it that begins; empty where there is none."""
    if variable.kind != "query" or variable.language != "promql":
        return "", 0
    found = ASKS_LABEL.fullmatch(variable.query) or ASKS_RESULT.fullmatch(variable.query)
    return (found["of"].rstrip(), found.start("of")) if found else ("", 0)


def label_of(variable: PageVariable) -> str:
    """The label whose values a variable lists; empty where it lists none."""
    found = ASKS_LABEL.fullmatch(variable.query) if variable.kind == "query" else None
    return found["label"].strip('"') if found else ""


def recordings(inputs: Inputs) -> Iterable[tuple[str, Expr, Mapping[str, str]]]:
    """Every recording rule that parses: its name, its expression and the labels that it adds."""
    return _parsed(one for group in inputs.groups for one in group.recordings if one.language == "promql")


def _parsed(rules: Iterable[Recording]) -> Iterator[tuple[str, Expr, Mapping[str, str]]]:
    for rule in rules:
        try:
            yield rule.name, parse(rule.expr), rule.labels
        except NotPromQL:
            continue  # PQL001 tells it
