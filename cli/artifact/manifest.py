"""`build/manifest.json`: what a build made, from what, and whether it is whole; all that a push reads besides pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import orjson

from cli import reading
from cli.artifact import MANIFEST
from cli.errors import UsageError

VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PageEntry:
    """One dashboard in `build/`.

    Attributes:
        uid: Grafana's uid of the page.
        title: what people call it.
        folder: a path of folder titles ("AI/Serving"); empty for Grafana's root.
        file: the JSON, relative to the manifest.
        digest: `cli.artifact.digest.of` the page and its folder.
        source: file:line of the page's author.
        alerts: the panel to open, by its id, for each alert that the page shows.
        variables: the variable that a label's value goes into.
        stale: why the JSON is not what the source says today; empty when it is.
    """

    uid: str
    title: str
    folder: str
    file: str
    digest: str
    source: str
    alerts: Mapping[str, int] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    stale: str = ""

    @property
    def is_inside(self) -> bool:
        """Its file lies beside the manifest, or below, as far as its name says."""
        return not (self.file.startswith("/") or "\0" in self.file or ".." in self.file.split("/"))


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """One Prometheus rule file in `build/`, with the groups it holds."""

    file: str
    groups: tuple[str, ...]
    digest: str
    source: str
    stale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileEntry:
    """One file around pages and rules: what Prometheus, Alertmanager, Grafana, compose or Kubernetes reads of them.

    Attributes:
        digest: of all that it was made from.
        stale: why it was left as it was: something of the build is broken, or was left out.
    """

    file: str
    digest: str
    stale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All that one build made; `partial` when something was left out or is stale."""

    project: str
    partial: bool = False
    pages: tuple[PageEntry, ...] = ()
    rules: tuple[RuleEntry, ...] = ()
    stack: tuple[FileEntry, ...] = ()

    def files(self) -> set[str]:
        """Every file that the build made, but the manifest."""
        return {one.file for those in (self.pages, self.rules, self.stack) for one in those}

    def stale(self) -> int:
        """How many pages and rule files are not what their source says today; what is made of them is not counted."""
        return sum(bool(page.stale) for page in self.pages) + sum(bool(rule.stale) for rule in self.rules)

    def dump(self) -> bytes:
        """The file's bytes: sorted, no clock."""
        said = {"type": "manifest", "version": VERSION} | {one.name: getattr(self, one.name) for one in fields(self)}
        return orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def read(build: Path) -> Manifest:
    """The manifest in a build folder; UsageError when there is none that we can read."""
    path = build / MANIFEST
    try:
        said: Any = reading.in_file(path)
        if (said["type"], said["version"]) != ("manifest", VERSION):
            raise ValueError(f"version {said['version']!r}")  # noqa: TRY301 - one way out for all
        found = Manifest(
            project=said["project"],
            partial=said["partial"],
            pages=tuple(_page(entry) for entry in said["pages"]),
            rules=tuple(_rule(entry) for entry in said["rules"]),
            stack=tuple(FileEntry(**entry) for entry in said.get("stack", ())),
        )
        return reading.sound(found)
    except FileNotFoundError as error:
        raise UsageError("nothing is built here", where=str(path), fix="dash build") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"this is not a manifest that we wrote ({error})", where=str(path), fix="dash build"
        ) from error


def _page(entry: dict[str, Any]) -> PageEntry:
    alerts, variables = entry.get("alerts", {}), entry.get("variables", {})
    texts = {name: said for name, said in entry.items() if name not in ("alerts", "variables")}
    # quicker than `sound`, for there are many
    if set(map(type, (*texts.values(), *variables.values()))) != {str} or not set(map(type, alerts.values())) <= {int}:
        raise TypeError("a page's entry holds texts, and the numbers of panels")
    return PageEntry(**entry)


def _rule(entry: dict[str, Any]) -> RuleEntry:
    return reading.sound(RuleEntry(**{**entry, "groups": tuple(entry["groups"])}))
