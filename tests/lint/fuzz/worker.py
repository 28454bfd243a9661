"""A process in which `dash` runs on one trial after the other, with little memory and little time.

`python -m tests.lint.fuzz.worker FOLDER` reads a number a line and answers each with a line of JSON.
"""

from __future__ import annotations

import io
import json
import os
import re
import resource
import shutil
import signal
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from typing import NamedTuple

from cli.commands import _lint
from cli.main import main
from tests.lint.fuzz.huge import HUGE, huge
from tests.lint.fuzz.trials import NEIGHBOUR, SAYS, Trial, trial

#: Of all that the process has, its libraries included.
MEMORY = 500_000_000
SECONDS = 10.0
#: The number that asks for a hang; others below nought ask for something huge.
HANGS = -1_000_000
#: What a terminal would obey; JSON is for machines, and may say what only changes the order of letters.
ESCAPE = re.compile(r"[\x00-\x08\x0b-\x1f]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


class Ran(NamedTuple):
    """How a command ended, and what it said."""

    code: object
    out: str
    err: str


def limit() -> None:
    """From now on too much memory is an error, and too much time the end of the process."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


#: The same for every trial: click keeps each stream that it ever wrote to.
OUT, ERR = io.BytesIO(), io.BytesIO()
STDOUT, STDERR = (io.TextIOWrapper(raw, encoding="utf-8", write_through=True) for raw in (OUT, ERR))


def ran(one: Trial) -> Ran:
    """Runs `dash` in the current folder, as a shell would with all that it says going to files."""
    for raw in (OUT, ERR):
        raw.seek(0)
        raw.truncate()
    sys.stdin = io.TextIOWrapper(io.BytesIO(one.stdin), encoding="utf-8")
    code: object = "no exit at all"
    with redirect_stdout(STDOUT), redirect_stderr(STDERR):
        try:
            main(one.arguments)
        except SystemExit as end:
            code = 0 if end.code is None else end.code
        except BaseException as error:  # noqa: BLE001 - a panic of Rust is none of the usual ones
            code = f"{type(error).__name__}: {error}"[:300]
    return Ran(code, OUT.getvalue().decode(), ERR.getvalue().decode())


def fault(one: Trial, end: Ran) -> str:
    """What a run did that it may not; empty for nothing."""
    if end.code not in one.allowed:
        return f"exit {end.code}: {end.err[-300:]}"
    said = end.out + end.err
    if "Traceback" in said or " object at 0x" in said:
        return f"Python's own words: {said[-300:]}"
    control = (ESCAPE if {"json", "sarif"} & {*one.arguments} else CONTROL).search(said)
    if control is not None:
        return f"it sends {control[0]!r}: {said[max(0, control.start() - 80) : control.end() + 20]!r}"
    if end.code and not said.strip():
        return f"exit {end.code} without a word"
    return _shape(one, end)


def _shape(one: Trial, end: Ran) -> str:
    if end.code == 2 or (one.arguments[0] == "explain" and end.code):
        return ""
    if one.output == "github":
        odd = next((line for line in end.out.splitlines() if line and not line.startswith("::")), "")
        return f"no command of GitHub: {odd[:200]!r}" if odd else ""
    if one.output in ("json", "sarif"):
        try:
            json.loads(end.out)
        except ValueError as error:
            return f"no JSON: {error}: {end.out[:200]!r}"
    if one.neighbour and not (NEIGHBOUR in end.out and SAYS in end.out):
        return "the sound file beside it was not judged"
    return ""


def tried(number: int, folder: str) -> tuple[float, str]:
    """How long the trial took, and what is wrong with how it went."""
    if number == HANGS:
        _hang()
    one = trial(number) if number >= 0 else huge(list(HUGE)[-1 - number])
    for name, text in one.files.items():
        with open(os.path.join(folder, name), "wb") as file:  # noqa: PTH118, PTH123 - thousands of them
            file.write(text)
    start = time.process_time()
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    end = ran(one)
    signal.setitimer(signal.ITIMER_PROF, 0)
    took = time.process_time() - start
    wrong = fault(one, end)
    if not wrong and "--fix" in one.arguments:
        wrong = _again(one, folder)
    shutil.rmtree(folder)
    os.mkdir(folder)  # noqa: PTH102 - as above
    return took, wrong


def _hang() -> None:
    """The proof that a hang is seen, in a tenth of a second."""
    signal.setitimer(signal.ITIMER_PROF, 0.1)
    while True:
        pass


def _again(one: Trial, folder: str) -> str:
    """What is mended stays as it is."""
    mended = _texts(folder)
    end = ran(one)
    if _texts(folder) != mended or "mended " in end.err:
        return f"mending again changes it again: {end.err[:300]}"
    return fault(one, end)


def _texts(folder: str) -> dict[str, bytes]:
    texts = {}
    for name in os.listdir(folder):  # noqa: PTH208 - as above
        with open(os.path.join(folder, name), "rb") as file:  # noqa: PTH118, PTH123 - as above
            texts[name] = file.read()
    return texts


def serve() -> None:
    """Answers until nobody asks any more, in the folder that it is given, by its whole path."""
    limit()
    # no trial has sources: `dash explain` loads the toolkit's own, and would need eight times as long for every trial
    _lint._declared = cache(_lint._declared)
    folder = sys.argv[1]
    for line in sys.__stdin__ or ():
        os.chdir(folder)
        took, wrong = tried(int(line), folder)
        sys.stdout.write(json.dumps({"number": int(line), "seconds": took, "fault": wrong}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    serve()
