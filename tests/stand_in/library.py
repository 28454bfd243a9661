"""Handlers of library elements: panels that many pages show."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tests.stand_in.answers import BAD_REQUEST, Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call, value_of
from tests.stand_in.checking import BAD_UID, LONG_UID, UID_LIMIT
from tests.stand_in.permissions import allows, scopes_of
from tests.stand_in.rows import Account, Connection, Element, Page, sorted_copy
from tests.stand_in.state import State

MOST_LISTED = 100
TAKEN = Refusal(400, "library element with that name or UID already exists", traced=True)
NOT_FOUND = Refusal(404, "library element could not be found", traced=True)
CHANGED = Refusal(412, "the library element has been changed by someone else", traced=True)
CONNECTED = Refusal(403, "the library element has connections", traced=True)
NO_FOLDER = Refusal(400, "failed to get folder", traced=True)
NO_ACCESS = Refusal(403, "access denied to folder", traced=True)
UNKNOWN_KIND = Refusal(500, "Failed to create library element", traced=True)
NOT_CONNECTED = Refusal(500, "Error while connecting library panels", traced=True)
KINDS = (1, 2)


def list_all(call: Call) -> Answer:
    """The elements that the URL asks for; one page of them."""
    query = call.request.query
    text = query.get("searchString", [""])[0].lower()
    kind = query.get("kind", [""])[0]
    found = [
        element
        for element in call.state.elements.values()
        if text in element.name.lower() and kind in ("", str(element.kind)) and _is_in_folder(call, element)
    ]
    found.sort(key=lambda element: element.name.lower(), reverse=query.get("sortDirection") == ["alpha-desc"])
    page, limit = call.number("page", 1), call.number("perPage", MOST_LISTED)
    shown = [_shown(call, element) for element in found[(page - 1) * limit :][:limit]]
    return say({"result": {"totalCount": len(found), "elements": shown, "page": page, "perPage": limit}})


def get(call: Call) -> Answer:
    """One element."""
    return say({"result": _shown(call, _found(call))})


def get_by_name(call: Call) -> Answer:
    """The elements of a name, of which every folder may have one."""
    found = [element for element in call.state.elements.values() if element.name == call.params["name"]]
    if not found:
        raise RefusedError(NOT_FOUND)
    return say({"result": [_shown(call, element) for element in found]})


def list_connections(call: Call) -> Answer:
    """The pages that show an element."""
    rows = [
        {
            "id": one.id,
            "kind": 1,
            "elementId": one.element_id,
            "connectionId": one.page_id,
            "connectionUid": call.state.pages[one.page_id].uid,
            "created": one.created,
            "createdBy": _author(call, one.created_by),
        }
        for one in call.state.shown_by(_found(call))
    ]
    return say({"result": rows})


def post(call: Call) -> Answer:
    """Create an element."""
    body = call.json()
    element = add(call.state, body, _folder_uid(call, body), call.caller.account)
    return say({"result": _shown(call, element)})


def add(state: State, body: Json, folder_uid: str, author: Account) -> Element:
    """Store a new element; its name is unique in a folder, its uid everywhere.

    Raises:
        RefusedError: one of them is taken, or no name for an element.
    """
    uid, name, kind = value_of(body, "uid", ""), value_of(body, "name", ""), value_of(body, "kind", 0)
    if not re.fullmatch(r"[a-zA-Z0-9_-]*", uid):
        raise RefusedError(replace(BAD_UID, traced=True))
    if len(uid) > UID_LIMIT:
        raise RefusedError(replace(LONG_UID, traced=True))
    if kind not in KINDS:
        raise RefusedError(UNKNOWN_KIND)
    number, moment = state.next_id("element"), state.clock.text()
    element = Element(
        id=number,
        uid=uid or f"generated-le-{number}",
        name=name,
        kind=kind,
        folder_uid=folder_uid,
        model=sorted_copy(value_of(body, "model", Json())),
        version=1,
        created=moment,
        updated=moment,
        created_by=author.id,
        updated_by=author.id,
    )
    if state.element(element.uid) or _has_namesake(state, element):
        raise RefusedError(TAKEN)
    state.elements[number] = element
    return element


def patch(call: Call) -> Answer:
    """Change an element, if it is still the version that was read.

    Where no folder is named the answer says the root, but the element stays where it is (recorded:
    its old folder can still not be deleted): the row is updated without its empty columns.
    """
    body = call.json()
    if not value_of(body, "kind", 0) or not value_of(body, "version", 0):
        raise RefusedError(BAD_REQUEST)
    element = _found(call)
    folder_uid = _folder_uid(call, body)
    if body["version"] != element.version:
        raise RefusedError(CHANGED)
    named = replace(
        element, name=value_of(body, "name", "") or element.name, folder_uid=folder_uid or element.folder_uid
    )
    changed = write(call.state, named, value_of(body, "model", Json()), call.caller.account)
    return say({"result": _shown(call, replace(changed, folder_uid=folder_uid))})


def write(state: State, element: Element, model: Json, author: Account) -> Element:
    """Store an element's next version; without a model it keeps its own.

    Raises:
        RefusedError: its name is taken.
    """
    if _has_namesake(state, element):
        raise RefusedError(TAKEN)
    changed = replace(
        element,
        model=sorted_copy(model) if model else element.model,
        version=element.version + 1,
        updated=state.clock.text(),
        updated_by=author.id,
    )
    state.elements[element.id] = changed
    return changed


def delete(call: Call) -> Answer:
    """Delete an element that no page shows."""
    element = _found(call)
    _check_rights(call, element.folder_uid, "delete")
    if call.state.shown_by(element):
        raise RefusedError(CONNECTED)
    del call.state.elements[element.id]
    return say({"id": element.id, "message": "Library element deleted"})


def connect(call: Call, page: Page, *, strict: bool) -> None:
    """Note which elements a page shows, after it was stored.

    Raises:
        RefusedError: it shows one that does not exist; the page stays stored.
    """
    state = call.state
    state.connections = {key: one for key, one in state.connections.items() if one.page_id != page.id}
    wanted = [state.element(uid) for uid in dict.fromkeys(_shown_uids(page.data.get("panels")))]
    if strict and not all(wanted):
        raise RefusedError(NOT_CONNECTED)
    for element in filter(None, wanted):
        number = state.next_id("connection")
        row = Connection(number, element.id, page.id, state.clock.text(), call.caller.account.id)
        state.connections[number] = row


def _shown_uids(panels: Any) -> Iterator[str]:
    for panel in panels if isinstance(panels, list) else []:
        if isinstance(panel, dict):
            if isinstance(header := panel.get("libraryPanel"), dict):
                yield str(header.get("uid") or "")
            yield from _shown_uids(panel.get("panels"))


def _found(call: Call) -> Element:
    element = call.state.element(call.params["uid"])
    if not element:
        raise RefusedError(NOT_FOUND)
    return element


def _folder_uid(call: Call, body: Json) -> str:
    uid = value_of(body, "folderUid", "")
    folder = call.state.folder(uid)
    if uid and not folder:
        raise RefusedError(NO_FOLDER)
    _check_rights(call, uid, "write")
    return uid


def _check_rights(call: Call, folder_uid: str, verb: str) -> None:
    """Before they had rights of their own, who may edit a folder could do all to its library panels."""
    folder = call.state.folder(folder_uid)
    scopes = scopes_of(call.state, folder) if folder else ("folders:uid:general",)
    action = f"library.panels:{verb}" if call.profile.library_rights else "dashboards:create"
    if not allows(call.grants, action, *scopes):
        raise RefusedError(NO_ACCESS)


def _is_in_folder(call: Call, element: Element) -> bool:
    wanted = ",".join(call.request.query.get(call.profile.folder_filter, [])).split(",")
    if wanted == [""]:
        return True
    if call.profile.folder_filter == "folderFilterUIDs":
        return (element.folder_uid or "general") in wanted
    return str(_folder_id(call, element)) in wanted


def _folder_id(call: Call, element: Element) -> int:
    folder = call.state.folder(element.folder_uid)
    return folder.id if folder else 0


def _has_namesake(state: State, element: Element) -> bool:
    named = (element.folder_uid, element.name, element.kind)
    return any(
        other.id != element.id and (other.folder_uid, other.name, other.kind) == named
        for other in state.elements.values()
    )


def _shown(call: Call, element: Element) -> Json:
    folder = call.state.folder(element.folder_uid)
    return {
        "id": element.id,
        "orgId": 1,
        "folderId": folder.id if folder else 0,
        "folderUid": element.folder_uid,
        "uid": element.uid,
        "name": element.name,
        "kind": element.kind,
        "type": element.model.get("type", ""),
        "description": element.model.get("description", ""),
        "model": element.model,
        "version": element.version,
        "meta": {
            "folderName": folder.title if folder else "",
            "folderUid": element.folder_uid,
            "connectedDashboards": len(call.state.shown_by(element)),
            "created": element.created,
            "updated": element.updated,
            "createdBy": _author(call, element.created_by),
            "updatedBy": _author(call, element.updated_by),
        },
    }


def _author(call: Call, account_id: int) -> Json:
    return {"id": account_id, "name": call.state.login(account_id), "avatarUrl": f"/avatar/{account_id:032x}"}
