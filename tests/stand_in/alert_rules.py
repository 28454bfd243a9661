"""What the server keeps of alert rules: read from a request as Grafana reads it, shown as Grafana shows it."""

import re
from typing import Any

from tests.stand_in.alerting_laws import AlertingLaws
from tests.stand_in.answers import BAD_REQUEST, Json, Refusal, RefusedError
from tests.stand_in.calls import value_of
from tests.stand_in.rows import sorted_copy

ADDED = {"intervalMs": 1000, "maxDataPoints": 43200}
NO_DATA = ("NoData", "Alerting", "OK", "KeepLast")
ERRORS = ("Error", "Alerting", "OK", "KeepLast")
UNITS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "y": 31_536_000_000}
DURATION = re.compile(r"(?:\d+(?:ms|[smhdwy]))+|0")
PART = re.compile(r"(\d+)(ms|[smhdwy])")
UID = re.compile(r"[a-zA-Z0-9\-_]{1,40}")
#: What a row has, and no answer shows.
HIDDEN = ("version", "intervalSeconds", "provenance")
LINK = ("__dashboardUid__", "__panelId__")


def read(said: Json, laws: AlertingLaws) -> Json:
    """The rule that a body describes.

    Raises:
        RefusedError: it describes none.
    """
    lasting = said.get("for", "0s")
    if not isinstance(lasting, str) or not DURATION.fullmatch(lasting):
        raise RefusedError(BAD_REQUEST)
    states = (("noDataState", NO_DATA, "NoData"), ("execErrState", ERRORS, "Error"))
    for key, known, word in states:
        if said.get(key) not in known:
            raise _invalid(laws.bad_state, f"unknown {word} state option {said.get(key) or ''}")
    if not value_of(said, "title", ""):
        raise _invalid(400, "invalid alert rule: title is empty")
    data: list[Json] = value_of(said, "data", [])
    if not data:
        raise _invalid(400, "invalid alert rule: no queries or expressions are found")
    if laws.checks_uid and said.get("uid") and not UID.fullmatch(said["uid"]):
        raise _invalid(400, f'cannot create rule with UID "{said["uid"]}"')
    notes: Json = value_of(said, "annotations", {})
    if len([key for key in LINK if notes.get(key)]) == 1:
        raise _invalid(400, "invalid alert rule: both annotations __dashboardUid__ and __panelId__ must be specified")
    if notes.get(LINK[1]) and not str(notes[LINK[1]]).isdecimal():
        raise _invalid(400, "invalid alert rule: the annotation __panelId__ must be a valid integer Panel ID")
    return {
        "uid": value_of(said, "uid", ""),
        "orgID": 1,
        "folderUID": value_of(said, "folderUID", ""),
        "ruleGroup": value_of(said, "ruleGroup", ""),
        "title": said["title"],
        "condition": value_of(said, "condition", ""),
        "data": [_query(one) for one in data],
        "updated": "0001-01-01T00:00:00Z",
        "noDataState": said["noDataState"],
        "execErrState": said["execErrState"],
        "for": spelled(lasting),
        **({"annotations": notes} if notes else {}),
        **({"labels": said["labels"]} if said.get("labels") else {}),
        **{key: said[key] for key in laws.fields if said.get(key)},
        **({"isPaused": bool(said.get("isPaused"))} if "isPaused" in laws.fields else {}),
    }


def shown(row: Json, *, provenance: bool) -> Json:
    """A rule as an answer has it."""
    said = {"id": row["id"], **{key: value for key, value in row.items() if key not in HIDDEN}}
    return said | ({"provenance": row["provenance"]} if provenance and row["provenance"] else {})


def spelled(text: str) -> str:
    """A duration as Go's Prometheus prints it: the largest units first, weeks and days only where they are whole."""
    rest = sum(int(count) * UNITS[unit] for count, unit in PART.findall(text))
    if rest == 0:
        return "0s"
    for unit in ("y", "w", "d"):
        if rest % UNITS[unit] == 0:
            return f"{rest // UNITS[unit]}{unit}"
    said = ""
    for unit in ("h", "m", "s", "ms"):
        count, rest = divmod(rest, UNITS[unit])
        said += f"{count}{unit}" if count else ""
    return said


def _query(said: Any) -> Json:
    span = said.get("relativeTimeRange") or {}
    return {
        "refId": said["refId"],
        "queryType": said.get("queryType") or "",
        "relativeTimeRange": {"from": span.get("from", 0), "to": span.get("to", 0)},
        "datasourceUid": said["datasourceUid"],
        "model": sorted_copy(ADDED | said["model"]),
    }


def _invalid(status: int, message: str) -> RefusedError:
    return RefusedError(Refusal(status, message, traced=True))
