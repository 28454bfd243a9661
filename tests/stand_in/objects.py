"""Pages as the objects of `/apis`, and those objects as orders to save."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from tests.stand_in.answers import Json, Refusal, RefusedError
from tests.stand_in.calls import Call, value_of
from tests.stand_in.orders import Order
from tests.stand_in.rows import Account, Page, Version, sorted_copy
from tests.stand_in.saving import SERVER_FIELDS
from tests.stand_in.site import NAMESPACE
from tests.stand_in.state import State

LATEST_SCHEMA = 42
RAW = "v0alpha1"
OURS = "grafana.app/"
FOLDER, MESSAGE = f"{OURS}folder", f"{OURS}message"
SET_BY_SERVER = frozenset(
    f"{OURS}{name}" for name in ("folder", "message", "createdBy", "updatedBy", "updatedTimestamp")
)
INTERNAL_ID = f"{OURS}deprecatedInternalID"
#: What a dashboard of v1 may have at its top.
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "annotations": dict,
    "description": str,
    "editable": bool,
    "fiscalYearStartMonth": int,
    "gnetId": str,
    "graphTooltip": int,
    "links": list,
    "liveNow": bool,
    "panels": list,
    "preload": bool,
    "refresh": str,
    "revision": int,
    "schemaVersion": int,
    "snapshot": dict,
    "tags": list,
    "templating": dict,
    "time": dict,
    "timepicker": dict,
    "timezone": str,
    "title": str,
    "weekStart": str,
}


@dataclass(frozen=True)
class Kind:
    """One of the two kinds of objects, in one of its versions."""

    is_folder: bool
    version: str

    @property
    def group(self) -> str:
        """The API group."""
        return "folder.grafana.app" if self.is_folder else "dashboard.grafana.app"

    @property
    def plural(self) -> str:
        """As in the URL."""
        return "folders" if self.is_folder else "dashboards"

    @property
    def name(self) -> str:
        """As in an object."""
        return "Folder" if self.is_folder else "Dashboard"

    @property
    def full(self) -> str:
        """As in a refusal."""
        return f"{self.plural}.{self.group}"

    @property
    def api(self) -> str:
        """The apiVersion of its objects."""
        return f"{self.group}/{self.version}"


def shown(state: State, kind: Kind, page: Page, entry: Version | None = None) -> Json:
    """A page as an object; with an entry of its history, as it was then."""
    newest = page.history[-1]
    at = entry or replace(newest, created=page.updated, created_by=page.updated_by, folder_uid=page.folder_uid)
    annotations = {
        **page.annotations,
        **_provisioned(page),
        f"{OURS}createdBy": _by(state, page.created_by),
        f"{OURS}updatedBy": _by(state, at.created_by),
        f"{OURS}updatedTimestamp": at.created,
        FOLDER: at.folder_uid,
        MESSAGE: at.message,
    }
    metadata: Json = {
        "name": page.uid,
        "namespace": NAMESPACE,
        "uid": guid(page),
        "resourceVersion": str((entry or page).resource or ""),
        "generation": entry.version if entry else page.version,
        "creationTimestamp": page.created,
        "labels": {**page.labels, INTERNAL_ID: str(page.id)},
        "annotations": {name: annotations[name] for name in sorted(annotations) if annotations[name]},
    }
    data = at.data if entry else page.data
    spec = {key: value for key, value in data.items() if key not in SERVER_FIELDS}
    if not kind.is_folder and kind.version != RAW:
        spec = _migrated(spec)
    return {"kind": kind.name, "apiVersion": kind.api, "metadata": metadata, "spec": spec, "status": {}}


def guid(page: Page) -> str:
    """The server's own name of an object, which a later one of the same name does not get."""
    return str(uuid.uuid5(uuid.NAMESPACE_OID, f"{page.id}"))


def order(call: Call, kind: Kind, body: Json, name: str, expected: int | None) -> Order:
    """What an object asks to be saved.

    Raises:
        RefusedError: it is no object of that kind.
    """
    if body.get("kind") != kind.name or body.get("apiVersion") != kind.api:
        raise RefusedError(Refusal(400, f"the object is no {kind.name} of {kind.api}", "BadRequest"))
    metadata, spec = value_of(body, "metadata", Json()), value_of(body, "spec", Json())
    if value_of(metadata, "namespace", "") not in ("", NAMESPACE):
        wrong = "the namespace of the provided object does not match the namespace sent on the request"
        raise RefusedError(Refusal(400, wrong, "BadRequest"))
    annotations = value_of(metadata, "annotations", Json())
    spec = {key: value for key, value in sorted_copy(spec).items() if key not in SERVER_FIELDS}
    if not kind.is_folder and kind.version != RAW:
        if call.request.query.get("fieldValidation", ["Strict"]) == ["Strict"]:
            _check_types(kind, name, spec)
        spec = _migrated(spec)
    return Order(
        {**spec, "uid": name},
        folder_uid=value_of(annotations, FOLDER, ""),
        message=value_of(annotations, MESSAGE, ""),
        overwrite=True,
        is_folder=kind.is_folder,
        api=kind.version,
        expected=expected,
        annotations={key: value for key, value in annotations.items() if key not in SET_BY_SERVER},
        labels={key: value for key, value in value_of(metadata, "labels", Json()).items() if key != INTERNAL_ID},
    )


def _check_types(kind: Kind, name: str, spec: Json) -> None:
    wrong = [f"spec.{key}" for key, value in spec.items() if not _fits(key, value)]
    if wrong:
        message = f'{kind.name}.{kind.group} "{name}" is invalid: {", ".join(wrong)}: Invalid value'
        raise RefusedError(Refusal(422, message, "Invalid"))


def _fits(key: str, value: Any) -> bool:
    expected = TYPES.get(key)
    return expected is not None and isinstance(value, expected) and not (expected is int and value in (True, False))


def _migrated(spec: Json) -> Json:
    """The server brings a dashboard of v1 up to date, whether it is written or only read."""
    old = spec.get("schemaVersion")
    return spec if isinstance(old, int) and old > LATEST_SCHEMA else {**spec, "schemaVersion": LATEST_SCHEMA}


def _provisioned(page: Page) -> Json:
    if not page.provisioned:
        return {}
    allows = {f"{OURS}managerAllowsEdits": "true"} if page.provisioned.allow_updates else {}
    return {
        f"{OURS}managedBy": "classic-file-provisioning",
        f"{OURS}managerId": "default",
        f"{OURS}sourcePath": page.provisioned.external_id,
        **allows,
    }


def _by(state: State, account_id: int) -> str:
    """Who it was: a uid, and neither a login nor a name."""
    account: Account | None = state.accounts.get(account_id)
    if not account:
        return ""
    return f"{'service-account' if account.is_service else 'user'}:u{account.id:08}"
