"""Searching, which every Grafana does over `/api` only; from 12 on its index may be a moment behind."""

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlencode

from cli.grafana.answer import understood
from cli.grafana.asking import Asking
from cli.grafana.model import Found

#: What Grafana gives at once when it is not asked for less; it would take 5,000.
AT_ONCE = 1000


class Finding(Asking):
    """What there is, without its content."""

    def search(self, *, tag: str = "", folder: str = "") -> Iterator[Found]:
        """Every page that we may see, of a tag and directly in a folder where they are said."""
        wanted = {"type": "dash-db", "tag": tag, "folderUIDs": folder}
        for hit in self._hits({key: it for key, it in wanted.items() if it}):
            with understood(self.where):
                found = _found(hit)
            if not folder or found.folder == folder:  # 9 knows no folderUIDs and finds everything
                yield found

    def _hits(self, of: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
        """What a search finds; a release that does not know a filter ignores it."""
        path = f"/api/search?{urlencode({'limit': AT_ONCE, **of})}&"
        for hit in self._pages(path, AT_ONCE, "search", needs="dashboards:read"):
            with understood(self.where):
                yield dict(hit)


def _found(hit: Mapping[str, Any]) -> Found:
    return Found(
        uid=str(hit["uid"]),
        title=str(hit["title"]),
        folder=str(hit.get("folderUid") or ""),
        folder_title=str(hit.get("folderTitle") or ""),
        tags=tuple(str(tag) for tag in hit.get("tags") or ()),
    )
