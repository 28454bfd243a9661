"""What a file holds: every page, group of rules and configuration in it, in whatever they are wrapped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from cli.lint.reading import dashboard, resource
from cli.lint.reading.buried import buried
from cli.lint.reading.configuration import configuration, is_configuration
from cli.lint.reading.document import Placed
from cli.lint.reading.json_text import parsed as json_parsed
from cli.lint.reading.members import items, mapping, text
from cli.lint.reading.rules import METRICSQL, are_groups, are_rules, group, groups, listed
from cli.lint.reading.source import Inside, Source
from cli.lint.reading.stops import Stops
from cli.lint.reading.vocabulary import GROUPS, is_map_of_groups, misnamed_groups
from cli.lint.reading.yaml_text import parsed as yaml_parsed
from cli.lint.spot import Path
from cli.lint.subject import Configuration, Group, Page, Unreadable

Thing: TypeAlias = Page | Group | Configuration | Unreadable
#: Words of which a dashboard, rules or a configuration have at least one; a file without them is none of ours.
WORDS = (
    *(b"expr", b"lastEvaluation", b"rule_files", b"scrape_configs"),
    *(b"panels", b"schemaVersion", b"dashboard.grafana.app", b"VizConfig"),
)
#: Two braces begin a template.
BEGINS_JSON = re.compile(r"\s*(?:\[|\{(?!\{))")
#: How many wrappings are opened: a list in a list, a dashboard in a ConfigMap in a list.
DEEPEST = 6


def is_ours(raw: bytes) -> bool:
    """Whether a text may be something that is linted: no file of ours says no."""
    return any(word in raw for word in WORDS)


def documents(source: Source, name: str, most_yaml: int) -> list[Placed]:
    """The documents of a text that is called `name`; Stops where it is neither JSON nor YAML."""
    suffix = name[name.rfind(".") :].lower()
    is_yaml = suffix in (".yaml", ".yml")
    if suffix == ".json" or BEGINS_JSON.match(source.text):
        try:
            return [json_parsed(source)]
        except Stops:
            if not is_yaml:
                raise
    return [*yaml_parsed(source, most_yaml)]


def contents(document: Placed, most_yaml: int) -> list[Thing] | None:
    """All that a document holds; None where it is nothing that we know."""
    found = _Opening(document, most_yaml).of(document.value, (), 0)
    if found is None and GROUPS in document.text:
        found = [one for path in buried(document.value) for one in groups(document, document.at(path), path)] or None
    return found


class _Opening:
    """One document that is opened, wrapping by wrapping."""

    __slots__ = ("document", "most_yaml")

    def __init__(self, document: Placed, most_yaml: int) -> None:
        self.document, self.most_yaml = document, most_yaml

    def of(self, value: Any, path: Path, depth: int) -> list[Thing] | None:
        """What a value holds."""
        if depth > DEEPEST:
            return None
        if isinstance(value, list):
            if are_rules(value):
                return [*listed(self.document, (((*path, index), one) for index, one in enumerate(value)))]
            return self.each(value, path, depth)
        if not isinstance(value, dict):
            return None
        if "apiVersion" in value and "kind" in value:
            return self.resource(value, path, depth)
        found = self.page(value, path)
        found = self.rules(value, path) if found is None else found
        return self.wrapped(value, path, depth) if found is None else found

    def each(self, values: list[Any], path: Path, depth: int) -> list[Thing] | None:
        """What the items of a list hold."""
        held = [self.of(one, (*path, index), depth + 1) for index, one in enumerate(values)]
        known = [one for one in held if one is not None]
        return [thing for one in known for thing in one] if known else None

    def page(self, value: Mapping[str, Any], path: Path, uid: str = "", *, wrapped: bool = False) -> list[Thing] | None:
        """A dashboard of either model, or a panel."""
        if resource.is_resource(value):
            return [resource.page(self.document, value, path, uid=uid, wrapped=wrapped)]
        if dashboard.is_dashboard(value):
            return [dashboard.page(self.document, value, path, uid=uid, wrapped=wrapped)]
        return [dashboard.piece(self.document, value, path, uid=uid)] if dashboard.is_panel(value) else None

    def rules(self, value: Mapping[str, Any], path: Path) -> list[Thing] | None:
        """Groups of rules, or a configuration that names files of them."""
        if "groups" in value and are_groups(value["groups"] or []):
            return [*groups(self.document, value["groups"] or [], (*path, "groups"))]
        if is_map_of_groups(value.get("groups")):
            place = self.document.position((*path, "groups"))
            return [Unreadable(self.document.file, "`groups` is no list: a group begins with `- name:`", *place)]
        if is_configuration(value):
            return [configuration(self.document, value, path)]
        if are_rules(value.get("rules")):
            return [*group(self.document, value, path)]
        if are_rules([value]):
            return [*listed(self.document, [(path, value)])]
        wrong = misnamed_groups(value)
        if wrong is not None:
            below = (*path, *wrong.path)
            said = Unreadable(self.document.file, str(wrong), *self.document.position_of_key(below))
            return [said, *groups(self.document, self.document.at(below), below)]
        if value and all(one and are_groups(one) for one in value.values()):  # a ruler's answer: by folders
            return [thing for name, one in value.items() for thing in groups(self.document, one, (*path, name))]
        return None

    def wrapped(self, value: Mapping[str, Any], path: Path, depth: int) -> list[Thing] | None:
        """What the API puts around a dashboard or a library panel."""
        inner = value.get("dashboard")
        if isinstance(inner, dict):
            found = self.page(inner, (*path, "dashboard"), wrapped=True)
            return self.of(inner, (*path, "dashboard"), depth + 1) if found is None else found
        if isinstance(value.get("model"), dict):
            model = mapping(value, "model")
            return [dashboard.piece(self.document, model, (*path, "model"), uid=text(value, "uid"))]
        for key in ("result", "elements", "items"):
            if isinstance(value.get(key), dict | list):
                return self.of(value[key], (*path, key), depth + 1)
        return None

    def resource(self, value: Mapping[str, Any], path: Path, depth: int) -> list[Thing] | None:
        """A Kubernetes resource."""
        kind, spec, below = text(value, "kind"), mapping(value, "spec"), (*path, "spec")
        uid = text(mapping(value, "metadata"), "name")
        if kind.endswith("List") or isinstance(value.get("items"), list):
            return self.each(items(value, "items"), (*path, "items"), depth)
        if kind == "ConfigMap":
            held = [self.inside((*path, "data", key), key) for key in mapping(value, "data")]
            known = [one for one in held if one is not None]
            return [thing for one in known for thing in one] if known else None
        if kind == "PrometheusRule":
            return [*groups(self.document, items(spec, "groups"), (*below, "groups"))]
        if kind == "VMRule":
            return [*groups(self.document, items(spec, "groups"), (*below, "groups"), METRICSQL)]
        if kind == "GrafanaAlertRuleGroup":
            return [*group(self.document, spec, below)]
        if kind == "GrafanaDashboard" and text(spec, "json"):
            return self.inside((*below, "json"), ".json")
        if not text(value, "apiVersion").startswith("dashboard.grafana.app/"):
            return None
        if kind == "LibraryPanel":
            return [dashboard.piece(self.document, spec, below, uid=uid)]
        if resource.is_resource(spec):
            return [resource.page(self.document, spec, below, uid=uid)]
        return [dashboard.page(self.document, spec, below, uid=uid)] if kind == "Dashboard" else None

    def inside(self, path: Path, name: str) -> list[Thing] | None:
        """What a string holds that is a file itself; None where it is none of ours."""
        held = self.document.at(path)
        if not isinstance(held, str) or not is_ours(held.encode("utf-8", "replace")):
            return None
        source = Inside(self.document, path, held)
        try:
            found = [
                _Opening(one, self.most_yaml).of(one.value, (), DEEPEST - 1)
                for one in documents(source, name, self.most_yaml)
            ]
        except Stops as stop:
            return [stop.of(source.file)] if name.endswith((".json", ".yaml", ".yml")) else None
        known = [one for one in found if one is not None]
        return [thing for one in known for thing in one] if known else None
