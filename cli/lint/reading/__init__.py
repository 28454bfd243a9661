"""Anybody's dashboards and rules, read from files, folders and stdin; what cannot be read is said, and is no error."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from glob import glob, has_magic
from pathlib import Path
from types import MappingProxyType

from cli.lint.reading import files
from cli.lint.reading.contents import Thing, contents, documents, is_ours
from cli.lint.reading.stops import Stops
from cli.lint.settings import Settings
from cli.lint.spot import Document
from cli.lint.subject import Configuration, Group, Inputs, Page, Unreadable

STDIN = "<stdin>"
NEITHER = "neither a dashboard nor rules"


def read(
    paths: Sequence[str],
    *,
    stdin: Callable[[], bytes],
    settings: Settings,
    instead: Mapping[str, str] = MappingProxyType({}),
) -> Inputs:
    """All that the paths hold, each file once.

    Args:
        paths: files, folders, and "-" for stdin.
        stdin: reads it; called when a path asks for it.
        settings: how big a YAML file may be.
        instead: texts that count instead of those on the disk, by the names of their files.
    """
    reading = _Reading(settings, instead)
    for path in paths:
        if path == "-":
            reading.text(STDIN, instead[STDIN].encode() if STDIN in instead else stdin())
        elif os.path.isdir(path):  # noqa: PTH112 - a Path would forget how the person wrote it
            for file in files.in_folder(path):
                reading.file(file, is_named=False)
        else:
            reading.file(path)
    return reading.inputs()


def read_text(name: str, text: str, settings: Settings) -> Inputs:
    """What a file with this text holds."""
    reading = _Reading(settings)
    reading.text(name, text.encode())
    return reading.inputs()


def read_build(build: Path, settings: Settings) -> Inputs:
    """What `dash build` made, each page and group with the lines of Python that it was written in.

    UsageError where nothing is built.
    """
    from cli.artifact import manifest  # noqa: PLC0415 - other people's files have none

    made = manifest.read(build)
    reading = _Reading(settings)
    sources = {entry.file: entry.source for entry in made.pages} | {entry.file: entry.source for entry in made.rules}
    for file, source in sources.items():
        reading.file(str(build / file), written=source)
    return reading.inputs()


class _Reading:
    """What was read up to now."""

    def __init__(self, settings: Settings, instead: Mapping[str, str] = MappingProxyType({})) -> None:
        self.settings, self.instead = settings, instead
        self.pages: list[Page] = []
        self.groups: list[Group] = []
        self.unreadable: list[Unreadable] = []
        self.documents: list[Document] = []
        self.configurations: list[Configuration] = []
        self.seen: set[str] = set()

    def inputs(self) -> Inputs:
        """All of it."""
        return Inputs(
            tuple(self.pages),
            tuple(self.groups),
            tuple(self.unreadable),
            tuple(self.documents),
            tuple(self.configurations),
        )

    def file(self, name: str, *, is_named: bool = True, written: str = "") -> None:
        """Reads a file that a person named, or that was only found in a folder, unless that was done already."""
        real = os.path.realpath(name) if "\0" not in name else name
        if real in self.seen:
            return
        self.seen.add(real)
        try:
            raw = self.instead[name].encode() if name in self.instead else files.content(name)
        except Stops as stop:
            self.unreadable.append(stop.of(name))
            return
        if is_named or is_ours(raw):
            self.text(name, raw, is_named=is_named, written=written)

    def text(self, name: str, raw: bytes, *, is_named: bool = True, written: str = "") -> None:
        """Takes in a file's text."""
        most = self.settings.most_yaml
        try:
            found = documents(files.decoded(name, raw), name, most)
        except Stops as stop:
            self.unreadable.append(stop.of(name))
            return
        known = False
        for document in found:
            things = contents(document, most)
            if things is not None:
                if not known:
                    self.documents.append(document)
                known = True
                self.take(things, written)
        if is_named and not known:
            self.unreadable.append(Unreadable(name, NEITHER if found else "there is nothing in it"))

    def take(self, things: Sequence[Thing], written: str) -> None:
        """Takes in what a document holds."""
        for thing in things:
            if isinstance(thing, Page):
                self.pages.append(replace(thing, written=written) if written else thing)
            elif isinstance(thing, Group):
                self.groups.append(thing._replace(written=written) if written else thing)
            elif isinstance(thing, Unreadable):
                self.unreadable.append(thing)
            else:
                self.configurations.append(thing)
                self.follow(thing)

    def follow(self, configuration: Configuration) -> None:
        """Reads the rule files that a configuration names, relative to its own file as Prometheus does."""
        document = configuration.spot.document
        folder = os.path.dirname(document.file)  # noqa: PTH120 - a Path would forget how the person wrote it
        for path, said in configuration.rule_files:
            pattern = os.path.join(folder, said)  # noqa: PTH118 - likewise
            found = [] if "\0" in pattern else sorted(glob(pattern))  # noqa: PTH207 - likewise
            for name in found:
                if not os.path.isdir(name):  # noqa: PTH112 - likewise
                    self.file(name)
            # an absolute path is one of the server's, and this may be another machine
            if not found and not has_magic(said) and not os.path.isabs(said):  # noqa: PTH117 - likewise
                why = f"rule_files names {said}, which is not there"
                self.unreadable.append(Unreadable(document.file, why, *document.position(path)))
