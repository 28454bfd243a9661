"""Many trials in a few processes; what kills a process is told of the trial that did."""

from __future__ import annotations

import json
import selectors
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.lint.fuzz.seeds import ROOT

#: A process that waits for something uses no time of the processor; on a busy machine ten seconds may be a minute.
PATIENCE = 90.0


class Outcome(NamedTuple):
    """How a trial went."""

    number: int
    seconds: float
    fault: str


class _Worker:
    """A process, and the trial that it is at."""

    def __init__(self) -> None:
        self.number = -1
        self.around = TemporaryDirectory()
        folder = Path(self.around.name) / "here"
        folder.mkdir()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.lint.fuzz.worker", str(folder)],
            cwd=ROOT,
            env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "PYTHONHASHSEED": "0"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def ask(self, number: int) -> None:
        """Gives it a trial."""
        self.number = number
        assert self.process.stdin is not None
        self.process.stdin.write(f"{number}\n".encode())
        self.process.stdin.flush()

    def answer(self) -> Outcome:
        """How the trial went; the process is gone where it went worst."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if line:
            return Outcome(**json.loads(line))
        code = self.process.wait()
        assert self.process.stderr is not None
        last = self.process.stderr.read().decode(errors="replace")[-500:]
        how = f"killed by {signal.Signals(-code).name}" if code < 0 else f"the process ended with {code}"
        return Outcome(self.number, 0.0, f"{how} {last}".strip())

    def end(self) -> None:
        """Takes it away, and what it leaves: it is killed, and cannot do so itself."""
        self.process.kill()
        self.process.communicate()
        self.around.cleanup()


def outcomes(numbers: Iterable[int], workers: int) -> Iterator[Outcome]:
    """How each trial went, in the order in which they end."""
    left = iter(numbers)
    with ExitStack() as stack, selectors.DefaultSelector() as ready:

        def begin(worker: _Worker) -> None:
            number = next(left, None)
            if number is None:
                worker.end()
                return
            if worker.process.poll() is not None:
                worker.end()
                worker = _Worker()
                stack.callback(worker.end)
            worker.ask(number)
            assert worker.process.stdout is not None
            ready.register(worker.process.stdout, selectors.EVENT_READ, worker)

        for _ in range(workers):
            first = _Worker()
            stack.callback(first.end)
            begin(first)
        while ready.get_map():
            told = ready.select(PATIENCE)
            if not told:
                for key in list(ready.get_map().values()):
                    key.data.process.kill()  # it hangs; that its output has ended is told next
                continue
            for key, _ in told:
                ready.unregister(key.fileobj)
                yield key.data.answer()
                begin(key.data)
