"""`dash lint --fix` and `--diff`: the files with what can only be meant in one way, written or shown."""

# ruff: noqa: PTH123 - paths are strings

from __future__ import annotations

import os
from difflib import unified_diff

import click

from cli.compile.write import replace
from cli.errors import UsageError
from cli.lint.baseline import STDIN
from cli.lint.finding import Finding
from cli.lint.mended import File, Judge, mended
from cli.lint.reading import read_text
from cli.lint.reading.files import MARK
from cli.lint.report.printable import printable
from cli.lint.settings import Settings
from cli.lint.subject import Inputs


def mend(inputs: Inputs, findings: tuple[Finding, ...], settings: Settings, judge: Judge, *, write: bool) -> int:
    """How many files were written."""
    files = mended(inputs, findings, lambda name, text: read_text(name, text, settings), judge)
    if not write:
        for file in files:
            _show(file)
        return 0
    if any(file.name == STDIN for file in files):
        raise UsageError("standard input cannot be mended", where=STDIN, fix="dash lint --diff -")
    for file in files:
        _write(file)
        click.echo(f"mended {printable(file.name)}", err=True)
    return len(files)


def _show(file: File) -> None:
    old, new = file.old.splitlines(), file.new.splitlines()
    for line in unified_diff(old, new, file.name, file.name, lineterm=""):
        click.echo(printable(line))


def _write(file: File) -> None:
    """Puts the new text where the old one is, also behind a link; what somebody changed meanwhile stays."""
    path = os.path.realpath(file.name)
    try:
        with open(path, "rb") as opened:
            raw = opened.read()
        mark = MARK if raw.startswith(MARK) else b""
        if raw != mark + file.old.encode():
            what, fix = "it was changed while it was judged, so it stays as it is", f"dash lint --fix {file.name}"
            raise UsageError(what, where=file.name, fix=fix)
        replace(path, mark + file.new.encode())
    except OSError as error:
        raise UsageError(f"it cannot be written: {error.strerror}", where=file.name) from error
