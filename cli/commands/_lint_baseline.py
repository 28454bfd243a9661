"""The file with a house's old findings: read before anything else, written when asked for."""

# ruff: noqa: PTH110, PTH118, PTH120, PTH123 - paths are strings

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from cli.errors import UsageError
from cli.lint.baseline import STDIN, Fingerprint, Looked, compare, parsed, renewed, seen_from, written
from cli.lint.report.result import Result
from cli.lint.settings import Settings
from cli.lint.subject import Inputs

if TYPE_CHECKING:
    from cli.commands.lint import Options


def read(said: Options) -> Counter[Fingerprint]:
    """What the house has had for long; nothing where it is about to be written for the first time."""
    file = said["baseline"]
    if not file:
        if said["write_baseline"]:
            raise UsageError("nobody said where to", where="--write-baseline", fix="--baseline FILE --write-baseline")
        return Counter()
    try:
        with open(file, "rb") as opened:
            return parsed(opened.read(), file)
    except FileNotFoundError:
        if said["write_baseline"]:
            return Counter()
        what, fix = "there is no such baseline", f"dash lint --baseline {file} --write-baseline"
        raise UsageError(what, where=file, fix=fix) from None
    except OSError as error:
        raise UsageError(f"it cannot be read: {error.strerror}", where=file) from error


def compared(result: Result, baseline: Counter[Fingerprint], looked: Looked, said: Options, notes: list[str]) -> Result:
    """The result without what the baseline has; it is written first if that was asked for."""
    file = said["baseline"]
    folder = os.path.dirname(file) or "."
    if said["write_baseline"]:
        from cli.compile.write import replace as replace_file  # noqa: PLC0415 - most runs write nothing

        baseline = renewed(result.findings, baseline, folder, looked)
        try:
            replace_file(file, written(baseline))
        except OSError as error:
            raise UsageError(f"it cannot be written: {error.strerror}", where=file) from error
        notes.append(f"{file} has {baseline.total()} finding{'s' * (baseline.total() != 1)} now")
    new, known, gone = compare(result.findings, baseline, folder, looked)
    if gone:
        count = gone.total()
        are = "1 finding of the baseline is" if count == 1 else f"{count} findings of the baseline are"
        notes.append(f"{are} gone: --write-baseline renews it")
    return result._replace(findings=new, known=known, gone=gone.total())


def looked_at(inputs: Inputs, settings: Settings, file: str) -> Looked:
    """Whether an entry of the baseline would have been found: its file was read, or is there no more."""
    folder = os.path.dirname(file) or "."
    files = {seen_from(document.file, folder) for document in inputs.documents}

    def looked(about: Fingerprint) -> bool:
        there = about.file in files or not (about.file == STDIN or os.path.exists(os.path.join(folder, about.file)))
        return there and settings.wants(about.rule)

    return looked
