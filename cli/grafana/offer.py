"""What a Grafana offers of `/apis`: which versions, in which namespace; before 12 nothing that one could rely on."""

from collections.abc import Sequence
from dataclasses import dataclass

from cli.grafana.answer import OK
from cli.grafana.site import Site
from cli.grafana.wire import Wire

DASHBOARDS, FOLDERS = "dashboard.grafana.app", "folder.grafana.app"
#: A Grafana that serves none of these has its `/apis` behind a flag, half made.
SETTLED = ("v1", "v1beta1")
#: v0alpha1 takes and gives the JSON as it is; v1 migrates it (`docs/decisions/raw-pages.md`). v2 is another model.
RAW = "v0alpha1"
PAGES_IN = (RAW, *SETTLED)
FOLDERS_IN = (*SETTLED, RAW)


@dataclass(frozen=True, slots=True)
class Offer:
    """Where pages and folders are: versions of their groups, and a namespace."""

    pages: str
    folders: str
    namespace: str

    @property
    def page_path(self) -> str:
        """Of all pages."""
        return f"/apis/{DASHBOARDS}/{self.pages}/namespaces/{self.namespace}/dashboards"

    @property
    def folder_path(self) -> str:
        """Of all folders."""
        return f"/apis/{FOLDERS}/{self.folders}/namespaces/{self.namespace}/folders"


def offered(wire: Wire) -> Offer | None:
    """What this Grafana offers; None where that is not enough to push with."""
    pages = _versions(wire, DASHBOARDS)
    if not set(pages) & set(SETTLED):
        return None
    folders = _versions(wire, FOLDERS)
    best = next((version for version in FOLDERS_IN if version in folders), "")
    if not best:
        return None
    return Offer(next(version for version in PAGES_IN if version in pages), best, Site(wire).namespace())


def _versions(wire: Wire, group: str) -> Sequence[str]:
    answer = wire.get(f"/apis/{group}")
    said = answer.fields.get("versions") if answer.status == OK else None
    return [str(one.get("version")) for one in said if isinstance(one, dict)] if isinstance(said, list) else []
