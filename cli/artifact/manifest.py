"""`build/manifest.json`: what a build made, from what, and whether it is whole; all that a push reads besides pages."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from cli.errors import UsageError

FILE = "manifest.json"
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
        stale: why the JSON is not what the source says today; empty when it is.
    """

    uid: str
    title: str
    folder: str
    file: str
    digest: str
    source: str
    stale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """One Prometheus rule file in `build/`, with the groups it holds."""

    file: str
    groups: tuple[str, ...]
    digest: str
    source: str
    stale: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All that one build made; `partial` when something was left out or is stale."""

    project: str
    partial: bool = False
    pages: tuple[PageEntry, ...] = ()
    rules: tuple[RuleEntry, ...] = ()

    def files(self) -> set[str]:
        """Every file that the build made, but the manifest."""
        return {page.file for page in self.pages} | {rule.file for rule in self.rules}

    def stale(self) -> int:
        """How many of the files are not what their source says today."""
        return sum(bool(page.stale) for page in self.pages) + sum(bool(rule.stale) for rule in self.rules)

    def dump(self) -> bytes:
        """The file's bytes: sorted, no clock."""
        said = {"type": "manifest", "version": VERSION, **asdict(self)}
        return orjson.dumps(said, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def read(build: Path) -> Manifest:
    """The manifest in a build folder; UsageError when there is none that we can read."""
    path = build / FILE
    try:
        said: Any = orjson.loads(path.read_bytes())
        if (said["type"], said["version"]) != ("manifest", VERSION):
            raise ValueError(f"version {said['version']!r}")  # noqa: TRY301 - one way out for all
        return Manifest(
            project=said["project"],
            partial=said["partial"],
            pages=tuple(PageEntry(**entry) for entry in said["pages"]),
            rules=tuple(_rule(entry) for entry in said["rules"]),
        )
    except FileNotFoundError as error:
        raise UsageError("nothing is built here", where=str(path), fix="dash build") from error
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"this is not a manifest that we wrote ({error})", where=str(path), fix="dash build"
        ) from error


def _rule(entry: dict[str, Any]) -> RuleEntry:
    return RuleEntry(**{**entry, "groups": tuple(entry["groups"])})
