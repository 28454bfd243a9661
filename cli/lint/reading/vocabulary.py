"""The members of a rule file that somebody reads, and which of them a member that nobody reads was meant to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from cli.lint.reading.managed import is_managed
from cli.lint.spot import Path

#: What Prometheus reads of a group and of a rule (rulefmt.RuleGroup and Rule of 2.42 to 3.5).
PROMETHEUS_GROUP = ("name", "interval", "query_offset", "limit", "labels", "rules")
PROMETHEUS_RULE = ("record", "alert", "expr", "for", "keep_firing_for", "labels", "annotations")
#: What others do: Thanos, Mimir (also under its older names), Loki, VictoriaMetrics (vmalert's documentation).
GROUP = frozenset(PROMETHEUS_GROUP) | {
    "partial_response_strategy",
    *("evaluation_delay", "source_tenants", "align_evaluation_time_on_interval"),
    "remote_write",
    *("type", "tenant", "concurrency", "params", "headers", "notifier_headers", "debug"),
    *("eval_offset", "eval_delay", "eval_alignment", "evaluation_alignment", "extra_filter_labels", "checksum"),
}
RULE = frozenset(PROMETHEUS_RULE) | {"debug", "update_entries_limit"}
GROUPS, RULES = "groups", "rules"


class Misnamed(NamedTuple):
    """A member that Prometheus does not find, and the one that was meant."""

    path: Path
    meant: str

    def __str__(self) -> str:
        return f"Prometheus knows no `{self.path[-1]}` here; did you mean `{self.meant}`?"


def unread(json: Mapping[str, Any], known: frozenset[str]) -> Iterator[str]:
    """The members that nobody reads; what a template writes is not known yet."""
    return (name for name in json if name not in known and "{{" not in name)


def nearest(name: str, names: tuple[str, ...]) -> str:
    """The name that was meant; empty where none is like it."""
    from difflib import get_close_matches  # noqa: PLC0415 - only who mistyped something pays for it

    return next(iter(get_close_matches(name.lower(), names, n=1)), "")


def misnamed_groups(json: Mapping[str, Any]) -> Misnamed | None:
    """`group:`, where a rule file says `groups:`; a ruler's answer names a folder there, and hardly ever so."""
    for name, value in json.items():
        if name != GROUPS and _is_list(value, RULES) and nearest(name, (GROUPS,)):
            rules = [rule for one in value if isinstance(one[RULES], list) for rule in one[RULES]]
            if not any(isinstance(rule, Mapping) and is_managed(rule) for rule in rules):
                return Misnamed((name,), GROUPS)
    return None


def misnamed_rules(group: Mapping[str, Any]) -> Misnamed | None:
    """`rule:`, where a group says `rules:`."""
    if RULES in group or "name" not in group:
        return None
    lists = (name for name, value in group.items() if _is_list(value, "expr") and nearest(name, (RULES,)))
    return next((Misnamed((name,), RULES) for name in lists), None)


def is_map_of_groups(value: Any) -> bool:
    """Whether groups stand where a list of them should: one itself, or some by their names."""
    return isinstance(value, Mapping) and any(
        isinstance(one, Mapping) and _is_list(one.get(RULES), "expr") for one in (value, *value.values())
    )


def _is_list(value: Any, member: str) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, Mapping) and member in one for one in value)
