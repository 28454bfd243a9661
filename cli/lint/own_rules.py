"""A house's own rules: Python files with `RULE` or `RULES`, of the same shape as ours."""

# ruff: noqa: PTH110, PTH112, PTH118, PTH208 - paths are strings

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Collection, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

from cli.errors import AuthoringError, UsageError
from cli.lint.rule import Rule

FUNCTIONS = tuple(name for name in Rule._fields if name.startswith("of_"))
SHAPE = 'RULE = Rule(id="SHOP001", title=..., severity=..., why=..., wrong=..., right=..., of_query=...)'


def own_rules(paths: Collection[str], taken: Collection[str]) -> tuple[Rule, ...]:
    """The rules of files, or of all files of folders; `taken` are the ids that there are already."""
    found: dict[str, tuple[Rule, str]] = {}
    for path in paths:
        for file in _files(path):
            for rule in _rules(_ran(file), file):
                other = found[rule.id][1] if rule.id in found else "a rule of dash" if rule.id in taken else ""
                if other:
                    raise AuthoringError(f"{rule.id} is taken by {other}", where=file, fix='another id, like "SHOP001"')
                found[rule.id] = rule, file
    return tuple(rule for rule, _ in found.values())


def _files(path: str) -> list[str]:
    if os.path.isdir(path):
        names = [name for name in sorted(os.listdir(path)) if name.endswith(".py") and name[0] not in "_."]
        if not names:
            raise UsageError("this folder has no rules", where=path, fix="--rules FILE.py, or a folder of such files")
        return [os.path.join(path, name) for name in names]
    if not os.path.exists(path):
        raise UsageError("there are no rules", where=path, fix="--rules FILE.py, or a folder of such files")
    return [path]


def _ran(file: str) -> ModuleType:
    name = f"_own_rules_{abs(hash(os.path.abspath(file)))}"  # noqa: PTH100 - as above
    spec = spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        raise UsageError("this is no Python file", where=file, fix="--rules FILE.py")
    module = module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look for the module that they are in
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        raise AuthoringError(
            f"it raises {type(error).__name__}: {' '.join(str(error).split())}",
            where=f"{file}:{_line(error, file)}",
            fix="correct that line; `dash --debug lint` shows the whole traceback",
        ) from error
    return module


def _line(error: BaseException, file: str) -> int:
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno or 1
    lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == file]
    return lines[-1] or 1 if lines else 1


def _rules(module: ModuleType, file: str) -> Iterator[Rule]:
    several = getattr(module, "RULES", ())
    if isinstance(several, Rule):
        raise AuthoringError("RULES is one rule", where=file, fix="RULE = ..., or RULES = [...]")
    said = [*([module.RULE] if hasattr(module, "RULE") else ()), *several]
    if not said:
        raise AuthoringError("it has neither RULE nor RULES", where=file, fix=SHAPE)
    for rule in said:
        if not isinstance(rule, Rule):
            raise AuthoringError(f"a {type(rule).__name__} is no Rule", where=file, fix=SHAPE)
        if sum(getattr(rule, function) is not None for function in FUNCTIONS) != 1:
            raise AuthoringError(
                f"{rule.id} has not exactly one function", where=file, fix=f"one of {', '.join(FUNCTIONS)}"
            )
        yield rule
