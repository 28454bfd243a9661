"""Data sources by name, as grafanalib has them, become references with a type."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from panels.grafana.marks import OF_GRAFANA
from panels.grafana.panel import MIXED

Json = dict[str, Any]
#: grafanalib's module of a target: the plugin that it asks.
_BY_MODULE = {
    "grafanalib.azuredataexplorer": "grafana-azure-data-explorer-datasource",
    "grafanalib.azuremonitor": "grafana-azure-monitor-datasource",
    "grafanalib.cloudwatch": "cloudwatch",
    "grafanalib.elasticsearch": "elasticsearch",
    "grafanalib.humio": "humio",
    "grafanalib.influxdb": "influxdb",
    "grafanalib.opentsdb": "opentsdb",
    "grafanalib.zabbix": "alexanderzobnin-zabbix-datasource",
}
_SPECIAL: Mapping[str, Json] = {
    "-- Grafana --": OF_GRAFANA,
    "-- Mixed --": MIXED,
    "-- Dashboard --": {"type": "datasource", "uid": "-- Dashboard --"},
}
_NOBODY = ("", "default", None)


@dataclass(frozen=True, slots=True)
class Sources:
    """What is known of a page's data sources.

    Attributes:
        variables: the plugin of each data source variable.
    """

    variables: Mapping[str, str] = field(default_factory=dict)

    def reference(self, said: Any, plugin: str = "prometheus") -> Json | None:
        """The reference that a name means; a name alone does not say its plugin, so that of the target is taken."""
        if said in _NOBODY:
            return None
        if isinstance(said, Mapping):
            found = {key: str(said[key]) for key in ("type", "uid") if said.get(key)}
            return found if "type" in found else {"type": self._plugin(found.get("uid", ""), plugin), **found}
        if said in _SPECIAL:
            return _SPECIAL[said]
        return {"type": self._plugin(said, plugin), "uid": said}

    def _plugin(self, uid: str, otherwise: str) -> str:
        name = uid.strip("${}[]").split(":")[0] if uid.startswith(("$", "[[")) else ""
        return self.variables.get(name, otherwise)


def plugin_of(target: Any, kind: str, made: Mapping[str, Any]) -> str:
    """The plugin that a target asks, as far as its class, its panel or its keys say so."""
    module = type(target).__module__
    if module in _BY_MODULE:
        return _BY_MODULE[module]
    if "rawSql" in made:
        return "mysql"
    if made.get("target") and not made.get("expr"):
        return "graphite"
    return "loki" if kind == "logs" else "prometheus"
