"""The settings of the files around pages and rules, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

#: What `[build] stack` may name, and what is made where it is not there.
MAKERS = ("prometheus", "alertmanager", "grafana", "compose", "kubernetes")
UNLESS_SAID = MAKERS


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a receiver's secret lies; never the secret.

    Attributes:
        kind: a file, as Alertmanager sees it, or a variable that compose and Grafana read.
        source: the file's path, or the variable's name.
        name: unique: "on-call_routing_key".
    """

    kind: Literal["file", "env"]
    source: str
    name: str

    @property
    def path(self) -> str:
        """The file in which Alertmanager finds it; compose puts a variable's value there."""
        return self.source if self.kind == "file" else f"/run/secrets/{self.name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receiver:
    """Who is told.

    Attributes:
        name: as `dash.toml` calls it.
        kind: slack, pagerduty, email or webhook.
        options: slack: channel; email: to, from, smarthost, username; webhook: url (where it is no secret).
        secrets: slack: url; pagerduty: routing_key; email: password; webhook: url, token.
        severities: whose alerts; empty for all. teams: likewise.
        mute: names of the times in which nothing is sent.
        resolved: whether it is told when an alert is over.
    """

    name: str
    kind: Literal["slack", "pagerduty", "email", "webhook"]
    options: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, Kept] = field(default_factory=dict)
    severities: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    mute: tuple[str, ...] = ()
    resolved: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """Times in which nothing is sent, as Alertmanager and Grafana write them: "22:00-24:00", "monday:friday"."""

    name: str
    times: tuple[str, ...] = ()
    weekdays: tuple[str, ...] = ()
    days_of_month: tuple[str, ...] = ()
    months: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    location: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prometheus:
    """`[prometheus]`: intervals, the labels that tell one Prometheus from another, and whom it tells."""

    scrape_interval: str = "15s"
    evaluation_interval: str = "15s"
    external_labels: Mapping[str, str] = field(default_factory=dict)
    alertmanagers: tuple[str, ...] = ("alertmanager:9093",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alertmanager:
    """`[alertmanager]`: who is told, when, and how often.

    Attributes:
        receiver: who gets what nobody else takes; empty for nobody.
        repeat: how long until somebody is told again, by severity.
    """

    receiver: str = ""
    receivers: tuple[Receiver, ...] = ()
    mute: tuple[Mute, ...] = ()
    group_by: tuple[str, ...] = ("alertname", "job")
    group_wait: str = "30s"
    group_interval: str = "5m"
    repeat: Mapping[str, str] = field(default_factory=lambda: {"critical": "1h", "warning": "12h"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Compose:
    """`[compose]`: other images than those that are pinned, by service: a mirror's, or by digest."""

    images: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kubernetes:
    """`[kubernetes]`: where the objects go, and what finds them.

    Attributes:
        namespace: of every object; empty for that of whoever applies them.
        labels: on every object, for an operator that selects by them: release = "kube-prometheus-stack".
        watched: the namespaces whose services are scraped; empty for the objects' own.
    """

    namespace: str = ""
    labels: Mapping[str, str] = field(default_factory=dict)
    watched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of it.

    Attributes:
        makers: which files are wanted.
        asked: whether somebody named them; nobody else gets them for pages without rules or scrapes.
    """

    makers: tuple[str, ...] = field(default_factory=lambda: UNLESS_SAID)
    asked: bool = False
    prometheus: Prometheus = field(default_factory=Prometheus)
    alertmanager: Alertmanager = field(default_factory=Alertmanager)
    compose: Compose = field(default_factory=Compose)
    kubernetes: Kubernetes = field(default_factory=Kubernetes)
