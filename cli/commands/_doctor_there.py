"""A Grafana as `dash` finds it: which, who we are there, what we may do, what the pages miss."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from cli.commands._doctor_check import Check
from cli.commands._doctor_rights import Target, rights
from cli.commands._doctor_sources import lacking
from cli.commands._place import Place
from cli.deploy.folders import Folders
from cli.errors import DashError
from cli.grafana.model import Server
from cli.grafana.port import Grafana
from cli.grafana.shown import shown
from cli.grafana.whoami import Whoami

#: Clocks that differ by more put a mark beside what it marks.
SKEW = 60.0

Pages = Mapping[str, Mapping[str, Any]]


def answers(place: Place, server: Server, who: Whoami, now: datetime) -> Iterator[Check]:
    """Which Grafana it is, what it speaks, and who we are to it."""
    name = " ".join(filter(None, ["Grafana", server.version or "of an unknown version", server.edition]))
    yield Check("grafana", True, shown(f"{name} at {place.address.url}"))
    if who.organisation:
        yield Check("organisation", True, shown(f"{who.organisation} {who.organisation_name}"))
    if place.name:
        protection = ", protected: who writes there is asked first" if place.protected else ""
        yield Check("context", True, f"{place.name}{protection}")
    yield _api(place.api, who)
    if who.name:
        yield Check("who", True, shown(f"we are {who.name}{', admin of the server' if who.is_admin else ''}"))
    else:
        yield Check("who", None, "this Grafana does not tell who we are")
    if who.clock:
        ahead = (who.clock - now).total_seconds()
        said = f"Grafana's is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} ours"
        well = abs(ahead) <= SKEW
        yield Check("clock", well or None, "as ours" if well else said, "" if well else "NTP on both machines")


def _api(asked: str, who: Whoami) -> Check:
    """Which API a push speaks, and what of the newer one is offered."""
    offered = "; ".join(f"{group} {', '.join(versions)}" for group, versions in who.apis.items()) or "nothing"
    if asked == "apis" and not who.enough:
        return Check("api", False, shown(f"/apis is asked for, and of it there is {offered}"), "--api auto")
    spoken = "/apis" if who.enough and asked != "legacy" else "legacy"
    return Check("api", True, shown(f"a push speaks {spoken}; of /apis there is {offered}"))


def may(grafana: Grafana, target: Target) -> Iterator[Check]:
    """What we may do there."""
    try:
        granted = grafana.permissions()
    except DashError as error:
        yield Check("permissions", None, shown(error.what), error.fix)
        return
    yield from rights(granted, target)


def target(grafana: Grafana, server: Server, path: tuple[str, ...], pages: Pages, *, folders: bool) -> Target:
    """The folder that pages go below, as far as it is there and we may see it."""
    libraries = any(_has_library(page.get("panels")) for page in pages.values())
    around: tuple[str, ...] = ()
    known, missing = Folders(grafana, server, ""), False
    for depth in range(len(path), 0, -1):
        try:
            uid = known.find(path[:depth])
            around = tuple(folder.uid for folder in known.way(uid)) if uid else ()
        except DashError:  # we may not see it: the rights say so
            break
        missing = missing or not uid
        if uid or known.flat:
            break
    return Target(said="/".join(path), around=around, missing=missing, folders=folders, libraries=libraries)


def misses(grafana: Grafana, pages: Pages, pinned: Mapping[str, str]) -> Iterator[Check]:
    """The data sources that pages or the context name, and that are not there."""
    if not pages and not pinned:
        return
    try:
        sources = grafana.data_sources()
    except DashError as error:
        yield Check("data sources", None, shown(error.what), error.fix)
        return
    yield from lacking(pages, sources, pinned)


def _has_library(panels: Any) -> bool:
    found = [one for one in panels if isinstance(one, dict)] if isinstance(panels, list) else []
    return any("libraryPanel" in one or _has_library(one.get("panels")) for one in found)
