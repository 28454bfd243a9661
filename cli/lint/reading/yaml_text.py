"""YAML: the documents of a text, or why it is none."""

from __future__ import annotations

import re
from typing import Any

from cli.lint.reading.document import Node, Placed
from cli.lint.reading.source import Source
from cli.lint.reading.stops import Stops
from cli.lint.reading.yaml_parts import Part, Reader
from cli.lint.spot import Path

#: What only a chart has that Helm has not filled in yet; an alert's texts are templates too, but never begin a line.
TEMPLATE = re.compile(
    r"^\{\{|\{\{[^{}\n]*(?:\.(?:Values|Release|Chart|Capabilities)\b|\b(?:include|define|toYaml) )", re.MULTILINE
)
UNFILLED = "this is a template, not YAML yet: `helm template CHART | dash lint -` reads what it makes"
MEGABYTE = 1_000_000


class YamlDocument(Placed):
    """One document of a YAML file."""

    __slots__ = ("_root",)

    def __init__(self, source: Source, root: Part) -> None:
        super().__init__(source, root.value)
        self._root = root

    @property
    def is_json(self) -> bool:
        """It is not, even where it could be."""
        return False

    def forget(self) -> None:
        """Its places were read with it."""

    def node(self, path: Path) -> Node | None:
        """Where the value at a path stands; None where it is not there."""
        part, is_there = self._walk(path)
        return part.node if is_there else None

    def start(self, path: Path) -> int:
        """Where the value at a path begins; for a block, its text: the sign stands on the line before."""
        node = self._walk(path)[0].node
        if node.style not in ("|", ">"):
            return node.start
        first = self._within(path, 0)
        return node.start if first is None else first

    def named(self, path: Path) -> int:
        """Where the key of the member at a path begins; where its value does, if it has no key of its own."""
        named = self._walk(path)[0].named
        return self.start(path) if named < 0 else named

    def _walk(self, path: Path) -> tuple[Part, bool]:
        """The part at a path, or its nearest ancestor, and whether it is the one that was asked for."""
        part = self._root
        try:
            for step in path:
                part = part.members[step]
        except (LookupError, TypeError):
            return part, False
        return part, True


def _most(size: int) -> str:
    """The setting with which a file of that size is read, in whole megabytes."""
    return f"[lint] most-yaml = {-(-size // MEGABYTE) * MEGABYTE} in dash.toml"


def parsed(source: Source, most: int) -> list[YamlDocument]:
    """The documents of a text; Stops where it is no YAML, or more than anybody should read.

    Args:
        source: the text.
        most: the greatest size in bytes.
    """
    text, size = source.text, len(source.raw)
    if size > most:
        raise Stops(f"it has {size:,} bytes, and YAML over {most:,} is not read", fix=_most(size))
    import yaml  # noqa: PLC0415 - who lints only dashboards pays nothing for it

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return [YamlDocument(source, root) for root in Reader(source).roots(yaml.parse(text, Loader=loader))]
    except yaml.MarkedYAMLError as error:
        mark: Any = error.problem_mark or error.context_mark
        line, column = source.position(min(mark.index, len(text))) if mark is not None else (0, 0)
        why = ", ".join(filter(None, (error.problem, error.context)))
        raise Stops(UNFILLED if TEMPLATE.search(text) else f"this is no YAML: {why}", line, column) from error
    except Stops as stop:
        raise Stops(UNFILLED if TEMPLATE.search(text) else stop.why, stop.line, stop.column) from stop
    except yaml.YAMLError as error:
        at = next((index for index, char in enumerate(text) if _is_control(char)), 0)
        raise Stops(f"this is no YAML: {getattr(error, 'reason', error)}", *source.position(at)) from error


def _is_control(char: str) -> bool:
    return (
        (char < " " and char not in "\t\r\n") or ("\x7f" <= char < "\xa0" and char != "\x85") or char in "\ufffe\uffff"
    )
