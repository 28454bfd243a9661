"""Whom a build wants told of Grafana's alerts: contact points, our part of the policies, mute timings."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cli import reading
from cli.deploy.alerts.environment import Filled
from cli.errors import AuthoringError

Json = Mapping[str, Any]
#: Where `dash build` puts them, in the format of Grafana's own file provisioning.
FOLDER = Path("grafana/provisioning/alerting")
#: What stands for a secret, in Grafana's answers and in our journals.
HIDDEN = "[REDACTED]"


@dataclass(frozen=True, slots=True)
class Point:
    """A contact point, with its secrets; and what of the environment it lacks.

    Attributes:
        body: Grafana's JSON of the provisioning API.
        secrets: the names of the settings that came from the environment.
        missing: variables and files that are not there.
    """

    body: Json = field(repr=False)
    secrets: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notifications:
    """All of a build; `policy` is None where it wants none."""

    points: tuple[Point, ...] = ()
    policy: Json | None = None
    timings: tuple[Json, ...] = ()


def load(build: Path) -> Notifications:
    """Read what a build wants, its secrets from the environment of this process.

    Raises:
        AuthoringError: a file is none that `dash build` wrote.
    """
    points: list[Point] = []
    policies: list[Json] = []
    timings: list[Json] = []
    for file in sorted((build / FOLDER).glob("*.yaml")):
        said = _read(file)
        try:
            points += [one for each in said.get("contactPoints") or () for one in _points(each)]
            policies += [_plain(Filled(os.environ).value(each)) for each in said.get("policies") or ()]
            timings += [_plain(each) for each in said.get("muteTimes") or ()]
        except (KeyError, TypeError, AttributeError) as error:
            raise AuthoringError("is no file that dash build wrote", where=str(file), fix="dash build") from error
    return Notifications(tuple(points), policies[0] if policies else None, tuple(timings))


def _points(said: Json) -> Iterator[Point]:
    """Grafana's files put several receivers below one name; its API has one contact point for each."""
    for one in said["receivers"]:
        filled = Filled(os.environ)
        settings = filled.value(one["settings"])
        body = {
            "uid": str(one["uid"]),
            "name": str(said["name"]),
            "type": str(one["type"]),
            "settings": settings,
            "disableResolveMessage": bool(one.get("disableResolveMessage")),
        }
        secrets = tuple(key for key, value in settings.items() if value in filled.secrets)
        yield Point(body, secrets, tuple(filled.missing))


def _plain(said: Json) -> Json:
    return {key: value for key, value in said.items() if key != "orgId"}


def _read(file: Path) -> Json:
    import yaml  # noqa: PLC0415 - a build without notifications needs no YAML

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        said = yaml.load(reading.whole(file), Loader=loader)  # noqa: S506 - a safe one, in C where there is one
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise AuthoringError("is no file that dash build wrote", where=str(file), fix="dash build") from error
    return said if isinstance(said, dict) else {}
