"""Where a role's metrics are, and how often Prometheus asks for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from queries.duration import milliseconds, spelled
from queries.labels import LABEL, RESERVED_LABELS
from queries.metric import Role
from queries.source import Mistake, Source, here

#: host:port, also of IPv6; a scheme or a path is said elsewhere, credentials nowhere.
ADDRESS = re.compile(
    r"(?P<host>[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9A-Fa-f:.]+\]):(?P<port>[1-9][0-9]{0,4})"
)
LAST_PORT = 65_535
#: No query: Prometheus would take its question mark for a part of the path.
PATH = re.compile(r"/[!-\"$->@-~]*")


@dataclass(frozen=True, slots=True)
class Scrape:
    """How a role is scraped: one job of Prometheus, called as the role's job is.

    Attributes:
        role: whose metrics they are.
        targets: "host:port" of every process, as Prometheus reaches it.
        interval: how often Prometheus asks.
        path: where the metrics are.
        scheme: how they are asked for.
        strips_port: whether the label `instance` is the host alone.
        labels: put on every series of these targets, besides `job` and `instance`.
        optional: why it may be missing; empty for what is always there.
        assumed: what of it no document says, and why we believe it.
    """

    role: Role
    targets: Sequence[str]
    interval: str = "15s"
    path: str = "/metrics"
    scheme: Literal["http", "https"] = "http"
    strips_port: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    optional: str = ""
    assumed: str = ""
    source: Source = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        if not isinstance(self.role, Role):
            raise self._wrong(f"{self.role!r} is no role", 'Role("shop", "api", job="shop-api")')
        if isinstance(self.targets, str):
            raise self._wrong(f"its targets are one text: {self.targets!r}", f"targets=[{self.targets!r}]")
        object.__setattr__(self, "targets", tuple(self.targets))
        object.__setattr__(self, "labels", dict(self.labels))
        object.__setattr__(self, "interval", spelled(milliseconds(self.interval)))
        self._check_targets()
        if not isinstance(self.path, str) or not PATH.fullmatch(self.path):
            raise self._wrong(f"the path {self.path!r}", 'path="/metrics"')
        if self.scheme not in ("http", "https"):
            raise self._wrong(f"the scheme {self.scheme!r}", "http or https")
        for name, value in self.labels.items():
            if not LABEL.fullmatch(name) or name.startswith("__") or not isinstance(value, str) or not value:
                raise self._wrong(f"the label {name}={value!r}", 'labels={"zone": "a"}')
            if name in RESERVED_LABELS:
                raise self._wrong(f"the label {name!r} is Prometheus' own", "another name")

    def _check_targets(self) -> None:
        if not self.targets:
            raise self._wrong("it has no targets", 'targets=["api:8000"]')
        hosts = []
        for one in self.targets:
            said = ADDRESS.fullmatch(one) if isinstance(one, str) else None
            if not said or int(said["port"]) > LAST_PORT:
                # it is not repeated: somebody may have written a password into it
                raise self._wrong("a target that is no host:port", '"api:8000"; scheme= and path= say the rest')
            hosts.append(said["host"])
        if len(set(self.targets)) < len(self.targets):
            raise self._wrong("a target stands there twice", "each once")
        if self.strips_port and len(set(hosts)) < len(hosts):
            raise self._wrong("two targets of one host would be one instance", "strips_port=False")

    def _wrong(self, what: str, fix: str) -> Mistake:
        return Mistake(f"scrape of {self.role}: {what}", fix=fix, where=self.source)
