"""Handlers of annotations: moments that somebody has marked."""

from tests.stand_in.answers import Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call, value_of
from tests.stand_in.permissions import allows, denied
from tests.stand_in.rows import Mark

MOST_LISTED = 100
MOST_LETTERS_OF_TAGS = 500
NOT_SAVED = Refusal(400, "Failed to save annotation", traced=True)
NOT_FOUND = Refusal(404, "Annotation not found")
UNKNOWN_PAGE = Refusal(400, "Invalid dashboard UID in annotation request", traced=True)
TOO_MANY_TAGS = Refusal(400, "Tags length exceeds the maximum allowed.", message_id="annotations.tag-limit-exceeded")


def list_some(call: Call) -> Answer:
    """The annotations that the URL asks for, the newest first."""
    query = call.request.query
    start, end = call.number("from", 0), call.number("to", 0)
    panel = call.number("panelId", 0)
    page_id = call.number("dashboardId", 0)
    if uid := query.get("dashboardUID", [""])[0]:
        page = call.state.page(uid)
        if not page:
            raise RefusedError(UNKNOWN_PAGE)
        page_id = page.id
    tags, enough = set(query.get("tags", [])), any if query.get("matchAny") == ["true"] else all
    found = [
        mark
        for mark in call.state.marks.values()
        if (not tags or enough(tag in mark.tags for tag in tags))
        and (not (start and end) or (mark.start <= end and mark.end >= start))
        and page_id in (0, mark.page_id)
        and panel in (0, mark.panel_id)
        and query.get("type") != ["alert"]
    ]
    found.sort(key=lambda mark: (-mark.end, -mark.start))
    return say([_row(call, mark) for mark in found[: call.number("limit", MOST_LISTED)]])


def post(call: Call) -> Answer:
    """Mark a moment; to say the same twice makes two."""
    body = call.json()
    text, tags = value_of(body, "text", ""), [str(tag) for tag in value_of(body, "tags", list[object]())]
    if not text:
        raise RefusedError(NOT_SAVED)
    if sum(map(len, tags)) > MOST_LETTERS_OF_TAGS:
        raise RefusedError(TOO_MANY_TAGS)
    page = call.state.page(value_of(body, "dashboardUID", "")) or call.state.pages.get(value_of(body, "dashboardId", 0))
    where = "dashboard" if page else "organization"
    if not allows(call.grants, "annotations:create", f"annotations:type:{where}"):
        return denied("annotations:create")
    moment = call.state.clock.milliseconds()
    start = value_of(body, "time", 0) or moment
    mark = Mark(
        id=call.state.next_id("mark"),
        text=text,
        tags=tuple(tags),
        start=start,
        end=value_of(body, "timeEnd", 0) or start,
        page_id=page.id if page else 0,
        panel_id=value_of(body, "panelId", 0),
        by=call.caller.account.id,
        created=moment,
        data=value_of(body, "data", Json()),
    )
    call.state.marks[mark.id] = mark
    return say({"id": mark.id, "message": "Annotation added"})


def delete(call: Call) -> Answer:
    """Delete an annotation."""
    text = call.params["id"]
    if not text.isdecimal() or call.state.marks.pop(int(text), None) is None:
        raise RefusedError(NOT_FOUND)
    return say({"message": "Annotation deleted"})


def _row(call: Call, mark: Mark) -> Json:
    page = call.state.pages.get(mark.page_id)
    login = call.state.login(mark.by)
    alert = {"alertId": 0, "alertName": ""} if call.profile.alert_fields else {}
    states = {"newState": "", "prevState": ""} if call.profile.alert_fields else {}
    head: Json = {"id": mark.id}
    return {
        **head,
        **alert,
        "dashboardId": mark.page_id,
        "dashboardUID": page.uid if page else None,
        "panelId": mark.panel_id,
        "userId": 0,
        **states,
        "created": mark.created,
        "updated": mark.created,
        "time": mark.start,
        "timeEnd": mark.end,
        "text": mark.text,
        "tags": list(mark.tags),
        "login": login,
        "email": f"{login}@localhost",
        "avatarUrl": f"/avatar/{mark.by:032x}",
        "data": mark.data,
    }
