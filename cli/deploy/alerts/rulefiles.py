"""The alerts in a build's rule files, as Prometheus has them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cli import reading
from cli.artifact.manifest import RuleEntry
from cli.errors import AuthoringError


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One alert of a rule file.

    Attributes:
        name: what Prometheus calls it.
        group: the group that it is judged in.
        interval: how often that is; empty for the server's own.
        expr: PromQL that gives the series which fire.
        lasting: how long it must hold; empty for not at all.
        keep: how long it goes on firing afterwards; empty for not at all.
        labels: that route it.
        annotations: its texts, as Prometheus' templates.
        stale: why its file is not what the source says today; empty when it is.
    """

    name: str
    group: str
    expr: str
    interval: str = ""
    lasting: str = ""
    keep: str = ""
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    annotations: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    stale: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What the rule files of a build hold: their alerts, and how many recording rules."""

    alerts: tuple[Alert, ...]
    recordings: int


def load(build: Path, entries: Sequence[RuleEntry]) -> Found:
    """Read the rule files that a manifest names.

    Raises:
        AuthoringError: one is not there, or holds no rules.
    """
    alerts: list[Alert] = []
    recordings = 0
    for entry in entries:
        for group, rule in _rules(build, entry.file):
            if "alert" in rule:
                alerts.append(_alert(group, rule, entry.stale))
            else:
                recordings += 1
    return Found(tuple(alerts), recordings)


def _rules(build: Path, name: str) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each rule of a file, after its group."""
    import yaml  # noqa: PLC0415 - a push of pages needs no YAML

    file = build / name
    if name.startswith("/") or "\0" in name or ".." in name.split("/"):
        raise AuthoringError(f"its manifest names the file {name!r}, which is not in it", where=str(build))
    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        said = yaml.load(reading.whole(file), Loader=loader)  # noqa: S506 - a safe one, in C where there is one
        yield from [(group, rule) for group in said["groups"] for rule in group["rules"] if rule.keys()]
    except OSError as error:
        raise AuthoringError(f"cannot be read ({error.strerror})", where=str(file), fix="dash build") from error
    except (yaml.YAMLError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise AuthoringError("is no rule file that dash build wrote", where=str(file), fix="dash build") from error


def _alert(group: Mapping[str, Any], rule: Mapping[str, Any], stale: str) -> Alert:
    return Alert(
        name=str(rule["alert"]),
        group=str(group["name"]),
        expr=str(rule["expr"]),
        interval=str(group.get("interval") or ""),
        lasting=str(rule.get("for") or ""),
        keep=str(rule.get("keep_firing_for") or ""),
        labels=_texts({**(group.get("labels") or {}), **(rule.get("labels") or {})}),
        annotations=_texts(rule.get("annotations") or {}),
        stale=stale,
    )


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in said.items()}
