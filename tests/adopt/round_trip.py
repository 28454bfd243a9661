"""Somebody's rule file there and back: imported, built, and read again."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from tests.command_line import dash

#: libyaml where PyYAML was built with it: ten times as fast.


def there_and_back(file: Path) -> list[dict[str, Any]]:
    """Every group of the rule files that come of a file, which is imported and built where we are."""
    said = dash("import", "alerts", str(file), "--force")
    assert said.code == 0, said.err
    return built()


def built() -> list[dict[str, Any]]:
    """Every group of the rule files that the modules in `imported/` make."""
    ran = dash("build", "--source", "imported")
    assert ran.code == 0, ran.err
    files = sorted(Path("build/rules").glob("*.yaml"))
    return [group for file in files for group in yaml.safe_load(file.read_bytes())["groups"]]


def as_prometheus_reads(groups: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Groups without what says nothing: empty labels, a `for` that is not there."""
    return [
        {**{key: value for key, value in group.items() if value}, "rules": [*map(_rule, group.get("rules") or [])]}
        for group in groups
    ]


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in rule.items() if value}
