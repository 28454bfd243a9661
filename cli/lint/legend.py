"""Legends: the labels that they name, and those in which lines differ that they do not."""

from __future__ import annotations

import re
from functools import lru_cache

from cli.lint.asked import Asked
from queries.expr import selects
from queries.inference.matching import is_vague
from queries.known import Known
from queries.metric import TARGET
from queries.template import VARIABLE

LABEL = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
#: Grafana chooses the legend itself.
AUTOMATIC = frozenset({"", "__auto"})
#: Panels that show one number, and its name only where there are several.
ONE_NUMBER = frozenset({"stat", "gauge", "singlestat"})


@lru_cache(maxsize=1000)
def labels_in(legend: str) -> tuple[str, ...]:
    """The labels that a legend names, each once."""
    return tuple(dict.fromkeys(LABEL.findall(legend)))


def is_seen(asked: Asked) -> bool:
    """Whether somebody reads the legend: a table has none, and a single number stands alone."""
    target, panel = asked.target, asked.panel
    if target is None or panel is None or target.hidden or "table" in (target.format, panel.kind):
        return False
    if panel.kind not in ONE_NUMBER or asked.known is None or not asked.known.one:
        return True
    options = panel.json.get("options")
    is_asked_for = isinstance(options, dict) and "name" in str(options.get("textMode"))
    return is_asked_for or sum(not one.hidden for one in panel.targets) > 1


def settled(known: Known) -> bool:
    """Whether all labels are known by name: none is open, none is chosen by a variable."""
    return not known.open and not any(is_vague(one) and VARIABLE.search(one) for one in known.labels)


def unnamed(asked: Asked, known: Known, legend: str) -> tuple[list[str], list[str]]:
    """The labels in which two lines may differ under one name: the metric's own, and those that scraping adds.

    A label that the page's variables choose is not among them: mostly one value of it is shown.
    """
    left = sorted(one for one in known.labels.difference(labels_in(legend)) if known.varies(one))
    if not left:
        return [], []
    chosen = {
        match.label
        for select in selects(known.node)
        for match in select.match
        if match.op in ("=", "=~") and VARIABLE.search(match.value)
    }
    left = [one for one in left if one not in chosen]
    targets = set(TARGET)
    for catalog in asked.catalogs.catalogs:
        targets |= {*catalog.target_labels, *catalog.extra_labels}
    return [one for one in left if one not in targets], [one for one in left if one in targets]
