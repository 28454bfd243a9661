"""Handlers of `/apis`: the same dashboards and folders as Kubernetes would have them."""

from collections.abc import Callable

from tests.stand_in import folders, library, objects
from tests.stand_in.answers import Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call, value_of
from tests.stand_in.checking import MANAGER, another
from tests.stand_in.dashboards import KEPT_BY_FILE
from tests.stand_in.discovery import NO_PAGE, kind_of
from tests.stand_in.finding import forbidden, missing, stored, there
from tests.stand_in.listing import listed
from tests.stand_in.objects import Kind
from tests.stand_in.permissions import allows
from tests.stand_in.rows import Page
from tests.stand_in.saving import save, try_save
from tests.stand_in.site import NAMESPACE

SET_ON_CREATE = Refusal(400, "resourceVersion should not be set on objects to be created", "BadRequest")
NAMELESS = Refusal(422, "metadata.name: Required value: name or generateName is required", "Invalid")
BAD_DRY_RUN = Refusal(400, "dryRun: Unsupported value", "BadRequest")
OTHER_MANAGER = Refusal(
    403, "Cannot change resource manager kind; remove the existing manager first, then add the new one", "Forbidden"
)
NO_LONGER_MANAGED = Refusal(403, "Can not remove resource manager from resource", "Forbidden")
FOREIGN = Refusal(403, "namespace does not match the caller's", "Forbidden")
NO_V2 = Refusal(406, "the stand-in converts nothing to or from v2", "NotAcceptable")
REASONS = {
    400: "BadRequest",
    401: "Unauthorized",
    403: "Forbidden",
    404: "NotFound",
    405: "MethodNotAllowed",
    409: "Conflict",
    422: "Invalid",
    500: "InternalError",
}
UNSUPPORTED = Refusal(405, "the server does not allow this method on the requested resource", "MethodNotAllowed")


def refused(refusal: Refusal, params: dict[str, str]) -> Answer:
    """A refusal as a Kubernetes Status, about what the URL names."""
    told = {"name": "name", "group": "group", "kind": "plural"}
    details = {key: params[name] for key, name in told.items() if name in params}
    known = refusal.reason[:1].isupper()
    reason = refusal.reason if known else REASONS.get(refusal.status, "Unknown")
    status: Json = {"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Failure"}
    more = {"details": details} if details else {}
    status |= {"message": refusal.message, "reason": reason, **more, "code": refusal.status}
    return say(status, refusal.status)


def collection(call: Call) -> Answer:
    """List objects, or create one."""
    return _answered(call, {"GET": listed, "POST": _create})


def single(call: Call) -> Answer:
    """Read, replace or delete one object."""
    return _answered(call, {"GET": _get, "PUT": _replace, "DELETE": _delete})


def _answered(call: Call, verbs: dict[str, Callable[[Call, Kind], Answer]]) -> Answer:
    kind = kind_of(call, call.params["group"])
    if not kind or call.params["plural"] != kind.plural:
        return NO_PAGE
    if call.params["namespace"] != NAMESPACE:
        raise RefusedError(FOREIGN)
    if kind.version.startswith("v2"):
        raise RefusedError(NO_V2)
    if call.request.method not in verbs:
        raise RefusedError(UNSUPPORTED)
    return verbs[call.request.method](call, kind)


def _get(call: Call, kind: Kind) -> Answer:
    return say(objects.shown(call.state, kind, stored(call, kind, call.params["name"], "read")))


def _create(call: Call, kind: Kind) -> Answer:
    body = call.json()
    metadata = value_of(body, "metadata", Json())
    if value_of(metadata, "resourceVersion", ""):
        raise RefusedError(SET_ON_CREATE)
    name, prefix = value_of(metadata, "name", ""), value_of(metadata, "generateName", "")
    if not name and not prefix:
        raise RefusedError(NAMELESS)
    return _written(call, kind, body, name or f"{prefix}{call.state.next_id('name'):05}", 0)


def _replace(call: Call, kind: Kind) -> Answer:
    """Write over what was seen, or, without a resourceVersion, over anything, also nothing."""
    body, name = call.json(), call.params["name"]
    metadata = value_of(body, "metadata", Json())
    if value_of(metadata, "name", "") != name:
        message = f"the name of the object ({metadata.get('name', '')}) does not match the name on the URL ({name})"
        raise RefusedError(Refusal(400, message, "BadRequest"))
    seen = value_of(metadata, "resourceVersion", "")
    if seen and not seen.isdecimal():
        raise RefusedError(Refusal(400, f"invalid resource version {seen!r}", "BadRequest"))
    page = there(call, kind, name)
    wanted, found = value_of(metadata, "uid", ""), objects.guid(page) if page else ""
    if wanted not in ("", found):
        raise RefusedError(another(kind.full, name, wanted, found))
    if page:
        _check_manager(page, value_of(metadata, "annotations", Json()))
    return _written(call, kind, body, name, int(seen) if seen else None)


def _written(call: Call, kind: Kind, body: Json, name: str, expected: int | None) -> Answer:
    order = objects.order(call, kind, body, name, expected)
    before = there(call, kind, name)
    if order.folder_uid and not call.state.folder(order.folder_uid):
        raise RefusedError(missing(Kind(is_folder=True, version=""), order.folder_uid))
    if kind.is_folder:
        if not (call.may("folders:write", before) if before else allows(call.grants, "folders:create")):
            raise RefusedError(forbidden(kind, name))
        folders.check_place(call.state, order.folder_uid, before)
    author = call.caller.account
    if _is_dry(call):
        page = try_save(call.state, order, author)
    else:
        page = save(call.state, order, author)
        library.connect(call, page, strict=False)
    return say(objects.shown(call.state, kind, page), 200 if before else 201)


def _delete(call: Call, kind: Kind) -> Answer:
    page = stored(call, kind, call.params["name"], "delete")
    options = call.json() if call.request.raw else Json()
    wanted = value_of(options, "preconditions", Json())
    for field, label, found in (
        ("uid", "UID", objects.guid(page)),
        ("resourceVersion", "ResourceVersion", str(page.resource)),
    ):
        if wanted.get(field) not in (None, found):
            message = f"Precondition failed: {label} in precondition: {wanted[field]}, "
            raise RefusedError(Refusal(409, f"{message}{label} in object meta: {found}", "Conflict"))
    if page.provisioned:
        raise RefusedError(KEPT_BY_FILE)
    if not _is_dry(call) and options.get("dryRun") != ["All"]:
        if kind.is_folder:
            folders.remove(call, page)
        else:
            call.state.remove(page)
    details = {"name": page.uid, "group": kind.group, "kind": kind.plural, "uid": objects.guid(page)}
    return say({"kind": "Status", "apiVersion": "v1", "metadata": {}, "status": "Success", "details": details})


def _check_manager(page: Page, annotations: Json) -> None:
    before, after = page.annotations.get(MANAGER, ""), annotations.get(MANAGER, "")
    if before and before != after:
        raise RefusedError(OTHER_MANAGER if after else NO_LONGER_MANAGED)


def _is_dry(call: Call) -> bool:
    wanted = call.request.query.get("dryRun", [])
    if wanted not in ([], ["All"]):
        raise RefusedError(BAD_DRY_RUN)
    return bool(wanted)
