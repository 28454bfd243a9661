"""Dashboards and folders as `/apis` has them, told as the values that `/api` would give."""

from collections.abc import Mapping
from typing import Any

from cli.grafana.model import Folder, LivePage

GRAFANA = "grafana.app/"
FOLDER, MESSAGE = f"{GRAFANA}folder", f"{GRAFANA}message"
CREATED_BY, UPDATED_BY, UPDATED = f"{GRAFANA}createdBy", f"{GRAFANA}updatedBy", f"{GRAFANA}updatedTimestamp"
MANAGER, EDITABLE = f"{GRAFANA}managedBy", f"{GRAFANA}managerAllowsEdits"
#: The number that `/api` still calls a page by.
ID = f"{GRAFANA}deprecatedInternalID"
#: What a save in the browser leaves, and a save of ours is not.
FROM_BROWSER = f"{GRAFANA}saved-from-ui"
#: What the server knows of a page, whatever a client says in its JSON.
SERVER_KNOWS = ("id", "uid", "version")
#: What `/api` calls the root.
ROOT = "General"


def live(said: Mapping[str, Any], *, folder_title: str, updated_by: str) -> LivePage:
    """A page that is there now; who and where are uids in it, and people read names."""
    metadata = said["metadata"]
    notes = annotations(metadata)
    return LivePage(
        body=body(said),
        version=int(metadata["generation"]),
        folder=notes.get(FOLDER, ""),
        folder_title=folder_title,
        updated=notes.get(UPDATED) or str(metadata.get("creationTimestamp") or ""),
        updated_by=updated_by,
        provisioned=MANAGER in notes and notes.get(EDITABLE) != "true",
        resource=str(metadata["resourceVersion"]),
    )


def body(said: Mapping[str, Any]) -> dict[str, Any]:
    """The dashboard's JSON, with what `/api` would write into it."""
    metadata = said["metadata"]
    number = str((metadata.get("labels") or {}).get(ID) or "")
    known = {
        "id": int(number) if number.isdecimal() else None,
        "uid": str(metadata["name"]),
        "version": int(metadata["generation"]),
    }
    return dict(sorted({**said["spec"], **known}.items()))


def author(metadata: Mapping[str, Any]) -> str:
    """Who saved it last: `user:` or `service-account:` and a uid."""
    notes = annotations(metadata)
    return notes.get(UPDATED_BY) or notes.get(CREATED_BY, "")


def annotations(metadata: Mapping[str, Any]) -> dict[str, str]:
    """What is noted on an object."""
    return {str(key): str(value) for key, value in (metadata.get("annotations") or {}).items()}


def is_unreadable(said: Mapping[str, Any]) -> bool:
    """It is stored in a version that this server cannot tell in ours: what it shows is not the page."""
    status = said.get("status")
    conversion = status.get("conversion") if isinstance(status, dict) else None
    return isinstance(conversion, dict) and bool(conversion.get("failed"))


def dashboard(
    api: str, page: Mapping[str, Any], *, seen: Mapping[str, Any] | None, folder: str, message: str
) -> dict[str, Any]:
    """A page as an object to write.

    Args:
        api: version of the group.
        page: the dashboard's JSON.
        seen: the metadata of what is written over, whose labels and notes of others stay; None where there is nothing.
        folder: uid; empty for the root.
        message: for the history.
    """
    notes = annotations(seen or {}) | {FOLDER: folder, MESSAGE: message}
    notes.pop(FROM_BROWSER, None)
    metadata: dict[str, Any] = {"name": page["uid"], "annotations": {key: text for key, text in notes.items() if text}}
    if seen is not None:
        metadata |= {key: seen[key] for key in ("labels", "resourceVersion", "uid") if key in seen}
    return {
        "apiVersion": f"dashboard.{GRAFANA}{api}",
        "kind": "Dashboard",
        "metadata": metadata,
        "spec": {key: value for key, value in page.items() if key not in SERVER_KNOWS},
    }


def folder_to_make(api: str, uid: str, title: str, parent: str) -> dict[str, Any]:
    """A folder as an object to write; without a uid, Grafana chooses one."""
    return {
        "apiVersion": f"folder.{GRAFANA}{api}",
        "kind": "Folder",
        "metadata": {
            **({"name": uid} if uid else {"generateName": "folder-"}),
            **({"annotations": {FOLDER: parent}} if parent else {}),
        },
        "spec": {"title": title},
    }


def folder_of(said: Mapping[str, Any]) -> Folder:
    """A folder that is there."""
    metadata = said["metadata"]
    return Folder(str(metadata["name"]), str(said["spec"]["title"]), annotations(metadata).get(FOLDER, ""))
