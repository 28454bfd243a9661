"""What `dash.toml` says in `[lint]`, or `pyproject.toml` in `[tool.dashboards-py.lint]`."""

# ruff: noqa: PTH118, PTH123 - paths are strings: a Path each takes half of the time

from __future__ import annotations

import os
import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from cli import config
from cli.errors import UsageError
from cli.lint.settings import Settings
from cli.lint.settings_table import Table

PYPROJECT = "pyproject.toml"


class Configured(NamedTuple):
    """The settings, and what somebody should know about where they are from."""

    settings: Settings
    note: str = ""


def read(folder: str, file: str, rules: Collection[str]) -> Configured:
    """The settings of a folder, or of one file; the defaults where nobody says any.

    Args:
        folder: in which `dash` was started.
        file: what `--config` names; empty for the two that are looked for.
        rules: the ids that there are.

    Raises:
        UsageError: they cannot be meant.
    """
    if file:
        text = _text(os.path.join(folder, file))
        if text is None:
            raise UsageError("there is no such file", where=file, fix="--config FILE names a TOML file")
        said = _table(text, file)
        return Configured(Settings() if said is None else Table(text, file, _name(file), rules).settings(said))
    found: list[tuple[str, Settings]] = []
    for name in (config.FILE, PYPROJECT):
        text = _text(os.path.join(folder, name))
        said = _table(text, name) if text is not None and _may_say(text, name) else None
        if text is not None and said is not None:
            if found:
                return Configured(found[0][1], f"{config.FILE} has [lint], so that of {name} is not read")
            found.append((name, Table(text, name, _name(name), rules).settings(said)))
    return Configured(found[0][1] if found else Settings())


def _text(path: str) -> str | None:
    name = path.rpartition("/")[2]
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"it cannot be read: {error.strerror}", where=name) from error
    except UnicodeDecodeError as error:
        raise UsageError("it cannot be read: it is not UTF-8", where=name) from error


def _may_say(text: str, name: str) -> bool:
    """Whether it is worth to load a TOML parser for it."""
    return "lint" in text and (name == config.FILE or config.PROJECT in text)


def _name(file: str) -> str:
    """What the table is called there."""
    return f"tool.{config.PROJECT}.lint" if file.rpartition("/")[2] == PYPROJECT else "lint"


def _table(text: str, file: str) -> Mapping[str, Any] | None:
    import tomllib  # noqa: PLC0415 - most runs have nothing to read

    try:
        said: Any = tomllib.loads(text)
        str(said)  # of a hexadecimal number Python reads more digits than it writes
    except (ValueError, RecursionError) as error:  # a number may be too long to be one
        line = re.search(r"at line (\d+)", str(error))
        raise UsageError(f"this is not TOML: {error}", where=f"{file}:{line[1] if line else 1}") from error
    table: Any = said
    for name in _name(file).split("."):
        table = table.get(name) if isinstance(table, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError("lint must be a table", where=f"{file}:1", fix='[lint] and below it ignore = ["PQL132"]')
    return table
