"""Handlers of a page's versions: list, read, restore, compare."""

from dataclasses import replace

from tests.stand_in.answers import BAD_REQUEST, Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call, value_of
from tests.stand_in.dashboards import find, saved
from tests.stand_in.orders import Order
from tests.stand_in.rows import Page, Version
from tests.stand_in.saving import save

MOST_LISTED = 1000
NO_VERSION = Refusal(404, "Dashboard version not found")
NO_DIFF = Refusal(500, "Unable to compute diff", traced=True)


def list_versions(call: Call) -> Answer:
    """The history, newest first."""
    page = find(call, "dashboards:write")
    start = call.number("continueToken" if call.profile.continue_token else "start", 0)
    end = start + call.number("limit", MOST_LISTED)
    shown = page.history[::-1][start:end]
    if not shown:
        raise RefusedError(Refusal(404, f"No versions found for dashboardId {page.id}", traced=True))
    rows = [_row(call, page, version) for version in shown]
    token = str(end) if call.profile.continue_token and end < len(page.history) else ""
    return say({"versions": rows, "continueToken": token} if call.profile.wrapped_versions else rows)


def get_version(call: Call) -> Answer:
    """One version, with the login of its author."""
    page = find(call, "dashboards:write")
    text = call.params["version"]
    number = int(text) if text.isdecimal() else 0
    version = _version(page, number)
    if not version:
        unknown = call.profile.unknown_version
        raise RefusedError(replace(unknown, message=unknown.message.format(number=number, page=page.id)))
    return say(
        {
            "id": version.id,
            "dashboardId": page.id,
            "uid": page.uid,
            "parentVersion": version.parent_version,
            "restoredFrom": version.restored_from,
            "version": version.version,
            "created": version.created,
            "message": version.message,
            "data": version.data,
            "createdBy": call.state.login(version.created_by),
        }
    )


def restore(call: Call) -> Answer:
    """Save an old version's data as a new version."""
    number = value_of(call.json(), "version", 0)
    if not number:
        raise RefusedError(BAD_REQUEST)
    page = find(call, "dashboards:write")
    version = _version(page, number)
    if not version or not call.profile.restore_works:
        raise RefusedError(NO_VERSION)
    if call.profile.same_version and version.data == page.history[-1].data | {"version": number}:
        raise RefusedError(call.profile.same_version)
    order = Order(
        data={**version.data, "id": page.id, "uid": page.uid, "version": page.version},
        folder_uid=page.folder_uid,
        message=f"Restored from version {number}",
        is_folder=page.is_folder,
        restored_from=number,
    )
    return saved(call, save(call.state, order, call.caller.account))


def calculate_diff(call: Call) -> Answer:
    """Compare two versions; only what Grafana cannot compare is recorded, and answered here."""
    sides = [_side(call, name) for name in ("base", "new")]
    if sides[0].data == sides[1].data:
        raise RefusedError(NO_DIFF)
    raise RefusedError(Refusal(501, "The stand-in does not draw diffs"))


def _side(call: Call, name: str) -> Version:
    side = value_of(call.json(), name, Json())
    page = call.state.pages.get(value_of(side, "dashboardId", 0))
    version = _version(page, value_of(side, "version", 0)) if page else None
    if not version:
        raise RefusedError(NO_VERSION)
    return version


def _version(page: Page, number: int) -> Version | None:
    return next((version for version in page.history if version.version == number), None)


def _row(call: Call, page: Page, version: Version) -> Json:
    newer = call.profile.versions_name_authors
    row: Json = {"id": version.id, "dashboardId": page.id}
    # 9.4.0-pre forgets to fill the uid in.
    row |= {"uid": page.uid} if newer else {"dashboardUid": ""}
    data = {"data": version.data} if call.profile.versions_have_data else {}
    return (
        row
        | {
            "parentVersion": version.parent_version,
            "restoredFrom": version.restored_from,
            "version": version.version,
            "created": version.created,
            "createdBy": call.state.login(version.created_by) if newer else version.created_by,
            "message": _message(version),
        }
        | data
    )


def _message(version: Version) -> str:
    """The list words the message of a first version itself, whatever its author wrote."""
    return "Initial save" if version.parent_version == 0 else version.message
