"""`dash.toml`: what a repository says once, so that no command line has to."""

# ruff: noqa: PTH109, PTH118, PTH123 - paths are strings: a Path each takes half of the time

import os
import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from cli.errors import UsageError

FILE = "dash.toml"
PROJECT = "dashboards-py"
SOURCES = ("dashboards_py", "queries")
#: Tables that say how the files around pages and rules are made; `cli.stack.settings` reads them.
STACK = ("alertmanager", "compose", "kubernetes", "prometheus")
KNOWN = (*STACK, "build", "contexts", "default_context", "jobs", "lint", "project")
#: A URL to put a path behind: no credentials, no query, nothing that Prometheus would take for a template.
GRAFANA = re.compile(r"https?://[^\s/@?#{}]+(/[^\s@?#{}]*)?")
PROJECT_NAME = "[a-z0-9][a-z0-9_-]{0,38}"


class Config(NamedTuple):
    """One repository's settings.

    Attributes:
        project: names what is ours in a Grafana: the tag `dash:<project>`.
        sources: what `dash build` reads when no `--source` is given.
        jobs: the Prometheus job of a role ("ai_api.api" -> "shop-api"), where it is not the default.
        stack: as it is written: which files are made besides pages and rules, and the tables of STACK.
        grafana: URL of the Grafana that people open, for links from alerts: `[build] grafana`, else that of the default
            context; empty where there is neither, for a wrong host is worse than none.
        contexts: as it is written; `cli.contexts` reads it.
        default_context: likewise.
    """

    project: str = PROJECT
    sources: tuple[str, ...] = SOURCES
    jobs: Mapping[str, str] = MappingProxyType({})
    stack: Mapping[str, Any] = MappingProxyType({})
    grafana: str = ""
    contexts: Any = MappingProxyType({})
    default_context: Any = ""


def here() -> str:
    """The folder in which `dash` was started."""
    try:
        return os.getcwd()
    except OSError as error:
        raise UsageError("the current folder is gone", fix="cd into one that is there") from error


def read(folder: str | os.PathLike[str]) -> Config:
    """The configuration in the folder in which `dash` was started; the defaults where there is none."""
    try:
        with open(os.path.join(folder, FILE), encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        return Config()
    except OSError as error:
        raise UsageError(f"it cannot be read: {error.strerror}", where=FILE) from error
    except UnicodeDecodeError as error:
        raise UsageError("it cannot be read: it is not UTF-8", where=FILE) from error

    import tomllib  # noqa: PLC0415 - most commands run where there is no such file

    try:
        return _File(text).config(tomllib.loads(text))
    except (ValueError, RecursionError) as error:  # a number may be too long to be one, a list too deep
        line = re.search(r"at line (\d+)", str(error))
        raise UsageError(f"this is not TOML: {error}", where=f"{FILE}:{line[1] if line else 1}") from error


class _File:
    """The file's text, to say which line is wrong."""

    def __init__(self, text: str) -> None:
        self.lines = text.splitlines()

    def config(self, said: Mapping[str, Any]) -> Config:
        """The settings; UsageError where they cannot be meant."""
        self._known(said, KNOWN, "")
        project = said.get("project", PROJECT)
        if not isinstance(project, str) or not re.fullmatch(PROJECT_NAME, project):
            raise self._wrong("project", f"project is {project!r}", "lower case letters, digits, - and _, at most 39")
        build = said.get("build", {})
        if not isinstance(build, dict):
            raise self._wrong("build", "build must be a table", '[build] and below it sources = ["pages"]')
        self._known(build, ("grafana", "sources", "stack"), "build.")
        sources = build.get("sources", SOURCES)
        if not isinstance(sources, list | tuple) or not sources or not all(_is_text(one) for one in sources):
            raise self._wrong("sources", "build.sources must be a list of paths", 'sources = ["pages"]')
        return Config(
            project=project,
            sources=tuple(sources),
            jobs=dict(self._jobs(said.get("jobs", {}))),
            stack={name: said[name] for name in STACK if name in said}
            | ({"stack": build["stack"]} if "stack" in build else {}),
            grafana=self._grafana(build, said),
            contexts=said.get("contexts", {}),
            default_context=said.get("default_context", ""),
        )

    def _grafana(self, build: Mapping[str, Any], said: Mapping[str, Any]) -> str:
        """A URL that everybody may read; what is wrong with a context's says whoever asks for the context."""
        url = build.get("grafana")
        if url is not None:
            if not isinstance(url, str) or not GRAFANA.fullmatch(url):
                what = "build.grafana must be the URL of a Grafana, without credentials"
                raise self._wrong("grafana", what, 'grafana = "https://grafana.example.com"')
            return url.rstrip("/")
        contexts, default = said.get("contexts"), said.get("default_context")
        context = contexts.get(default) if isinstance(contexts, dict) and isinstance(default, str) else None
        url = context.get("url") if isinstance(context, dict) else None
        return url.rstrip("/") if isinstance(url, str) and GRAFANA.fullmatch(url) else ""

    def _jobs(self, jobs: Any) -> list[tuple[str, str]]:
        """`[jobs.ai_api] api = "shop-api"` and `[jobs] "ai_api.api" = "shop-api"` say the same."""
        example = '[jobs] and below it "ai_api.api" = "shop-api"'
        if not isinstance(jobs, dict):
            raise self._wrong("jobs", "jobs must be a table", example)
        flat: list[tuple[str, str]] = []
        for name, value in jobs.items():
            roles = {f"{name}.{role}": job for role, job in value.items()} if isinstance(value, dict) else {name: value}
            for role, job in roles.items():
                if not _is_text(job):
                    raise self._wrong(role.rpartition(".")[2], f"the job of {role} must be a name", example)
                if role.count(".") != 1:
                    raise self._wrong(name, f"{role!r} is no role", example)
                flat.append((role, job))
        return flat

    def _known(self, said: Mapping[str, Any], known: tuple[str, ...], above: str) -> None:
        for name in sorted(said.keys() - set(known)):
            raise self._wrong(name, f"unknown setting {above}{name}", f"one of {', '.join(known)}")

    def _wrong(self, key: str, what: str, fix: str) -> UsageError:
        """The error at the first line that says the key."""
        says = re.compile(rf"(?<!\w){re.escape(key)}(?!\w)")
        line = next((number for number, text in enumerate(self.lines, start=1) if says.search(text)), 1)
        return UsageError(what, where=f"{FILE}:{line}", fix=fix)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
