"""Objects as they are sent, and the paths that they are sent to."""

from typing import Any

from tests.stand_in import ProfileName, StandIn, ask

RAW = "/apis/dashboard.grafana.app/v0alpha1/namespaces/default/dashboards"
BETA = "/apis/dashboard.grafana.app/v1beta1/namespaces/default/dashboards"
FOLDERS = "/apis/folder.grafana.app/v1beta1/namespaces/default/folders"
UNIFIED: tuple[ProfileName, ...] = ("g13_0", "g13")


def page(uid: str, *, rv: str = "", version: str = "v0alpha1", folder: str = "", **spec: Any) -> dict[str, Any]:
    annotations = {"grafana.app/folder": folder} if folder else {}
    metadata = {"name": uid, "annotations": annotations, **({"resourceVersion": rv} if rv else {})}
    body = {"apiVersion": f"dashboard.grafana.app/{version}", "kind": "Dashboard", "metadata": metadata}
    return {**body, "spec": {"title": uid.title(), **spec}}


def folder_of(uid: str, parent: str = "", rv: str = "", **spec: Any) -> dict[str, Any]:
    annotations = {"grafana.app/folder": parent} if parent else {}
    metadata = {"name": uid, "annotations": annotations, **({"resourceVersion": rv} if rv else {})}
    body = {"apiVersion": "folder.grafana.app/v1beta1", "kind": "Folder", "metadata": metadata}
    return {**body, "spec": {"title": uid.title(), **spec}}


def make(grafana: StandIn, uid: str, **more: Any) -> Any:
    status, said = ask(grafana, "POST", RAW, page(uid, **more))
    assert status == 201
    return said


def reason(answer: tuple[int, Any]) -> tuple[int, str]:
    status, said = answer
    assert (said["kind"], said["status"], said["code"]) == ("Status", "Failure", status)
    return status, said["reason"]
