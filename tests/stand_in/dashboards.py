"""Handlers of dashboards: save, read, delete, import."""

import re
from dataclasses import replace
from typing import Any

from tests.stand_in import library
from tests.stand_in.answers import BAD_REQUEST, Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call, value_of
from tests.stand_in.orders import Order
from tests.stand_in.permissions import allows
from tests.stand_in.rows import Page
from tests.stand_in.saving import save

NOT_FOUND = Refusal(404, "Dashboard not found", traced=True)
NO_ACCESS = Refusal(403, "Access denied to this dashboard")
KEPT_BY_FILE = Refusal(400, "provisioned dashboard cannot be deleted", traced=True)
SAVE_FOLDERS_ELSEWHERE = Refusal(400, "Use folders endpoint for saving folders.")
DELETE_FOLDERS_ELSEWHERE = Refusal(400, "Use folders endpoint for deleting folders.")
ANNOTATION_VERBS = {"canAdd": "create", "canEdit": "write", "canDelete": "delete"}


def find(call: Call, action: str) -> Page:
    """The page that the URL names, if the caller may do that to it."""
    page = call.state.page(call.params["uid"])
    if not page:
        raise RefusedError(NOT_FOUND)
    if not call.may(action, page):
        raise RefusedError(NO_ACCESS)
    return page


def post(call: Call) -> Answer:
    """Save a dashboard."""
    page = save(call.state, _order(call), call.caller.account)
    library.connect(call, page, strict=call.profile.unknown_panel_fails)
    return saved(call, page)


def saved(call: Call, page: Page) -> Answer:
    """The answer to a save or a restore."""
    body: Json = {"folderUid": page.folder_uid} if call.profile.save_names_folder else {}
    body |= {
        "id": page.id,
        "slug": page.slug,
        "status": "success",
        "uid": page.uid,
        "url": page.url,
        "version": page.version,
    }
    return say(body)


def get(call: Call) -> Answer:
    """Read a dashboard."""
    page = find(call, "dashboards:read")
    return say({"meta": _meta(call, page), "dashboard": page.shown})


def delete(call: Call) -> Answer:
    """Delete a dashboard."""
    page = find(call, "dashboards:delete")
    if page.provisioned:
        raise RefusedError(KEPT_BY_FILE)
    if page.is_folder and not call.profile.folders_by_dashboard_save:
        raise RefusedError(DELETE_FOLDERS_ELSEWHERE)
    call.state.remove(page)
    said = {"message": f"Dashboard {page.title} deleted", "title": page.title}
    return say(said | {"uid": page.uid} if call.profile.delete_says_uid else {"id": page.id} | said)


def import_one(call: Call) -> Answer:
    """Save a dashboard whose `__inputs` are filled in first."""
    order = _order(call)
    inputs: list[Any] = value_of(call.json(), "inputs", [])
    chosen = {entry["name"]: entry.get("value", "") for entry in inputs if isinstance(entry, dict) and "name" in entry}
    data = {key: _filled(value, chosen) for key, value in order.data.items() if key != "__inputs"}
    page = save(call.state, replace(order, data=data), call.caller.account)
    folder = call.state.folder(page.folder_uid)
    return say(
        {
            "uid": page.uid,
            "pluginId": "",
            "title": page.title,
            "imported": True,
            "importedUri": f"db/{page.slug}",
            "importedUrl": page.url,
            "slug": page.slug,
            "dashboardId": page.id,
            "folderId": folder.id if folder else 0,
            "folderUid": page.folder_uid,
            "importedRevision": 1,
            "revision": 1,
            "description": "",
            "path": "",
            "removed": False,
        }
    )


def _order(call: Call) -> Order:
    body = call.json()
    data = body.get("dashboard")
    if data is None:
        raise RefusedError(BAD_REQUEST)
    is_folder = value_of(body, "isFolder", False)
    if is_folder and not call.profile.folders_by_dashboard_save:
        raise RefusedError(SAVE_FOLDERS_ELSEWHERE)
    return Order(
        # What is no object is bound all the same, and found to have no title.
        data=data if isinstance(data, dict) else {},
        folder_uid=_folder_uid(call, body),
        message=value_of(body, "message", ""),
        overwrite=value_of(body, "overwrite", False),
        is_folder=is_folder,
    )


def _folder_uid(call: Call, body: Json) -> str:
    """Where to save: without a word about it, the root, also for a page that lies elsewhere."""
    uid, number = value_of(body, "folderUid", ""), value_of(body, "folderId", 0)
    if not uid and not number:
        return ""
    folder = call.state.folder(uid) if uid else call.state.pages.get(number)
    if not folder or not folder.is_folder:
        raise RefusedError(call.profile.unknown_folder)
    return folder.uid


def _meta(call: Call, page: Page) -> Json:
    folder = call.state.folder(page.folder_uid)
    from_file = page.provisioned
    meta = {
        "type": "db",
        "canSave": call.may("dashboards:write", page),
        "canEdit": call.may("dashboards:write", page),
        "canAdmin": call.may("dashboards.permissions:write", page),
        "canStar": True,
        "canDelete": call.may("dashboards:delete", page),
        "slug": page.slug,
        "url": page.url,
        "expires": "0001-01-01T00:00:00Z",
        "created": page.created,
        "updated": page.updated,
        "updatedBy": call.state.login(page.updated_by),
        "createdBy": call.state.login(page.created_by),
        "version": page.version,
        "hasAcl": page.has_acl,
        "isFolder": page.is_folder,
        "folderId": folder.id if folder else 0,
        "folderUid": page.folder_uid,
        "folderTitle": folder.title if folder else "General",
        "folderUrl": folder.url if folder else "",
        "provisioned": bool(from_file and not from_file.allow_updates),
        "provisionedExternalId": from_file.external_id if from_file else "",
        "annotationsPermissions": {
            where: {
                key: allows(call.grants, f"annotations:{verb}", f"annotations:type:{where}")
                for key, verb in ANNOTATION_VERBS.items()
            }
            for where in ("dashboard", "organization")
        },
    }
    nothing_public = dict.fromkeys(call.profile.public_dashboard_keys, False)
    texts = nothing_public.keys() & {"publicDashboardAccessToken", "publicDashboardUid"}
    version: Json = {"apiVersion": page.api} if call.profile.apis else {}
    return meta | nothing_public | dict.fromkeys(texts, "") | version


def _filled(value: Any, chosen: dict[str, str]) -> Any:
    if isinstance(value, str):
        return re.sub(r"\$\{(\w+)\}", lambda found: str(chosen.get(found[1], found[0])), value)
    if isinstance(value, dict):
        return {key: _filled(item, chosen) for key, item in value.items()}
    if isinstance(value, list):
        return [_filled(item, chosen) for item in value]
    return value
