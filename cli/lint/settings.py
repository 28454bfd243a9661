"""What a house says about linting: which rules, how bad, and what the servers are like."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from cli.lint.finding import Severity


class Settings(NamedTuple):
    """Read from `dash.toml` `[lint]` or `pyproject.toml` `[tool.dashboards-py.lint]`; the command line adds to it.

    Attributes:
        select: ids, or beginnings of them ("PQL2"), that are looked for; empty for all.
        ignore: those that are not.
        severity: a rule's severity where it is not its own.
        per_file: for a glob of paths the rules that are not looked for there.
        prometheus: the version of the target, (2, 42) or (3, 5); None where nobody said.
        features: the feature flags that it has.
        scrape_interval: seconds between two scrapes where no catalog says; None for nobody said.
        evaluation_interval: seconds between two evaluations of a group that says none.
        retention: for how many seconds samples are kept; None where nobody said.
        external: beginnings of names of metrics that are known to come from elsewhere.
        catalogs: names of shipped catalogs, or files.
        strict: whether a metric that no catalog knows is an error.
        fail_on: the severity from which on the answer is no.
        most_yaml: the greatest YAML file that is read, in bytes.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = MappingProxyType({})
    per_file: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    prometheus: tuple[int, int] | None = None
    features: tuple[str, ...] = ()
    scrape_interval: float | None = None
    evaluation_interval: float = 60.0
    retention: float | None = None
    external: tuple[str, ...] = ()
    catalogs: tuple[str, ...] = ()
    strict: bool = False
    fail_on: Severity = Severity.WARNING
    most_yaml: int = 2_000_000

    def wants(self, rule: str) -> bool:
        """Whether a rule is looked for anywhere."""
        chosen = not self.select or any(rule.startswith(one) for one in self.select)
        return chosen and not any(rule.startswith(one) for one in self.ignore)
