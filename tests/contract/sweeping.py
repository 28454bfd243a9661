"""Leave a Grafana as it was found: everything that bears a test's mark is deleted, and seen to be gone."""

from tests.contract.site import Site

#: A search may be behind, and a server busy.
TIMES = 3


def sweep(site: Site) -> None:
    """Delete what a test made; a failure where anything is left."""
    for _ in range(TIMES):
        site.flush()
        _once(site)
        site.flush()
        if not (left := leftovers(site)):
            return
    raise AssertionError(f"the test left in {site.url}: {left}")


def leftovers(site: Site) -> list[str]:
    """What still bears the mark."""
    prefix = f"{site.mark}-"
    pages = sorted(uid for uid in _pages(site) if site.has(uid.removeprefix(prefix)))
    return [*pages, *map(str, _annotations(site)), *_panels(site), *_folders(site)]


def _once(site: Site) -> None:
    for number in _annotations(site):
        site.ask("DELETE", f"/api/annotations/{number}")
    for uid in _pages(site):
        site.ask("DELETE", f"/api/dashboards/uid/{uid}")
    for uid in _panels(site):  # before their folder, which they would keep
        site.ask("DELETE", f"/api/library-elements/{uid}")
    for uid in _folders(site):
        site.ask("DELETE", f"/api/folders/{uid}")


def _pages(site: Site) -> set[str]:
    """What a search finds, which may be behind, and all that the test has named: nobody else's begins so."""
    found = {*site.find(tag=f"dash:{site.project}"), *site.find(query=site.mark)}
    return {uid for uid in found if uid.startswith(site.mark)} | {f"{site.mark}-{name}" for name in site.names}


def _annotations(site: Site) -> list[int]:
    return [one["id"] for one in site.told("GET", f"/api/annotations?limit=1000&tags=dash:{site.project}")]


def _panels(site: Site) -> list[str]:
    said = site.told("GET", f"/api/library-elements?perPage=100&searchString={site.mark}")
    return [one["uid"] for one in said["result"]["elements"] if site.mark in one["uid"]]


def _folders(site: Site) -> list[str]:
    """Those at the root; what lies in them goes with them."""
    said = site.told("GET", "/api/folders?limit=1000")
    return [one["uid"] for one in said if site.mark in one["title"]]
