"""Where a Prometheus is: an address of its own, or a data source of a Grafana."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from cli.grafana.address import Address
from cli.grafana.shown import shown


@dataclass(frozen=True, slots=True)
class Where:
    """A Prometheus.

    Attributes:
        address: of itself, or of the Grafana that knows it.
        source: uid of the Grafana's data source; empty for a Prometheus of its own.
        headers: which go with every question: a tenant's.
    """

    address: Address
    source: str = ""
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """What a person would call it."""
        if self.source:
            return f"data source {shown(self.source)} of the Grafana at {self.address.url}"
        return f"the Prometheus at {self.address.url}"
