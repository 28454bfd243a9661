"""A text of rules -> the groups in it, by the module that each belongs into, and what could not be taken over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any, NamedTuple

from cli.adopt.answer import rule_files, written
from cli.adopt.comments import at_the_top
from cli.adopt.fault import clearer
from cli.adopt.group import Adopted, group
from cli.adopt.opening import MOST, Opening, openings
from cli.adopt.strict import Strict
from cli.lint.reading.contents import documents
from cli.lint.reading.files import decoded
from cli.lint.reading.json_text import parsed
from cli.lint.reading.source import File
from cli.lint.reading.stops import Stops
from cli.lint.subject import Unreadable

WEB_PAGE = (b"<!doctype", b"<html")


class Part(NamedTuple):
    """The groups of one module.

    Attributes:
        name: what tells it from the others of its file; empty for the first.
        comments: those with which its file begins.
    """

    name: str
    groups: tuple[Adopted, ...]
    comments: tuple[str, ...] = ()


class Adoption(NamedTuple):
    """What a text holds.

    Attributes:
        parts: each becomes a module.
        wrong: what could not be taken over. notes: what was left out, or is else to be said, and is not wrong.
        is_a_server: whether a Prometheus said it, so that its parts are called as its files.
    """

    parts: tuple[Part, ...]
    wrong: tuple[Unreadable, ...] = ()
    notes: tuple[Unreadable, ...] = ()
    is_a_server: bool = False


def adopted(name: str, raw: bytes) -> Adoption:
    """The rules of a text that is called `name`."""
    answer = rule_files(raw)
    if answer is not None:
        return _of_a_server(name, answer)
    if raw[:200].lstrip().lower().startswith(WEB_PAGE):
        return Adoption((), (Unreadable(name, "this is a web page: the file itself has another address"),))
    try:
        text = decoded(name, raw)
        found = documents(text, name, MOST)
    except Stops as stop:
        return Adoption((), (clearer(stop, raw).of(name),))
    readers = [Strict(one) for one in found]
    lists = [one for strict in readers for one in openings(strict)]
    parts = _parted((one.name, _groups(one)) for one in lists)
    wrong = [one for strict in readers for one in strict.wrong]
    notes = [one for strict in readers for one in strict.notes] + _unread(lists)
    if not parts and not wrong:
        wrong.append(Unreadable(name, "there are no rules in it" if lists or not found else "it holds no rule groups"))
    top = at_the_top(text.text)
    return Adoption(tuple(one._replace(comments=top) for one in parts), tuple(wrong), tuple(notes))


def _of_a_server(name: str, files: Mapping[str, Mapping[str, Any]]) -> Adoption:
    """A part for each file that the server read."""
    parts: list[Part] = []
    wrong: list[Unreadable] = []
    for file, said in files.items():
        strict = Strict(parsed(File(name, written(said))), is_written=False)
        groups = _groups(Opening(strict, ("groups",)))
        wrong += strict.wrong
        if groups:
            parts.append(Part(PurePosixPath(file).name.partition(".")[0], groups))
    if not parts and not wrong:
        wrong.append(Unreadable(name, "this server has no rules"))
    return Adoption(tuple(parts), tuple(wrong), is_a_server=True)


def _groups(opening: Opening) -> tuple[Adopted, ...]:
    strict, path = opening.strict, opening.path
    value = strict.at(path)
    if not isinstance(value, list):
        if value is not None:
            strict.refuse(path, "`groups` is no list")
        return ()
    found: dict[str, Adopted] = {}
    for index in range(len(value)):
        one = group(strict, (*path, index))
        if one is not None and one.group.name in found:
            strict.refuse((*path, index), f"two groups of one file are called {one.group.name!r}: the first one stays")
        elif one is not None:
            found[one.group.name] = one
    return tuple(found.values())


def _parted(lists: Iterable[tuple[str, tuple[Adopted, ...]]]) -> list[Part]:
    """As few parts as can be: one rule file has no two groups of one name, and several resources may."""
    parts: list[Part] = []
    for name, groups in lists:
        names = {one.group.name for one in groups}
        free = (at for at, part in enumerate(parts) if names.isdisjoint(one.group.name for one in part.groups))
        at = next(free, None)
        if at is not None:
            parts[at] = parts[at]._replace(groups=parts[at].groups + groups)
        elif groups:
            parts.append(Part(name if parts else "", groups))
    return parts


def _unread(lists: Iterable[Opening]) -> list[Unreadable]:
    """Prometheus looks only at the first document of a rule file, and says nothing about the others."""
    bare = [one for one in lists if one.is_bare]
    why = "Prometheus reads only the first document of a rule file: this one is taken over besides"
    return [one.strict.about(one.path, why) for one in bare[1:]]
