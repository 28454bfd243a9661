"""A program that runs beside us: without a shell, for a bounded time, with an answer of bounded size."""

# ruff: noqa: S603 - it is run without a shell, with our own words and the names of files

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from signal import Signals
from tempfile import TemporaryFile
from time import monotonic
from typing import IO, Self

from cli.errors import RemoteError
from cli.prometheus.told import Told

#: Of one answer so many bytes are read.
MOST_OUTPUT = 64 * 2**20


class Running:
    """A process whose answer goes into a file without a name, so that nobody waits for anybody to read."""

    def __init__(self, words: Sequence[str], folder: Path, longest: float, *, temporary: bool = False) -> None:
        self.output: IO[bytes] = TemporaryFile()  # noqa: SIM115 - its end closes it
        self.until = monotonic() + longest
        # dates in annotations are those of UTC on every machine; what it leaves when it is stopped goes with the folder
        # and it lives for seconds: to sweep its memory as rarely as this saves an eighth of its time
        env = {"GOGC": "400", **os.environ, "TZ": "UTC"} | ({"TMPDIR": str(folder)} if temporary else {})
        try:
            self.process = subprocess.Popen(
                words, cwd=folder, env=env, stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT
            )
        except OSError as error:
            self.output.close()
            raise RemoteError(f"it does not run: {error.strerror}", where=words[0]) from error

    def answer(self) -> Told:
        """What it said until it ended, or had to be."""
        stuck = False
        try:
            self.process.wait(max(self.until - monotonic(), 0))
        except subprocess.TimeoutExpired:
            stuck = True
            self.end_process()
        self.output.seek(0)
        text = self.output.read(MOST_OUTPUT).decode(errors="replace")
        return Told(self.process.returncode == 0, text, stuck, "" if stuck else _signal(self.process.returncode))

    def end_process(self) -> None:
        """Whatever it is doing."""
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing is left of it."""
        if self.process.poll() is None:
            self.end_process()
        self.output.close()


def _signal(returncode: int) -> str:
    """The name of the signal that a process died of."""
    if returncode >= 0:
        return ""
    try:
        return Signals(-returncode).name
    except ValueError:  # those of real time have no name
        return f"signal {-returncode}"
