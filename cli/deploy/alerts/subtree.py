"""Our part of Grafana's one policy tree: the route of our alerts, and what it remembers of our last push. Pure.

Our rules carry the label `dash_project`, and our route is the one at the top that matches it: whatever else is in the
tree is somebody else's. Contact points, mute timings and policies have no annotations, so the route remembers for them
all, in a matcher that holds for every alert, for none has such a label: `dash_digest != "route=0f3c point/x=1a2b ..."`.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

import orjson

from cli.deploy.alerts.notifications import HIDDEN

Json = Mapping[str, Any]
PROJECT, MEMORY = "dash_project", "dash_digest"
DIGITS = 16
#: Memory and time that guessing one secret from its digest costs: 16 MB, and some 50 ms.
COST, BLOCK = 2**14, 8
ROUTE = "route"


def ours(tree: Json, project: str) -> Json | None:
    """Our route in a tree; None where there is none."""
    return next((one for one in tree.get("routes") or () if _is_ours(one, project)), None)


def replaced(tree: Json, project: str, route: Json | None) -> dict[str, Any]:
    """The tree with another route of ours, or without one; everything else as it is.

    A new one comes first: it takes nobody's alerts but ours, and behind others they might take ours.
    """
    routes = list(tree.get("routes") or ())
    at = next((place for place, one in enumerate(routes) if _is_ours(one, project)), None)
    new = [] if route is None else [route]
    routes = [*new, *routes] if at is None else [*routes[:at], *new, *routes[at + 1 :]]
    return {**tree, "routes": routes} if routes or "routes" in tree else dict(tree)


def wanted(policy: Json, project: str) -> dict[str, Any]:
    """The root of a policy file as our route."""
    return {**policy, "object_matchers": [[PROJECT, "=", project]]}


def with_memory(route: Json, memory: Mapping[str, str]) -> dict[str, Any]:
    """The route that remembers."""
    text = " ".join(f"{name}={value}" for name, value in sorted(memory.items()))
    return {**route, "object_matchers": [*_matchers(route), [MEMORY, "!=", text]]}


def memory_of(route: Json | None) -> dict[str, str]:
    """What it remembers: of each thing a digest, by its kind and name."""
    said = [one[2] for one in (route or {}).get("object_matchers") or () if one[0] == MEMORY]
    pairs = (word.rpartition("=") for word in str(said[0]).split()) if said else ()
    return {name: value for name, _, value in pairs if name}


def bare(route: Json | None) -> dict[str, Any]:
    """What people decide on in a route; without what it remembers."""
    found: dict[str, Any] = {} if route is None else spare({**route, "object_matchers": _matchers(route)})
    return found


def same(one: Json | None, other: Json) -> bool:
    """Whether a route is as another, and remembers the same."""
    return one is not None and bare(one) == bare(other) and memory_of(one) == memory_of(other)


def name(kind: str, key: str) -> str:
    """What a thing is remembered as: a word without blanks."""
    return f"{kind.replace(' ', '-')}/{hashlib.sha256(key.encode()).hexdigest()[:12]}"


def digest(said: Json) -> str:
    """The name of what people decide on."""
    return hashlib.sha256(orjson.dumps(spare(said), option=orjson.OPT_SORT_KEYS)).hexdigest()[:DIGITS]


def secret_digest(said: Json, salt: str) -> str:
    """The same of what holds secrets, which must not be found by trying them out."""
    text = orjson.dumps(spare(said), option=orjson.OPT_SORT_KEYS)
    return hashlib.scrypt(text, salt=salt.encode(), n=COST, r=BLOCK, p=1, dklen=DIGITS // 2).hex()


def visible(point: Json, *others: Json) -> dict[str, Any]:
    """What of a contact point can be compared with others, each of which may hide secrets."""
    secret = {key for one in (point, *others) for key, value in one["settings"].items() if value == HIDDEN}
    settings = {key: value for key, value in point["settings"].items() if key not in secret}
    kept = {key: point.get(key) for key in ("uid", "name", "type", "disableResolveMessage")}
    found: dict[str, Any] = spare({**kept, "settings": settings})
    return found


def spare(said: Any) -> Any:
    """The same without what says nothing, which one release writes and another leaves out."""
    if isinstance(said, dict):
        pairs = ((key, spare(value)) for key, value in said.items() if key != "provenance")
        return {key: value for key, value in pairs if value not in (None, "", [], {}, False)}
    return [spare(one) for one in said] if isinstance(said, list | tuple) else said


def _is_ours(route: Json, project: str) -> bool:
    return [PROJECT, "=", project] in [list(one) for one in route.get("object_matchers") or ()]


def _matchers(route: Json) -> list[list[str]]:
    return [list(one) for one in route.get("object_matchers") or () if one[0] != MEMORY]
