"""From an alert to the panel that shows it: the annotations by which Grafana, Alertmanager and people find it."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from cli.artifact.manifest import PageEntry
from cli.compile.unit import Group

#: What `{{ $labels.NAME }}` takes.
LABEL = re.compile(r"[a-zA-Z_]\w*", re.ASCII)
NO_GRAFANA = 'alerts name their panels, and no URL: dash.toml says no `[build] grafana = "https://..."`'


class Links(NamedTuple):
    """Where each alert leads.

    Attributes:
        grafana: URL of the Grafana that people open, without a slash at the end; empty where nobody said.
        pages: for an alert's name the page to open.
    """

    grafana: str
    pages: Mapping[str, PageEntry]

    def put(self, group: Group) -> Mapping[str, Any]:
        """What the rule file says of the group, with the links of its alerts."""
        if not any(rule.get("alert") in self.pages for rule in group.said["rules"]):
            return group.said
        labels = {one.alert: one.labels for one in group.about}
        rules = [self._linked(rule, labels.get(rule.get("alert"), ())) for rule in group.said["rules"]]
        return {**group.said, "rules": rules}

    def _linked(self, rule: Mapping[str, Any], labels: Iterable[str]) -> Mapping[str, Any]:
        page = self.pages.get(rule.get("alert", ""))
        said = rule.get("annotations", {})
        if page is None or "__dashboardUid__" in said:
            return rule
        panel = page.alerts[rule["alert"]]
        links = {"__dashboardUid__": page.uid, "__panelId__": str(panel)}
        if self.grafana:
            links["dashboard_url"] = f"{self.grafana}{_path(page, panel, labels)}"
        return {**rule, "annotations": {**said, **{name: to for name, to in links.items() if name not in said}}}


def links(groups: Iterable[Group], pages: Iterable[PageEntry], grafana: str) -> Links:
    """Each alert's page: of several the one that is about the fewest services, which no overview is; then by uid."""
    services: dict[str, set[str]] = defaultdict(set)
    for group in groups:
        for rule in group.said["rules"]:
            services[rule.get("alert", "")].add(group.file)

    def rank(page: PageEntry) -> tuple[int, str]:
        return len(set().union(*(services[one] for one in page.alerts))), page.uid

    found: dict[str, PageEntry] = {}
    for page in sorted((one for one in pages if one.alerts), key=rank):
        for alert in page.alerts:
            found.setdefault(alert, page)
    return Links(grafana, found)


def _path(page: PageEntry, panel: int, labels: Iterable[str]) -> str:
    """The panel alone, over the last hour, narrowed to what the alert is about; Prometheus fills in the labels."""
    kept = sorted(one for one in labels if one in page.variables and LABEL.fullmatch(one))
    chosen = "".join(f"&var-{page.variables[one]}={{{{ $labels.{one} | urlquery }}}}" for one in kept)
    slug = _slug(page.title)
    return f"/d/{page.uid}{slug and f'/{slug}'}?viewPanel={panel}&from=now-1h&to=now{chosen}"


def _slug(title: str) -> str:
    """The title in a URL: only people read it, Grafana goes by the uid."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")
