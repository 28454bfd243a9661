"""Other pages: those of a service, by tag."""

from typing import Unpack

from panels.kinds.kind import Kind
from panels.panel import Frame, Panel
from queries import Mistake

KIND = Kind(
    plugin="dashlist",
    width=8,
    height=8,
    grafanalib="DashboardList",
    options={
        "includeVars": False,
        "keepTime": False,
        "maxItems": 10,
        "query": "",
        "showFolderNames": True,
        "showHeadings": True,
        "showRecentlyViewed": False,
        "showSearch": False,
        "showStarred": True,
        "tags": [],
    },
    steps=(),
    mappings=False,
    says=Frame,
)


def dashboard_list(
    title: str,
    *tags: str,
    query: str = "",
    starred: bool = False,
    recent: bool = False,
    limit: int = 10,
    keep: bool = True,
    **said: Unpack[Frame],
) -> Panel:
    """The pages with these tags. `keep` takes time and variables along."""
    if not (tags or query or starred or recent):
        raise Mistake(f"dashboard list {title!r} lists nothing", fix='a tag: dashboard_list("Pages", "ai")')
    return KIND.panel(
        title,
        options={
            "includeVars": keep,
            "keepTime": keep,
            "maxItems": limit,
            "query": query,
            "showHeadings": sum((bool(tags or query), starred, recent)) > 1,
            "showRecentlyViewed": recent,
            "showSearch": bool(tags or query),
            "showStarred": starred,
            "tags": list(tags),
        },
        look=said,
    )
