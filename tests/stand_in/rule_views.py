"""Handlers of what the browser asks about alert rules: Grafana's ruler, and Prometheus' own question."""

from typing import Any

from tests.stand_in.alert_rules import PART, UNITS, spelled
from tests.stand_in.answers import Answer, Json, say
from tests.stand_in.calls import Call

NEVER = "0001-01-01T00:00:00Z"


def ruler(call: Call) -> Answer:
    """The rules by folder and group, with what only the server counts."""
    folders: dict[str, list[Json]] = {}
    for (title, group), rows in _groups(call).items():
        rules = [_ruled(call, row) for row in rows]
        interval = spelled(f"{rows[0]['intervalSeconds']}s")
        folders.setdefault(title, []).append({"name": group, "interval": interval, "rules": rules})
    return say(folders)


def states(call: Call) -> Answer:
    """How every rule is; nothing here is ever evaluated."""
    groups = [
        {
            "name": group,
            "file": title,
            "rules": [_state(row) for row in rows],
            "interval": rows[0]["intervalSeconds"],
            "lastEvaluation": NEVER,
            "evaluationTime": 0,
        }
        for (title, group), rows in _groups(call).items()
    ]
    return say({"status": "success", "data": {"groups": groups}})


def _groups(call: Call) -> dict[tuple[str, str], list[Json]]:
    """Those in folders that are there."""
    found: dict[tuple[str, str], list[Json]] = {}
    for row in sorted(call.state.rules, key=lambda one: (one["folderUID"], one["ruleGroup"], one["id"])):
        folder = call.state.folder(row["folderUID"])
        if folder:
            found.setdefault((folder.title, row["ruleGroup"]), []).append(row)
    return found


def _texts(row: Json) -> Json:
    return {key: row[key] for key in ("labels", "annotations") if key in row}


def _ruled(call: Call, row: Json) -> Json:
    folder = call.state.folder(row["folderUID"])
    alert: dict[str, Any] = {
        "id": row["id"],
        "orgId": 1,
        "title": row["title"],
        "condition": row["condition"],
        "data": row["data"],
        "updated": row["updated"],
        "intervalSeconds": row["intervalSeconds"],
        "version": row["version"],
        "uid": row["uid"],
        "namespace_uid": row["folderUID"],
        "namespace_id": folder.id if folder else 0,
        "rule_group": row["ruleGroup"],
        "no_data_state": row["noDataState"],
        "exec_err_state": row["execErrState"],
    }
    alert |= {"provenance": row["provenance"]} if row["provenance"] else {}
    return {"expr": "", "for": row["for"], **_texts(row), "grafana_alert": alert}


def _state(row: Json) -> Json:
    seconds = sum(int(count) * UNITS[unit] for count, unit in PART.findall(row["for"])) / 1000
    texts = dict(reversed(_texts(row).items()))
    return {
        "state": "inactive",
        "name": row["title"],
        "query": row["data"][0]["model"].get("expr", ""),
        "duration": int(seconds),
        **texts,
        "health": "ok",
        "type": "alerting",
        "lastEvaluation": NEVER,
        "evaluationTime": 0,
    }
