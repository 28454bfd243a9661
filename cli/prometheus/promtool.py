"""The only door to promtool: whether it is there, which one it is, what it says of rules, configurations and tests."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from cli.errors import RemoteError
from cli.prometheus.process import Running
from cli.prometheus.told import Told, of_rules, of_tests

VARIABLE = "PROMTOOL"
#: The first version whose answers we know, and the last one, by their first two and one numbers.
OLDEST, NEWEST = (2, 40), 3
#: Seconds that one process may take, and that each file gives it more.
LONGEST = 120.0
A_FILE = 1.0
#: And to say its version.
TO_SAY_WHO = 30.0
#: So many files go to one process: a command line has an end.
MOST_FILES = 1_000
INSTALL = f"apt-get install prometheus, or {VARIABLE}=/path/to/promtool"
_VERSION = re.compile(r"promtool, version (\d+)\.(\d+)(\S*)")


@dataclass(frozen=True, slots=True)
class Promtool:
    """A promtool that answers.

    Attributes:
        path: of the program.
        version: "2.42.0"; empty where it does not say.
        longest: seconds that one process of it may take, besides those for its files.
    """

    path: str
    version: str
    longest: float = field(default=LONGEST, compare=False)

    @property
    def note(self) -> str:
        """What to know about a version that we have not read; empty for one that we have."""
        numbers = re.match(r"(\d+)\.(\d+)", self.version)
        if numbers and (int(numbers[1]), int(numbers[2])) >= OLDEST and int(numbers[1]) <= NEWEST:
            return ""
        return (
            f"{self.path} is promtool {self.version or 'of no version'}, and 2.40 to 3 are known: it is used as it is"
        )

    def check_rules(self, files: Sequence[str], folder: Path) -> dict[str, str]:
        """What it has against each rule file, by its name in the folder; only of those that it refuses."""
        told: dict[str, str] = {}
        for part in _parts(files, 1):
            # what it has against a file follows, to the letter, the file's name
            answer = self._run(["check", "rules", "--lint=none", *part], folder)
            told |= of_rules(answer.text, part)
            if not answer.passed and not told:
                raise _refusal(answer, self.path, self.longest)
        return told

    def check_config(self, file: str, folder: Path) -> str:
        """What it has against a server's configuration, and the rule files that it names; empty where it is right."""
        answer = self._run(["check", "config", file], folder)
        return "" if answer.passed else answer.text

    def test_rules(self, files: Sequence[str], folder: Path) -> dict[str, Told]:
        """What it says of each test file, by its name; a process a core, and whom one file stops goes on behind it."""
        told: dict[str, Told] = {}
        left = list(files)
        while left:
            parts = _parts(left, os.cpu_count() or 1)
            with ExitStack() as stack:
                running = [stack.enter_context(self._tests(part, folder)) for part in parts]
                answers = [one.answer() for one in running]
            before = len(told)
            for part, answer in zip(parts, answers, strict=True):
                told |= of_tests(answer, part)
            if len(told) == before:
                raise _refusal(answers[0], self.path, self.longest + A_FILE * len(parts[0]))
            left = [one for one in left if one not in told]
        return told

    def _tests(self, files: Sequence[str], folder: Path) -> Running:
        longest = self.longest + A_FILE * len(files)
        return Running([self.path, "test", "rules", *files], folder, longest, temporary=True)

    def _run(self, words: Sequence[str], folder: Path) -> Told:
        with Running([self.path, *words], folder, self.longest) as running:
            return running.answer()


def find(environment: Mapping[str, str] = os.environ) -> Promtool:
    """The promtool of the environment variable PROMTOOL, or the one on PATH.

    Raises:
        RemoteError: there is none, or it does not run.
    """
    said = environment.get(VARIABLE, "")
    path = shutil.which(said or "promtool", path=environment.get("PATH"))
    if path is None:
        what = f"{VARIABLE} says {said}, which is no program" if said else "promtool is not there"
        raise RemoteError(what, fix=INSTALL)
    path = str(Path(path).absolute())
    answer = Promtool(path, "", longest=TO_SAY_WHO)._run(["--version"], Path.cwd())  # noqa: SLF001 - it is one of us
    found = _VERSION.search(answer.text)
    if not answer.passed and not found:
        raise _refusal(answer, path, TO_SAY_WHO)
    return Promtool(path, "" if found is None else f"{found[1]}.{found[2]}{found[3]}")


def _parts(files: Sequence[str], processes: int) -> list[list[str]]:
    """The files by turns, for so many processes or for as many as it takes."""
    count = max(min(processes, len(files)), -(-len(files) // MOST_FILES))
    return [list(files[number::count]) for number in range(count)]


def _refusal(answer: Told, path: str, longest: float) -> RemoteError:
    """Why it is none that answers."""
    if answer.stuck:
        fix = f"is {VARIABLE} the real one? it did not end within {longest:.0f} s; {INSTALL}"
        return RemoteError("promtool did not end", where=path, fix=fix)
    if answer.signal:
        return RemoteError(f"promtool was ended by {answer.signal}", where=path, fix=INSTALL)
    said = answer.text.strip().splitlines()
    return RemoteError(
        f"promtool says: {said[-1].strip()}" if said else "promtool says nothing", where=path, fix=INSTALL
    )
