"""Handlers of folders: list, read, create, rename, move, delete."""

from dataclasses import replace

from tests.stand_in import checking, saving
from tests.stand_in.answers import NO_ROUTE, Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call, value_of
from tests.stand_in.orders import Order
from tests.stand_in.permissions import allows, scopes_of
from tests.stand_in.profiles import CHANGED, PROFILES
from tests.stand_in.rows import Page
from tests.stand_in.state import State

MOST_LISTED = 1000
DEEPEST = 4
RESERVED_UIDS = ("general", "sharedwithme")
NOT_FOUND = Refusal(404, "folder not found", "not-found")
NOT_NESTED = Refusal(404, "To use this service, you need to activate nested folder feature.")
CIRCULAR = Refusal(400, "Circular reference detected", message_id="folder.circular-reference")
TOO_DEEP = Refusal(400, "Maximum nested folder depth reached", message_id="folder.maximum-depth-reached")
EMPTY_TITLE = Refusal(400, "folder title cannot be empty")
IN_USE = Refusal(403, "Folder could not be deleted because it contains library elements in use", traced=True)
# A folder is saved as a dashboard is, but its endpoint words some refusals in its own way.
REWORDED = {
    checking.NAME_TAKEN: Refusal(409, "a folder or dashboard in the general folder with the same name already exists"),
    CHANGED: Refusal(412, "the folder has been changed by someone else", "version-mismatch"),
    checking.NOT_FOUND: NOT_FOUND,
} | {profile.empty_title: EMPTY_TITLE for profile in PROFILES.values()}


def list_folders(call: Call) -> Answer:
    """The folders directly in one, or in the root, by title."""
    parent = call.request.query.get("parentUid", [""])[0] if call.profile.nested_folders else ""
    folders = [page for page in call.state.children(parent) if page.is_folder and call.may("folders:read", page)]
    folders.sort(key=lambda folder: folder.title.lower())
    limit = call.number("limit", MOST_LISTED)
    start = (call.number("page", 1) - 1) * limit
    return say([_brief(folder) for folder in folders[start : start + limit]])


def get(call: Call) -> Answer:
    """Read a folder."""
    return say(_shown(call, _find(call)))


def post(call: Call) -> Answer:
    """Create a folder; a uid that exists is a conflict of versions."""
    body = call.json()
    uid = value_of(body, "uid", "")
    if uid in RESERVED_UIDS:
        raise RefusedError(call.profile.reserved_folder_uid)
    parent = value_of(body, "parentUid", "") if call.profile.nested_folders else ""
    check_place(call.state, parent)
    data = {"uid": uid, "title": value_of(body, "title", "")}
    return say(_shown(call, _save(call, Order(data, folder_uid=parent, is_folder=True))))


def put(call: Call) -> Answer:
    """Rename a folder; an empty title keeps the old one."""
    folder, body = _find(call), call.json()
    order = Order(
        data={
            "uid": folder.uid,
            "title": value_of(body, "title", "") or folder.title,
            "version": value_of(body, "version", 0),
        },
        folder_uid=folder.folder_uid,
        overwrite=value_of(body, "overwrite", False),
        is_folder=True,
    )
    return say(_shown(call, _save(call, order)))


def move(call: Call) -> Answer:
    """Put a folder, with what lies in it, into another one."""
    if not call.profile.nested_folders:
        raise RefusedError(NOT_NESTED)
    folder = _find(call)
    parent = value_of(call.json(), "parentUid", "")
    check_place(call.state, parent, folder)
    version = folder.version + call.profile.unified  # there the folder's place is a part of what is stored
    moved = replace(folder, folder_uid=parent, version=version)
    moved = replace(moved, updated=call.state.clock.text(), updated_by=call.caller.account.id)
    return say(_shown(call, call.state.put(moved)))


def counts(call: Call) -> Answer:
    """How much lies in a folder, at any depth."""
    if not call.profile.nested_folders:
        raise RefusedError(NO_ROUTE)
    folder = _find(call)
    inside = [page for page in call.state.pages.values() if folder in call.state.ancestors(page)]
    folders = [page.uid for page in inside if page.is_folder]
    around = (folder.uid, *folders)
    return say(
        {
            "folder": len(folders),
            "dashboard": len(inside) - len(folders),
            "library_elements": sum(element.folder_uid in around for element in call.state.elements.values()),
            "alertrule": sum(rule.get("folderUID") in around for rule in call.state.rules),
        }
    )


def delete(call: Call) -> Answer:
    """Delete a folder with what lies in it."""
    remove(call, _find(call))
    return say({"message": "Folder deleted"}) if call.profile.folder_delete_says else Answer(200)


def remove(call: Call, folder: Page) -> None:
    """Remove a folder with what lies in it, unless pages elsewhere or rules need that.

    Raises:
        RefusedError: they do.
    """
    around = (folder.uid, *(page.uid for page in call.state.pages.values() if folder in call.state.ancestors(page)))
    forced = call.request.query.get("forceDeleteRules") == ["true"]
    if not forced and any(rule.get("folderUID") in around for rule in call.state.rules):
        raise RefusedError(call.profile.folder_has_rules)
    if any(call.state.shown_by(element) for element in call.state.elements.values() if element.folder_uid in around):
        raise RefusedError(IN_USE)
    call.state.remove(folder)


def _find(call: Call) -> Page:
    folder = call.state.folder(call.params["uid"])
    if not folder:
        raise RefusedError(NOT_FOUND)
    return folder


def check_place(state: State, parent_uid: str, folder: Page | None = None) -> None:
    """Refuse a place for a folder, a new one or one with all that lies in it."""
    if not parent_uid:
        return
    parent = state.folder(parent_uid)
    if not parent:
        raise RefusedError(NOT_FOUND)
    if folder and folder in (parent, *state.ancestors(parent)):
        raise RefusedError(CIRCULAR)
    if len(state.ancestors(parent)) + 1 + (_height(state, folder) if folder else 1) > DEEPEST:
        raise RefusedError(TOO_DEEP)


def _height(state: State, folder: Page) -> int:
    inner = [page for page in state.children(folder.uid) if page.is_folder]
    return 1 + max((_height(state, page) for page in inner), default=0)


def _save(call: Call, order: Order) -> Page:
    try:
        return saving.save(call.state, order, call.caller.account)
    except RefusedError as error:
        refusal = error.refusal
        otherwise = replace(refusal, reason="", traced=True)
        raise RefusedError(REWORDED.get(refusal, otherwise)) from error


def _brief(folder: Page) -> Json:
    brief: Json = {"id": folder.id, "uid": folder.uid, "title": folder.title}
    return brief | ({"parentUid": folder.folder_uid} if folder.folder_uid else {})


def _shown(call: Call, folder: Page, *, with_parents: bool = True) -> Json:
    scopes = scopes_of(call.state, folder)
    shown: Json = {"id": folder.id, "uid": folder.uid}
    if call.profile.nested_folders:
        shown["orgId"] = 1
    shown |= {
        "title": folder.title,
        "url": folder.url,
        "hasAcl": False,
        "canSave": allows(call.grants, "folders:write", *scopes),
        "canEdit": allows(call.grants, "folders:write", *scopes),
        "canAdmin": allows(call.grants, "folders.permissions:write", *scopes),
        "canDelete": allows(call.grants, "folders:delete", *scopes),
        "createdBy": call.state.login(folder.created_by),
        "created": folder.created,
        "updatedBy": call.state.login(folder.updated_by),
        "updated": folder.updated,
        "version": folder.version,
    }
    if folder.folder_uid:
        shown["parentUid"] = folder.folder_uid
        if with_parents:
            outermost_first = reversed(call.state.ancestors(folder))
            shown["parents"] = [_shown(call, one, with_parents=False) for one in outermost_first]
    return shown
