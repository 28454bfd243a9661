"""A page of a Grafana as a file in a folder: the same bytes whoever pulled it, and from where. Pure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from cli.artifact import MANIFEST, digest, text
from cli.artifact.manifest import PageEntry
from cli.deploy.files import names
from cli.deploy.wanted import path_of
from cli.grafana.model import Folder, LivePage

SUFFIX = ".json"
#: No page's file may have this name.
TAKEN = MANIFEST.removesuffix(SUFFIX)

Path = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A page as it was read, before its file has a name.

    Attributes:
        uid: the page's.
        title: what people call it.
        path: titles of the folders that it lies in, outermost first; empty for the root.
        digest: what a build would call it.
        source: where a person looks at it.
        text: the file's bytes.
    """

    uid: str
    title: str
    path: Path
    digest: str
    source: str
    text: bytes

    def entry(self, file: str) -> PageEntry:
        """What the manifest says of it."""
        folder = "/".join(self.path)
        return PageEntry(
            uid=self.uid, title=self.title, folder=folder, file=file, digest=self.digest, source=self.source
        )


def copy(uid: str, live: LivePage, path: Path, source: str) -> Copy:
    """The page without what only this Grafana says of it.

    That is `id` and `version`, and the tags `dash:...`: they say who pushes the page there, and whoever pushes this
    file marks it anew. Besides it is as every Grafana would keep it: no blanks around its title, which those before 13
    take away, and whole numbers without a point, which 13 takes away.
    """
    page = {key: value for key, value in live.body.items() if key not in digest.SERVER_KEYS}
    tags = page.get("tags")
    kept = [tag for tag in (tags if isinstance(tags, list) else ()) if not str(tag).startswith(digest.OURS)]
    page |= {"uid": uid, "title": str(page.get("title") or "").strip(), "tags": kept}
    if digest.PERHAPS_WHOLE.search(orjson.dumps(page)):
        page = digest.without_points(page)
    return Copy(
        uid=uid,
        title=page["title"] or uid,
        path=path,
        digest=digest.of(page, "/".join(path)),
        source=source,
        text=text.of(page),
    )


def path_to(way: tuple[Folder, ...]) -> Path:
    """The path of titles by which a push finds these folders.

    The one folder `AI / Serving` of a Grafana that cannot nest is `AI/Serving`, as push made it.
    """
    return path_of("/".join(folder.title for folder in way))


def files(places: Mapping[str, Path]) -> Mapping[str, str]:
    """The file of each page, relative to the folder that they are pulled into.

    Args:
        places: the path of every page, also of those that are not pulled: they decide who is a twin.
    """
    titles: dict[Path, set[str]] = defaultdict(set)
    uids: dict[Path, set[str]] = defaultdict(set)
    for uid, path in places.items():
        uids[path].add(uid)
        for depth, title in enumerate(path):
            titles[path[:depth]].add(title)
    folders = {path: names(below) for path, below in titles.items()}
    pages = {path: names(inside, () if path else (TAKEN,)) for path, inside in uids.items()}
    return {
        uid: "/".join([*(folders[path[:depth]][title] for depth, title in enumerate(path)), pages[path][uid] + SUFFIX])
        for uid, path in places.items()
    }
