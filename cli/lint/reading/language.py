"""In which language a query is written: its data source says so, or the text itself where nobody knows that.

What Prometheus' own plug-in asks is PromQL, also where Mimir, Thanos or Cortex answers; so it is for Amazon's and
Azure's. VictoriaMetrics' plug-in speaks MetricsQL, whose answers differ: it is judged as little as SQL is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from cli.lint.reading.members import objects, text
from queries.template import STRING, VARIABLE

TYPES = {
    "prometheus": "promql",
    "grafana-amazonprometheus-datasource": "promql",
    "grafana-azureprometheus-datasource": "promql",
    "loki": "logql",
}
#: What a name says that somebody gave to a data source or to the variable that stands for it.
NAMES = (("loki", "logql"), ("prom", "promql"), ("mimir", "promql"), ("thanos", "promql"), ("cortex", "promql"))
#: Data sources that are no answer: each query says its own, or asks another panel.
MIXED = "-- mixed --"
ELSEWHERE = frozenset({"-- dashboard --", "-- grafana --", "grafana", "__expr__", "-100"})
#: Only LogQL has them.
LOGS = re.compile(r"\||\b(?:bytes_rate|bytes_over_time|rate_counter|unwrap)\b")
#: Braces with no name before them: in PromQL rare, in LogQL every query.
NAMELESS = re.compile(r'(?:^|[^\w:}\]$\s])\s*\{(?!\s*"")')


class Sources:
    """The data sources that a page's variables stand for.

    Attributes:
        plugins: for each variable's name, the type of its data sources.
    """

    __slots__ = ("_answers", "plugins")

    def __init__(self, plugins: Mapping[str, str]) -> None:
        self.plugins = plugins
        self._answers: dict[tuple[str, str], str | None] = {}  # a page has few data sources and many queries

    def language(self, query: str, *references: Any) -> str:
        """A query's language: "promql", "logql" or "".

        Args:
            query: its text.
            references: the data sources that it and what it stands in say, the nearest first.
        """
        for reference in references:
            said = self._said(reference)
            if said is not None:
                return said
        return guessed(query)

    def _said(self, reference: Any) -> str | None:
        """What a reference says; None where it says nothing."""
        if isinstance(reference, str):
            return self._named(reference)
        if not isinstance(reference, Mapping):
            return None
        known = text(reference, "uid"), text(reference, "type")
        if known not in self._answers:
            self._answers[known] = self._referred(*known)
        return self._answers[known]

    def _referred(self, uid: str, kind: str) -> str | None:
        """What a uid and a type say."""
        if uid.lower() == MIXED:
            return None
        variable = VARIABLE.fullmatch(uid) if uid[:1] in ("$", "[") else None
        if variable is not None:
            plugin = self.plugins.get(_bare(variable))
            if plugin is not None:
                return TYPES.get(plugin, "")
        return TYPES.get(kind.lower(), "") if kind else self._named(uid)

    def _named(self, name: str) -> str | None:
        """What a name or a uid says by itself."""
        variable = VARIABLE.fullmatch(name)
        if variable is not None and _bare(variable) in self.plugins:
            return TYPES.get(self.plugins[_bare(variable)], "")
        lower = name.lower()
        if lower in ELSEWHERE:
            return ""
        return next((language for part, language in NAMES if part in lower), None)


def sources(page: Mapping[str, Any]) -> Sources:
    """What the variables and the inputs of a classic dashboard stand for."""
    plugins = {text(one, "name"): text(one, "pluginId").lower() for _, one in objects(page, "__inputs")}
    for _, one in objects(page, "templating", "list"):
        if text(one, "type") == "datasource":
            plugins[text(one, "name")] = text(one, "query").lower()
    return Sources({name: plugin for name, plugin in plugins.items() if name and plugin})


def is_logql(query: str) -> bool:
    """Whether a text says by itself that it is LogQL."""
    return LOGS.search(_code(query)) is not None


def guessed(query: str) -> str:
    """The language of a text whose data source nobody knows; "" where it may be either."""
    code = _code(query)
    if not code.strip():
        return ""
    if LOGS.search(code):
        return "logql"
    return "" if NAMELESS.search(code) and "__name__" not in code else "promql"


def _code(query: str) -> str:
    """The text with nothing in its strings."""
    return '""'.join(STRING.split(query)[::2])


def _bare(variable: re.Match[str]) -> str:
    name: str = next(filter(None, variable.groups()))
    return name.partition(":")[0]
