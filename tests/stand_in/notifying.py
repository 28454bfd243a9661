"""Handlers of what alerting tells to whom: contact points, the policy tree, mute timings, templates."""

from collections.abc import Iterator
from typing import Any

from tests.stand_in.alerting_laws import EMPTY_404, AlertingLaws, laws_of, mismatch
from tests.stand_in.answers import Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call, value_of
from tests.stand_in.notified import DEFAULT, DEFAULT_TREE
from tests.stand_in.rows import sorted_copy

HIDDEN = "[REDACTED]"
#: Which settings of each kind are secrets, and which there must be.
SECRETS: dict[str, tuple[str, ...]] = {
    "webhook": ("authorization_credentials", "password"),
    "slack": ("token", "url"),
    "pagerduty": ("integrationKey",),
    "telegram": ("bottoken",),
    "opsgenie": ("apiKey",),
}
NEEDED = {"webhook": "url", "pagerduty": "integrationKey", "email": "addresses", "slack": "url"}


def list_points(call: Call) -> Answer:
    """Every contact point, its secrets hidden."""
    return say([_shown(one) for one in call.state.notifying.points])


def post_point(call: Call) -> Answer:
    """Make one; the answer hides every secret that its kind could have."""
    body = call.json()
    point = _point(call, body, value_of(body, "uid", "") or f"point-{call.state.next_id('point')}")
    if any(one["uid"] == point["uid"] for one in call.state.notifying.points):
        raise _invalid(f"contact point with uid {point['uid']} already exists")
    call.state.notifying.points.append(point)
    every = dict.fromkeys(SECRETS.get(point["type"], ()), HIDDEN)
    said = _shown(point)
    return say(said | {"settings": sorted_copy(every | said["settings"])}, 202)


def put_point(call: Call) -> Answer:
    """Replace one; a secret that is said as it was shown stays."""
    points = call.state.notifying.points
    old = next((one for one in points if one["uid"] == call.params["uid"]), None)
    if old is None:
        return EMPTY_404
    _check_lock(call, old, "update")
    new = _point(call, call.json(), old["uid"])
    for name, value in new["settings"].items():
        if value == HIDDEN:
            new["settings"][name] = old["settings"].get(name, "")
    points[points.index(old)] = new
    return say({"message": "contactpoint updated"}, 202)


def delete_point(call: Call) -> Answer:
    """Remove one that no policy names."""
    notifying, uid = call.state.notifying, call.params["uid"]
    old = next((one for one in notifying.points if one["uid"] == uid), None)
    if old:
        _check_lock(call, old, "delete")
        if any(route.get("receiver") == old["name"] for route in routes(notifying.tree)):
            message = f"contact point '{old['name']}' is currently used by a notification policy"
            raise RefusedError(Refusal(_laws(call).used, message, traced=True))
        notifying.points.remove(old)
    return say({"message": "contactpoint deleted"}, 202)


def get_tree(call: Call) -> Answer:
    """The whole policy tree."""
    return say(call.state.notifying.tree)


def put_tree(call: Call) -> Answer:
    """Replace the whole policy tree."""
    notifying, body = call.state.notifying, call.json()
    _check_lock(call, notifying.tree, "update")
    names = {DEFAULT, *(one["name"] for one in notifying.points)}
    muted = {one["name"] for one in notifying.timings}
    for route in routes(body):
        if route.get("receiver") and route["receiver"] not in names:
            raise _invalid(f"receiver '{route['receiver']}' does not exist")
        for name in route.get("mute_time_intervals") or ():
            if name not in muted:
                raise _invalid(f"mute time interval '{name}' does not exist")
    notifying.tree = _with(call, body)
    return say({"message": "policies updated"}, 202)


def delete_tree(call: Call) -> Answer:
    """Back to the tree of a new Grafana."""
    _check_lock(call, call.state.notifying.tree, "delete")
    call.state.notifying.tree = dict(DEFAULT_TREE)
    return say(DEFAULT_TREE, 202)


def list_timings(call: Call) -> Answer:
    """Every mute timing."""
    return say(call.state.notifying.timings)


def post_timing(call: Call) -> Answer:
    """Make one."""
    body = call.json()
    if any(one["name"] == body.get("name") for one in call.state.notifying.timings):
        raise _invalid(f"a mute timing with the name '{body.get('name')}' already exists")
    call.state.notifying.timings.append(_with(call, body))
    return say(_with(call, body), 201)


def put_timing(call: Call) -> Answer:
    """Replace one."""
    timings = call.state.notifying.timings
    old = next((one for one in timings if one["name"] == call.params["name"]), None)
    if old is None:
        return EMPTY_404
    _check_lock(call, old, "update")
    new = _with(call, call.json() | {"name": old["name"]})
    timings[timings.index(old)] = new
    return say(new, 202)


def delete_timing(call: Call) -> Answer:
    """Remove one that no policy names."""
    notifying, name = call.state.notifying, call.params["name"]
    if any(name in (route.get("mute_time_intervals") or ()) for route in routes(notifying.tree)):
        raise RefusedError(Refusal(_laws(call).used, f"mute timing '{name}' is currently used", traced=True))
    notifying.timings = [one for one in notifying.timings if one["name"] != name]
    return Answer(204)


def list_templates(call: Call) -> Answer:
    """Every template."""
    return say(call.state.notifying.templates)


def put_template(call: Call) -> Answer:
    """Make or replace one."""
    new = _with(call, {"name": call.params["name"], "template": value_of(call.json(), "template", "")})
    others = [one for one in call.state.notifying.templates if one["name"] != new["name"]]
    call.state.notifying.templates = [*others, new]
    return say(new, 202)


def delete_template(call: Call) -> Answer:
    """Remove one."""
    left = [one for one in call.state.notifying.templates if one["name"] != call.params["name"]]
    call.state.notifying.templates = left
    return Answer(204)


def routes(route: Json) -> Iterator[Json]:
    """A route and all below it."""
    yield route
    for below in route.get("routes") or ():
        yield from routes(below)


def _laws(call: Call) -> AlertingLaws:
    return laws_of(call.profile.version)


def _sent(call: Call) -> str:
    disabled = _laws(call).header_for_all and "x-disable-provenance" in call.request.headers
    return "" if disabled else "api"


def _with(call: Call, body: Json) -> Json:
    said = {key: value for key, value in body.items() if key != "provenance"}
    return said | ({"provenance": _sent(call)} if _sent(call) else {})


def _check_lock(call: Call, stored: Json, verb: str) -> None:
    if stored.get("provenance", "") not in ("", _sent(call)):
        raise RefusedError(mismatch(_laws(call), verb, _sent(call), stored["provenance"]))


def _point(call: Call, body: Json, uid: str) -> Json:
    kind = value_of(body, "type", "")
    settings: Json = value_of(body, "settings", {})
    if needed := [NEEDED[kind]] if kind in NEEDED and not settings.get(NEEDED[kind]) else []:
        raise _invalid(f"failed to validate receiver of type \"{kind}\": required field '{needed[0]}' is not specified")
    point = {
        "uid": uid,
        "name": value_of(body, "name", ""),
        "type": kind,
        "settings": sorted_copy(settings),
        "disableResolveMessage": value_of(body, "disableResolveMessage", False),
    }
    return _with(call, point)


def _shown(point: Json) -> Json:
    secret = SECRETS.get(point["type"], ())
    settings: dict[str, Any] = {key: HIDDEN if key in secret else value for key, value in point["settings"].items()}
    return point | {"settings": settings}


def _invalid(message: str) -> RefusedError:
    return RefusedError(Refusal(400, f"invalid object specification: {message}", traced=True))
