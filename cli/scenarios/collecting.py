"""Files and folders into rules and tests: what each is, and what is wrong with those that are neither."""

# ruff: noqa: PTH112, PTH118, PTH120, PTH207 - paths are strings, as the person wrote them

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from glob import glob
from pathlib import Path

from cli.artifact import manifest
from cli.lint.reading import NEITHER, files, read, read_build
from cli.lint.reading.contents import documents
from cli.lint.reading.stops import Stops
from cli.lint.settings import Settings
from cli.lint.spot import Document, Spot
from cli.lint.subject import Group, Inputs, Unreadable
from cli.scenarios import by_hand, foreign, in_python
from cli.scenarios.by_hand import ByHand
from cli.scenarios.foreign import ForeignTest
from cli.scenarios.trial import Fault, Place, place_of
from queries.scenario import Scenario

SUFFIXES = (".test.yaml", ".test.yml", in_python.SUFFIX)
#: Words of which a test in promtool's format has one.
FOREIGN = (b"alert_rule_test", b"promql_expr_test")
#: A file without one of these has no rules.
RULES = (b"alert", b"record")
BUILD = "build"
NO_TEST = "neither rules nor a test"


@dataclass
class Collected:
    """What was found up to now.

    Attributes:
        groups: of rules, by the files that hold them, in the order in which they were read.
        tests: what is to be run.
        faults: what is wrong with files.
        notes: what to know of files that are right.
    """

    settings: Settings
    groups: dict[str, list[Group]] = field(default_factory=dict)
    tests: list[ByHand | ForeignTest | Scenario] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    files: set[str] = field(default_factory=set)

    def path(self, path: str) -> None:
        """A file or a folder that a person named."""
        if not os.path.isdir(path):
            self.file(path, is_named=True)
            return
        for file in _below(path):
            self.file(file, is_named=False)

    def tests_below(self, folder: str) -> None:
        """The files of a folder that are called as tests are."""
        for file in _below(folder):
            if file.endswith(SUFFIXES):
                self.file(file, is_named=False)

    def built(self) -> None:
        """The rules that `dash build` wrote; UsageError where nothing is built."""
        self.take(read_build(Path(BUILD), self.settings), is_named=True)
        for one in manifest.read(Path(BUILD)).rules:
            if one.stale:
                self.notes.append(f"{BUILD}/{one.file} is not what its source says today: {one.stale}")

    def file(self, name: str, *, is_named: bool) -> None:
        """One file, unless it was read already."""
        real = os.path.realpath(name) if "\0" not in name else name
        if real in self.files:
            return
        self.files.add(real)
        if name.endswith(in_python.SUFFIX):
            self._sort(in_python.scenarios(name))
            return
        try:
            raw = files.content(name)
            is_test = name.endswith(SUFFIXES) or any(word in raw for word in FOREIGN) or is_named
            if is_test and self._tests(documents(files.decoded(name, raw), name, self.settings.most_yaml), name):
                return
        except Stops as stop:
            if is_named or name.endswith(SUFFIXES) or stop.line:
                self.faults.append(_unreadable(stop.of(name)))
            return
        if is_named or any(word in raw for word in RULES):
            self.take(read([name], stdin=bytes, settings=self.settings), is_named=is_named)

    def take(self, inputs: Inputs, *, is_named: bool) -> None:
        """The rules that were read."""
        for group in inputs.groups:
            self.files.add(os.path.realpath(group.spot.document.file))
            self.groups.setdefault(group.spot.document.file, []).append(group)
        for one in inputs.unreadable:
            if is_named or one.why != NEITHER:
                self.faults.append(_unreadable(one._replace(why=NO_TEST) if one.why == NEITHER else one))

    def named(self, test: ByHand | ForeignTest) -> list[str]:
        """The rule files that a test names, read if nobody did; a path is seen from the test's own file."""
        said = test.rules if isinstance(test, ByHand) else test.patterns
        found: list[str] = []
        for pattern, spot in said:
            there = _matching(pattern, spot.document.file)
            if not there:
                fault = Fault(f"no file is {pattern}", place_of(spot), "broken", "a path as seen from this file")
                if fault not in self.faults:
                    self.faults.append(fault)
            for file in there:
                self.file(file, is_named=True)
                held = [one for one in self.groups if os.path.realpath(one) == os.path.realpath(file)]
                found += held
                if not held and all(one.place.file != file for one in self.faults):
                    self.faults.append(Fault(f"{file} holds no rules", place_of(spot), "broken"))
        return found

    def _tests(self, found: Iterable[Document], name: str) -> bool:
        """Whether the documents were tests, which are now here."""
        known = False
        for document in found:
            if by_hand.is_by_hand(document.value):
                self._sort(by_hand.scenarios(document))
                known = True
            elif foreign.is_foreign(document.value):
                self._sort(foreign.tests(Spot(document, (), name)))
                known = True
        if not known and name.endswith(SUFFIXES):
            fix = "scenarios: [{name: ..., series: {...}, expect: [...]}]"
            self.faults.append(Fault("there is no test in it", Place(name, 1, 1), "broken", fix))
            known = True
        return known

    def _sort(
        self, found: Iterator[ByHand | Fault] | Iterator[ForeignTest | Fault] | Iterator[Scenario | Fault]
    ) -> None:
        for one in found:
            if isinstance(one, Fault):
                self.faults.append(one)
            else:
                self.tests.append(one)


def collected(paths: Sequence[str], sources: Sequence[str], settings: Settings) -> Collected:
    """What the paths hold; without any, what was built here, and the tests beside its sources and in `tests`."""
    found = Collected(settings)
    for path in paths:
        found.path(path)
    if not paths:
        found.built()
        for folder in (*sources, "tests"):
            if os.path.isdir(folder):
                found.tests_below(folder)
    return found


def _matching(pattern: str, file: str) -> list[str]:
    path = os.path.join(os.path.dirname(file), pattern)
    return [] if "\0" in path else [one for one in sorted(glob(path)) if not os.path.isdir(one)]


def _below(folder: str) -> Iterator[str]:
    """Every file below a folder that may be rules or a test, sorted."""
    for here, folders, names in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith(".") and one not in files.SKIPPED)
        for name in sorted(names):
            if not name.startswith(".") and name.lower().endswith((*files.SUFFIXES, in_python.SUFFIX)):
                yield os.path.join(here, name)


def _unreadable(one: Unreadable) -> Fault:
    return Fault(one.why, Place(one.file, one.line, one.column), "broken", one.fix)
