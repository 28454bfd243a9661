"""Pages as Grafana's JSON, ours and those of grafanalib's users; the only door to grafanalib."""

from panels.grafana.modern import Modern, modernise, modernised
from panels.grafana.page import to_grafana

__all__ = ["Modern", "modernise", "modernised", "to_grafana"]
