"""Fixes made one round after the other, until none is left: each file is read again before it counts as mended."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeAlias

from cli.lint.finding import Edit, Finding
from cli.lint.fixing import apart, fixed
from cli.lint.spot import Document
from cli.lint.subject import Group, Inputs, Page

#: What a file says, read anew with its text.
Read: TypeAlias = Callable[[str, str], Inputs]
#: All files judged, some of them with other texts than they have on the disk.
Judge: TypeAlias = Callable[[Mapping[str, str]], tuple[Inputs, tuple[Finding, ...]]]
#: A fix may uncover another; a dozen after each other are none.
ROUNDS = 12


class File(NamedTuple):
    """A file's text before and after."""

    name: str
    old: str
    new: str


def mended(inputs: Inputs, findings: tuple[Finding, ...], read: Read, judge: Judge) -> list[File]:
    """The files with what can only be meant in one way.

    A fix is made where the file then says what it said but for the change, and where its finding is gone. Of a page
    that is Python the finding's hint says what to type instead.
    """
    old: dict[str, str] = {}
    now: dict[str, str] = {}
    given_up: set[str] = set()
    for _ in range(ROUNDS):
        made = {name: edits for name, edits in _edits(inputs, findings, read).items() if name not in given_up}
        if not made:
            break
        texts = {document.file: document.text for document in inputs.documents}
        before = dict(now)
        for name, edits in made.items():
            old.setdefault(name, texts[name])
            now[name] = fixed(texts[name], edits)
        there, left = judge(now)
        failed = _not_gone(findings, left, made)
        if failed:
            given_up |= failed
            now = {name: text for name, text in now.items() if name not in failed}
            now |= {name: before[name] for name in failed if name in before}
            there, left = judge(now)
        inputs, findings = there, left
    return [File(name, old[name], text) for name, text in now.items() if text != old[name]]


def _edits(inputs: Inputs, findings: Iterable[Finding], read: Read) -> dict[str, list[Edit]]:
    """What is certain to be meant, by files."""
    found: dict[str, list[Edit]] = defaultdict(list)
    for finding in findings:
        if finding.edit is not None and not finding.place.source:
            found[finding.place.file].append(finding.edit)
    texts = {document.file: document.text for document in inputs.documents}
    sound = {}
    for name, edits in found.items():
        if name in texts:
            kept = _sound(name, texts[name], apart(edits), _opened(inputs, name), read)
            if kept:
                sound[name] = kept
    return sound


def _sound(name: str, text: str, edits: list[Edit], documents: list[Document], read: Read) -> list[Edit]:
    """Those after which the file says what is expected; the others are found by halves."""
    if not edits or _as_meant(name, text, edits, documents, read):
        return edits
    if len(edits) == 1:
        return []
    half = len(edits) // 2
    parts = [_sound(name, text, part, documents, read) for part in (edits[:half], edits[half:])]
    both = [*parts[0], *parts[1]]
    return both if _as_meant(name, text, both, documents, read) else parts[0]


def _as_meant(name: str, text: str, edits: list[Edit], documents: list[Document], read: Read) -> bool:
    """Whether every document of the file says what it said, but for the changes."""
    there = read(name, fixed(text, edits))
    now = _opened(there, name)
    fresh = _opened(read(name, text), name)
    if there.unreadable or not len(now) == len(documents) == len(fresh):
        return False
    try:
        expected = [
            _changed(copy.value, [one for one in edits if one.spot.document is old])
            for old, copy in zip(documents, fresh, strict=True)
        ]
        return expected == [document.value for document in now]
    except RecursionError:
        return False  # nested more deeply than Python compares


def _changed(value: Any, edits: list[Edit]) -> Any:
    """The value with the changes made in it, the last first so that the places of the others stay."""
    for one in reversed(edits):
        change, path = one.change, one.spot.path + one.change.path
        holder = value
        for step in path[:-1]:
            holder = holder.setdefault(step, {}) if isinstance(holder, dict) else holder[step]
        said = holder.get(path[-1]) if isinstance(holder, dict) else holder[path[-1]]
        text = f"{said[: change.start]}{change.new}{said[change.end :]}" if isinstance(said, str) else ""
        holder[path[-1]] = change.value if change.path else text
    return value


def _opened(inputs: Inputs, name: str) -> list[Document]:
    """The documents of a file in which something stands, also those inside others."""
    things: tuple[Page | Group, ...] = (*inputs.pages, *inputs.groups)
    return list(dict.fromkeys(one.spot.document for one in things if one.spot.document.file == name))


def _not_gone(before: Iterable[Finding], after: Iterable[Finding], made: Mapping[str, list[Edit]]) -> set[str]:
    """The files in which a finding is as often told as before although it was mended."""
    had, have = Counter(map(_about, before)), Counter(map(_about, after))
    mends = {(name, edit[:3]) for name, edits in made.items() for edit in edits}
    done = [one for one in before if one.edit is not None and (one.place.file, one.edit[:3]) in mends]
    mends_of = Counter(map(_about, done))
    return {about[0] for about, count in mends_of.items() if have[about] > had[about] - count}


def _about(finding: Finding) -> tuple[str, str, str]:
    return finding.place.file, finding.rule, finding.place.path
