"""The lists of `/apis`: of what there is, of a history, of what was deleted."""

import base64
import binascii
import json
from collections.abc import Callable
from functools import partial
from typing import Any

from tests.stand_in import objects
from tests.stand_in.answers import Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call
from tests.stand_in.finding import may, stored
from tests.stand_in.objects import Kind

HISTORY, TRASH = "grafana.app/get-history", "grafana.app/get-trash"
META = {"apiVersion": "meta.k8s.io/v1"}
BAD_TOKEN = Refusal(400, "continue key is not valid", "BadRequest")
HISTORY_OF_WHAT = Refusal(400, "a history needs the fieldSelector metadata.name", "BadRequest")
NO_SUCH_FIELD = Refusal(400, "field label not supported", "BadRequest")


def listed(call: Call, kind: Kind) -> Answer:
    """The objects that the URL asks for; one page of them."""
    labels, name = _selected(call, "labelSelector"), _selected(call, "fieldSelector").get("metadata.name", "")
    if _selected(call, "fieldSelector").keys() - {"metadata.name", "metadata.namespace"}:
        raise RefusedError(NO_SUCH_FIELD)
    state = call.state
    rows: list[tuple[Any, Callable[[], Json]]]
    if labels.get(HISTORY) == "true":
        if not name:
            raise RefusedError(HISTORY_OF_WHAT)
        page = stored(call, kind, name, "write")
        rows = [(-one.version, partial(objects.shown, state, kind, page, one)) for one in page.history]
    else:
        found = (state.trash if labels.pop(TRASH, "") == "true" else state.pages).values()
        rows = [
            ([page.uid, page.id], partial(objects.shown, state, kind, page))
            for page in found
            if page.is_folder == kind.is_folder
            and name in ("", page.uid)
            and may(call, kind, "read", page)
            and page.labels.items() >= labels.items()
        ]
    return _paged(call, kind, rows)


def _paged(call: Call, kind: Kind, rows: list[tuple[Any, Callable[[], Json]]]) -> Answer:
    """One page of a list; the token holds where the last one ended, so that nothing is skipped or said twice."""
    rows.sort(key=lambda row: row[0])
    if token := call.request.query.get("continue", [""])[0]:
        last = _decoded(token)
        rows = [row for row in rows if row[0] > last]
    limit = call.number("limit", len(rows) or 1)
    metadata: Json = {"resourceVersion": str(call.state.ids["resource"])}
    if len(rows) > limit:
        metadata["continue"] = base64.urlsafe_b64encode(json.dumps(rows[limit - 1][0]).encode()).decode()
        metadata["remainingItemCount"] = len(rows) - limit
    items = [make() for _, make in rows[:limit]]
    if "as=PartialObjectMetadataList" in call.request.headers.get("accept", ""):
        items = [{"kind": "PartialObjectMetadata", **META, "metadata": item["metadata"]} for item in items]
        return say({"kind": "PartialObjectMetadataList", **META, "metadata": metadata, "items": items})
    return say({"kind": f"{kind.name}List", "apiVersion": kind.api, "metadata": metadata, "items": items})


def _decoded(token: str) -> Any:
    try:
        return json.loads(base64.urlsafe_b64decode(token))
    except (binascii.Error, ValueError):
        raise RefusedError(BAD_TOKEN) from None


def _selected(call: Call, name: str) -> dict[str, str]:
    pairs = [part.partition("=") for part in ",".join(call.request.query.get(name, [])).split(",") if part]
    return {key: value.removeprefix("=") for key, _, value in pairs}
