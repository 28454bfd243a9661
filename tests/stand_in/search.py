"""Handlers of the search and the list of tags."""

from collections import Counter

from tests.stand_in.answers import JSON_UTF8, Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call
from tests.stand_in.rows import Page

DEFAULT_LIMIT = 1000
LARGEST_LIMIT = 5000
ABOVE_LIMIT = Refusal(
    422,
    f"Limit is above maximum allowed ({LARGEST_LIMIT}), use page parameter to access hits beyond limit",
)
NOT_FOR_YOU = Refusal(401, "Unauthorized")
UIDS_AND_IDS = Refusal(400, "search supports UIDs or IDs, not both")


def search(call: Call) -> Answer:
    """What the caller may see and the URL asks for; one page of it."""
    query = call.request.query
    limit = call.number("limit", DEFAULT_LIMIT)
    if limit > LARGEST_LIMIT:
        raise RefusedError(ABOVE_LIMIT)
    deleted = call.profile.search_for_deleted and query.get("deleted") == ["true"]
    if deleted and call.caller.account.role != "Admin":
        raise RefusedError(NOT_FOR_YOU)
    if _uids(query) and query.get("dashboardIds"):
        raise RefusedError(UIDS_AND_IDS)
    pages = list(call.state.trash.values()) if deleted else _visible(call)
    hits = [page for page in pages if _matches(call, page)]
    sort = query.get("sort", [""])[0]
    # The database orders by bytes and cuts the page; only then Grafana sorts as people do.
    hits.sort(key=lambda page: page.title.encode(), reverse=sort == "alpha-desc")
    start = (call.number("page", 1) - 1) * limit
    hits = hits[start : start + limit]
    if not sort:
        hits.sort(key=lambda page: (not page.is_folder, page.title.lower()))
    return say([_hit(call, page) for page in hits])


def list_tags(call: Call) -> Answer:
    """The tags in use, and how many pages have each."""
    counted = Counter(tag for page in _visible(call) for tag in set(page.tags))
    rows = [{"term": tag, "count": number} for tag, number in sorted(counted.items())]
    return say(rows, content_type=JSON_UTF8)


def _visible(call: Call) -> list[Page]:
    return [
        page
        for page in call.state.index.pages(call.state.clock.seconds())
        if call.may("folders:read" if page.is_folder else "dashboards:read", page)
    ]


def _uids(query: dict[str, list[str]]) -> list[str]:
    return query.get("dashboardUIDs") or query.get("dashboardUID") or []


def _matches(call: Call, page: Page) -> bool:
    query = call.request.query
    text = query.get("query", [""])[0]
    return (
        query.get("starred") != ["true"]  # nobody has starred anything
        and text.lower() in page.title.lower()
        and set(query.get("tag", [])) <= set(page.tags)
        and _one_of(query.get("type"), _kind(page))
        and _one_of(_uids(query), page.uid)
        and _one_of(query.get("dashboardIds"), str(page.id))
        and _one_of(query.get("folderIds"), str(_folder_id(call, page)))
        and (not call.profile.search_by_folder_uid or _one_of(query.get("folderUIDs"), page.folder_uid or "general"))
    )


def _one_of(wanted: list[str] | None, value: str) -> bool:
    return not wanted or value in wanted


def _kind(page: Page) -> str:
    return "dash-folder" if page.is_folder else "dash-db"


def _folder_id(call: Call, page: Page) -> int:
    folder = call.state.folder(page.folder_uid)
    return folder.id if folder else 0


def _hit(call: Call, page: Page) -> Json:
    hit: Json = {
        "id": page.id,
        "uid": page.uid,
        "title": page.title,
        "uri": f"db/{page.slug}",
        "url": page.url,
        "slug": "",
        "type": _kind(page),
        "tags": page.tags,
        "isStarred": False,
    }
    folder = call.state.folder(page.folder_uid)
    if folder:
        hit |= {
            "folderId": folder.id,
            "folderUid": folder.uid,
            "folderTitle": folder.title,
            "folderUrl": folder.url,
        }
    return hit | {"sortMeta": 0}
