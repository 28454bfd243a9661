"""Somebody's rule file there and back: imported, built, and read again."""

import contextlib
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from cli.main import main

#: libyaml where PyYAML was built with it: ten times as fast.


class Run(NamedTuple):
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer of `--output json`."""
        return json.loads(self.out)


def dash(*arguments: str) -> Run:
    """`dash` in the folder where we are."""
    out, err = io.StringIO(), io.StringIO()
    code: object = None
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(arguments)
        except SystemExit as ended:
            code = ended.code
    assert isinstance(code, int)
    return Run(int(code), out.getvalue(), err.getvalue())


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
