"""`dash.toml`: what a repository says once, so that no command line has to."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cli.errors import UsageError

FILE = "dash.toml"
PROJECT = "dashboards-py"
SOURCES = ("dashboards_py", "queries")
KNOWN = {"project", "build", "jobs"}
PROJECT_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,38}")


@dataclass(frozen=True, slots=True)
class Config:
    """One repository's settings.

    Attributes:
        project: names what is ours in a Grafana: the tag `dash:<project>`.
        sources: what `dash build` reads when no `--source` is given.
        jobs: the Prometheus job of a role ("ai_api.api" -> "shop-api"), where it is not the default.
    """

    project: str = PROJECT
    sources: tuple[str, ...] = SOURCES
    jobs: Mapping[str, str] = field(default_factory=dict)


def read(folder: Path) -> Config:
    """The configuration beside which `dash` was started; the defaults where there is none."""
    path = folder / FILE
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Config()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{FILE} cannot be read: {error}", where=str(path)) from error
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{FILE} is not TOML: {error}", where=str(path)) from error
    return _checked(said, path)


def _checked(said: Mapping[str, Any], path: Path) -> Config:
    if unknown := sorted(said.keys() - KNOWN):
        raise UsageError(
            f"unknown setting {unknown[0]!r}",
            where=str(path),
            fix=f"one of {', '.join(sorted(KNOWN))}",
        )
    project = said.get("project", PROJECT)
    if not isinstance(project, str) or not PROJECT_NAME.fullmatch(project):
        raise UsageError(
            f"project must be lower case letters, digits, - or _, at most 39: {project!r}",
            where=str(path),
        )
    build = said.get("build", {})
    sources = build.get("sources", SOURCES) if isinstance(build, dict) else None
    if not isinstance(sources, list | tuple) or not all(isinstance(one, str) for one in sources):
        raise UsageError("build.sources must be a list of paths", where=str(path))
    jobs = _flat(said.get("jobs", {}), path)
    return Config(project=project, sources=tuple(sources), jobs=jobs)


def _flat(jobs: Any, path: Path) -> dict[str, str]:
    """`[jobs.ai_api] api = "shop-api"` and `[jobs] "ai_api.api" = "shop-api"` say the same."""
    flat: dict[str, str] = {}
    for name, value in jobs.items() if isinstance(jobs, dict) else ():
        inner = value if isinstance(value, dict) else {None: value}
        for role, job in inner.items():
            if not isinstance(job, str) or not job:
                raise UsageError(f"jobs.{name}: a job is a name", where=str(path))
            flat[f"{name}.{role}" if role else name] = job
    if not isinstance(jobs, dict):
        raise UsageError("jobs must be a table: role = job", where=str(path))
    return flat
