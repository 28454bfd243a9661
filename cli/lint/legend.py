"""Legends: the labels that they name, and those in which lines differ that they do not."""

from __future__ import annotations

import re
from functools import lru_cache

from cli.lint.asked import Asked
from cli.lint.reading.members import mapping, objects
from cli.lint.subject import Panel
from queries.expr import selects
from queries.inference.matching import is_vague
from queries.known import Known
from queries.labels import TARGET
from queries.template import VARIABLE

LABEL = re.compile(r"\{\{\s*([\w.]+)\s*\}\}")
#: Grafana chooses the legend itself.
AUTOMATIC = frozenset({"", "__auto"})
#: Panels that show one number, and its name only where there are several.
ONE_NUMBER = frozenset({"stat", "gauge", "singlestat"})
#: How a stat shows a value alone, or nothing; what stands for the legend in a name.
NAMELESS, BY_LEGEND = ("value", "none"), "__series.name"


@lru_cache(maxsize=1000)
def labels_in(legend: str) -> tuple[str, ...]:
    """The labels that a legend names, each once."""
    return tuple(dict.fromkeys(LABEL.findall(legend)))


def is_seen(asked: Asked) -> bool:
    """Whether somebody reads the legend: a table has none, and a single number stands alone."""
    target, panel = asked.target, asked.panel
    if target is None or panel is None or target.hidden or "table" in (target.format, panel.kind):
        return False
    options = mapping(panel.json, "options")
    if options.get("textMode") in NAMELESS or options.get("namePlacement") == "hidden" or _is_named(panel):
        return False
    if panel.kind not in ONE_NUMBER or asked.known is None or not asked.known.one:
        return True
    is_asked_for = "name" in str(options.get("textMode"))
    return is_asked_for or sum(not one.hidden for one in panel.targets) > 1


def _is_named(panel: Panel) -> bool:
    """Whether the panel names its lines itself, some or all, and that not by their legends."""
    said = mapping(panel.json, "fieldConfig")
    names = [mapping(said, "defaults").get("displayName")]
    for _, override in objects(said, "overrides"):
        names += [one.get("value") for _, one in objects(override, "properties") if one.get("id") == "displayName"]
    return any(isinstance(one, str) and one and BY_LEGEND not in one for one in names)


def settled(known: Known) -> bool:
    """Whether all labels are known by name: none is open, none is chosen by a variable."""
    return not known.open and _are_plain(known.always) and _are_plain(known.maybe)


@lru_cache(maxsize=1000)  # five rules ask it of every query, and most group by the same
def _are_plain(labels: frozenset[str]) -> bool:
    return not any(is_vague(one) and VARIABLE.search(one) for one in labels)


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
