"""A table of settings: every member of the right type, or the line that is wrong and what to write there."""

# ruff: noqa: PTH113, PTH118, PTH120 - paths are strings: a Path each takes half of the time

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from typing import Any

from cli.errors import UsageError
from cli.lint.finding import Severity
from cli.lint.settings import Settings

LEVELS = {str(severity): severity for severity in Severity}
VERSION = re.compile(r"v?(\d{1,4})\.(\d{1,4})(?:\.\d+)?")
EXAMPLES = {
    "select": 'select = ["PQL1", "PQL220"]',
    "ignore": 'ignore = ["PQL132"]',
    "severity": '[lint.severity] and below it PQL132 = "warning"',
    "per-file": '[lint.per-file] and below it "legacy/*.json" = ["PQL7"]',
    "prometheus": 'prometheus = "2.42"',
    "features": 'features = ["promql-experimental-functions"]',
    "scrape-interval": 'scrape-interval = "15s"',
    "evaluation-interval": 'evaluation-interval = "1m"',
    "retention": 'retention = "15d"',
    "external": 'external = ["kube_", "node_"]',
    "catalogs": 'catalogs = ["ai_api", "catalogs/shop.yaml"]',
    "strict": "strict = true",
    "fail-on": 'fail-on = "error"',
    "most-yaml": "most-yaml = 2000000",
}


def rule_id(said: str, rules: Collection[str], where: str, *, whole: bool = False) -> str:
    """The id of a rule, or the beginning of some ids; UsageError for what begins none."""
    if said in rules or (said and not whole and any(rule.startswith(said) for rule in rules)):
        return said
    from queries.source import did_you_mean  # noqa: PLC0415 - only a mistake pays for it

    close, asks, _ = did_you_mean(said.upper(), rules).partition("?")
    raise UsageError(f"there is no rule {said!r}", where=where, fix=close + asks if asks else "an id like PQL121")


def severity(said: object, where: str) -> Severity:
    """What is said as "error", "warning" or "info"."""
    if isinstance(said, str) and said in LEVELS:
        return LEVELS[said]
    raise UsageError(f"{said!r} is no severity", where=where, fix="error, warning or info")


def version(said: object, where: str) -> tuple[int, int]:
    """What is said as "2.42" or "3.5.1"."""
    found = VERSION.fullmatch(said) if isinstance(said, str) else None
    if found is None:
        raise UsageError(f"{said!r} is no version of Prometheus", where=where, fix=EXAMPLES["prometheus"])
    return int(found[1]), int(found[2])


class Table:
    """A table of settings in a file, to say which line is wrong."""

    def __init__(self, text: str, file: str, name: str, rules: Collection[str]) -> None:
        self.lines, self.file, self.rules = text.splitlines(), file, rules
        bare = (re.sub(r"[\s\"']", "", line) for line in self.lines)
        self.first = next((number for number, line in enumerate(bare) if line.startswith(f"[{name}")), 0)

    def settings(self, said: Mapping[str, Any]) -> Settings:
        """The settings; UsageError where they cannot be meant."""
        for key in said:
            if key not in EXAMPLES:
                from queries.source import did_you_mean  # noqa: PLC0415 - only a mistake pays for it

                raise UsageError(
                    f"unknown setting lint.{key}",
                    where=self.where(key),
                    fix=did_you_mean(key, EXAMPLES, of="the settings are"),
                )
        default = Settings()
        return Settings(
            select=self.ids(said, "select"),
            ignore=self.ids(said, "ignore"),
            severity={
                rule_id(rule, self.rules, self.where(rule), whole=True): severity(level, self.where(rule))
                for rule, level in self.table(said, "severity").items()
            },
            per_file={
                glob: self.ids({glob: ids}, glob, "per-file") for glob, ids in self.table(said, "per-file").items()
            },
            prometheus=version(said["prometheus"], self.where("prometheus")) if "prometheus" in said else None,
            features=self.texts(said, "features"),
            scrape_interval=self.seconds(said, "scrape-interval", default.scrape_interval),
            evaluation_interval=self.seconds(said, "evaluation-interval", None) or default.evaluation_interval,
            retention=self.seconds(said, "retention", default.retention),
            external=self.texts(said, "external"),
            catalogs=tuple(self.beside(one) for one in self.texts(said, "catalogs")),
            strict=self.of_type(said, "strict", bool, default.strict),
            fail_on=severity(said["fail-on"], self.where("fail-on")) if "fail-on" in said else default.fail_on,
            most_yaml=self.bytes(said, default.most_yaml),
        )

    def where(self, key: str) -> str:
        """The first line from the table's header on that says the key."""
        says = re.compile(rf"(?<![\w-]){re.escape(key)}(?![\w-])")
        numbers = (number for number in range(self.first, len(self.lines)) if says.search(self.lines[number]))
        return f"{self.file}:{next(numbers, self.first) + 1}"

    def texts(self, said: Mapping[str, Any], key: str, of: str = "") -> tuple[str, ...]:
        """A list of texts."""
        value = said.get(key, ())
        if not isinstance(value, list | tuple) or not all(isinstance(one, str) and one.strip() for one in value):
            raise UsageError(
                f"lint.{of or key} must be a list of texts"
                if not of
                else f"lint.{of}: {key} must have a list of texts",
                where=self.where(key),
                fix=EXAMPLES[of or key],
            )
        return tuple(value)

    def ids(self, said: Mapping[str, Any], key: str, of: str = "") -> tuple[str, ...]:
        """A list of rules."""
        return tuple(rule_id(one, self.rules, self.where(key)) for one in self.texts(said, key, of))

    def table(self, said: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        """A table below the table."""
        value: Mapping[str, Any] = self.of_type(said, key, dict, {})
        return value

    def seconds(self, said: Mapping[str, Any], key: str, default: float | None) -> float | None:
        """A duration as Prometheus writes it."""
        if key not in said:
            return default
        from queries.duration import seconds  # noqa: PLC0415 - only who says it pays for it
        from queries.source import Mistake  # noqa: PLC0415 - likewise

        try:
            return seconds(said[key])
        except Mistake as error:
            raise UsageError(f"lint.{key}: {error.what}", where=self.where(key), fix=EXAMPLES[key]) from error

    def bytes(self, said: Mapping[str, Any], default: int) -> int:
        """How many bytes a YAML file may have."""
        value: int = self.of_type(said, "most-yaml", int, default)
        if isinstance(value, bool) or value <= 0:
            raise UsageError("lint.most-yaml counts bytes", where=self.where("most-yaml"), fix=EXAMPLES["most-yaml"])
        return value

    def of_type(self, said: Mapping[str, Any], key: str, kind: type, default: Any) -> Any:
        """A value of one of TOML's own types."""
        value = said.get(key, default)
        if not isinstance(value, kind):
            named = {dict: "a table", bool: "true or false", int: "a number"}[kind]
            raise UsageError(f"lint.{key} must be {named}", where=self.where(key), fix=EXAMPLES[key])
        return value

    def beside(self, catalog: str) -> str:
        """A catalog's file as seen from the configuration, a catalog's name as it is."""
        near = os.path.join(os.path.dirname(self.file), catalog)
        return near if os.path.isfile(near) else catalog
