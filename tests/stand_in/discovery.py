"""Handlers of what `/apis` has: groups, their versions, and their kinds."""

from tests.stand_in.answers import Answer, Json, say
from tests.stand_in.calls import Call
from tests.stand_in.objects import Kind

NO_PAGE = Answer(404, "404 page not found\n", "text/plain; charset=utf-8")


def groups(call: Call) -> Answer:
    """All groups."""
    found = [_group(call, is_folder=is_folder) for is_folder in (False, True)]
    return say({"kind": "APIGroupList", "apiVersion": "v1", "groups": found})


def group(call: Call) -> Answer:
    """A group with its versions."""
    is_folder = call.params["group"] == "folder.grafana.app"
    if not is_folder and call.params["group"] != "dashboard.grafana.app":
        return NO_PAGE
    return say({"kind": "APIGroup", "apiVersion": "v1"} | _group(call, is_folder=is_folder))


def kinds(call: Call) -> Answer:
    """What a version of a group has."""
    kind = kind_of(call, call.params["group"])
    if not kind:
        return NO_PAGE
    verbs = ["create", "delete", "get", "list", "update"]
    row = {"name": kind.plural, "singularName": kind.name.lower(), "namespaced": True, "kind": kind.name}
    head = {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": kind.api}
    return say(head | {"resources": [row | {"verbs": verbs}]})


def kind_of(call: Call, group_name: str) -> Kind | None:
    """The kind that the URL names, where it is served."""
    is_folder = group_name == "folder.grafana.app"
    served = call.profile.folder_apis if is_folder else call.profile.apis
    kind = Kind(is_folder, call.params["version"])
    return kind if kind.group == group_name and kind.version in served else None


def _group(call: Call, *, is_folder: bool) -> Json:
    served = call.profile.folder_apis if is_folder else call.profile.apis
    rows = [{"groupVersion": Kind(is_folder, version).api, "version": version} for version in served]
    return {"name": Kind(is_folder, "").group, "versions": rows, "preferredVersion": rows[0]}
