"""Build folders for tests, as `dash build` would leave them, and the command line over them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from cli.artifact import MANIFEST, digest, text
from cli.artifact.manifest import Manifest, PageEntry, read
from tests.command_line import Run

Page = dict[str, Any]


def page(uid: str, title: str = "", **more: Any) -> Page:
    """A page with a panel, in the least that Grafana takes."""
    panel = {"id": 1, "type": "text", "title": "About", "gridPos": {"h": 4, "w": 24, "x": 0, "y": 0}}
    return {"uid": uid, "title": title or uid.title(), "schemaVersion": 41, "panels": [panel], "tags": ["ai"], **more}


def panel(number: int, title: str, y: int = 0, **more: Any) -> Page:
    """A panel that asks for something."""
    asks = [{"refId": "A", "expr": f"up{number}"}]
    place = {"h": 4, "w": 24, "x": 0, "y": y}
    return {"id": number, "type": "timeseries", "title": title, "gridPos": place, "targets": asks, **more}


def three(uid: str = "api", **more: Any) -> Page:
    """A page with three panels, one below the other."""
    return page(uid, **{"panels": [panel(1, "One"), panel(2, "Two", 4), panel(3, "Three", 8)], **more})


@dataclass
class Build:
    """A `build/` that tests write into."""

    path: Path
    project: str = "shop"
    entries: dict[str, PageEntry] = field(default_factory=dict)

    def put(self, made: Page, folder: str = "", *, stale: str = "") -> Page:
        """Add a page, or replace the one of that uid."""
        uid = str(made["uid"])
        file = self.path / "dashboards" / f"{uid}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(_written(made))
        self.entries[uid] = PageEntry(
            uid=uid,
            title=str(made["title"]),
            folder=folder,
            file=f"dashboards/{uid}.json",
            digest=digest.of(made, folder),
            source="pages.py:1",
            stale=stale,
        )
        self._write()
        return made

    def drop(self, uid: str) -> None:
        """The page has left the source."""
        entry = self.entries.pop(uid)
        (self.path / entry.file).unlink()
        self._write()

    def digest(self, uid: str) -> str:
        """As the manifest says it."""
        return next(entry.digest for entry in read(self.path).pages if entry.uid == uid)

    def rename(self, project: str) -> None:
        """The same pages, in another project."""
        self.project = project
        self._write()

    def damage(self, page: str, **fields: Any) -> None:
        """Change what the manifest says about a page, and nothing else."""
        self.entries[page] = replace(self.entries[page], **fields)
        self._write()

    def _write(self) -> None:
        self.path.mkdir(exist_ok=True)
        pages = tuple(self.entries[uid] for uid in sorted(self.entries))
        (self.path / MANIFEST).write_bytes(Manifest(project=self.project, pages=pages).dump())


def _written(made: Page) -> bytes:
    """As `dash build` writes a page; what it cannot write, as others do."""
    try:
        return text.of(made)
    except TypeError:
        return json.dumps(made).encode()


Push = Callable[..., Run]
