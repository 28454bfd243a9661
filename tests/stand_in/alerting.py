"""Handlers of alert rules and their groups: the provisioning API, as 9.4 was recorded and the later ones are known."""

from tests.stand_in.alert_rules import read, shown, spelled
from tests.stand_in.alerting_laws import EMPTY_404, TAKEN, AlertingLaws, laws_of, mismatch
from tests.stand_in.answers import NO_ROUTE, Answer, Json, Refusal, RefusedError, say
from tests.stand_in.calls import Call, value_of

DEFAULT_SECONDS = 60
SCHEDULER_SECONDS = 10
NO_GROUP = Refusal(404, "rulegroup not found", traced=True)
NO_FOLDER = Refusal(400, "invalid alert rule: folder does not exist", traced=True)
#: What nobody but its own file, or import, may touch.
FOREIGN = ("file", "converted_prometheus")


def list_all(call: Call) -> Answer:
    """Every rule: by folder, group and age."""
    rows = sorted(call.state.rules, key=lambda row: (row["folderUID"], row["ruleGroup"], row["id"]))
    return say([shown(row, provenance=_laws(call).lists_provenance) for row in rows])


def get(call: Call) -> Answer:
    """One rule."""
    row = _find(call)
    if row is None:
        if unknown := _laws(call).unknown_rule:
            raise RefusedError(unknown)
        return EMPTY_404
    return say(shown(row, provenance=True))


def post(call: Call) -> Answer:
    """Make a rule; its group's interval counts, or a minute."""
    laws, sent = _laws(call), _sent(call)
    row = read(call.json(), laws)
    if laws.checks_folder and not call.state.folder(row["folderUID"]):
        raise RefusedError(NO_FOLDER)
    _check_unique(call, row)
    row = _stored(call, row, sent, _interval(call, row))
    call.state.rules.append(row)
    return say(shown(row, provenance=True), 201)


def put(call: Call) -> Answer:
    """Replace a rule, under its own provenance; one that has none takes any."""
    laws, old = _laws(call), _find(call)
    if old is None:
        return EMPTY_404
    row = read(call.json(), laws) | {"uid": old["uid"]}
    sent = _sent(call)
    if old["provenance"] not in ("", sent):
        message = laws.cannot_change.format(stored=old["provenance"], sent=sent)
        raise RefusedError(Refusal(500, message, traced=True))
    _check_unique(call, row, but=old["id"])
    new = _stored(call, row, sent, _interval(call, row, but=old["id"]) or old["intervalSeconds"], old)
    call.state.rules = [new if one is old else one for one in call.state.rules]
    return say(shown(new, provenance=True))


def delete(call: Call) -> Answer:
    """Remove a rule; one that is not there is removed."""
    row = _find(call)
    if row is not None:
        _check_lock(call, "delete", row)
        call.state.rules = [one for one in call.state.rules if one is not row]
    return Answer(204)


def get_group(call: Call) -> Answer:
    """The rules of a group, and how often they are judged."""
    rows = _group(call)
    if not rows:
        raise RefusedError(NO_GROUP)
    provenance = _laws(call).lists_provenance
    return say(_said(call, rows[0]["intervalSeconds"], [shown(row, provenance=provenance) for row in rows]))


def put_group(call: Call) -> Answer:
    """Replace a group: what is not named is deleted. Without rules, only the interval changes."""
    laws, body, rows = _laws(call), call.json(), _group(call)
    seconds = value_of(body, "interval", 0)
    if seconds <= 0 or seconds % SCHEDULER_SECONDS:
        text = spelled(f"{seconds}s")
        why = f"interval ({text}) should be non-zero and divided exactly by scheduler interval: {laws.scheduler}"
        raise RefusedError(Refusal(400, f"invalid alert rule: {why}", traced=True))
    sent = _sent(call) if laws.header_for_all else "api"
    for row in rows:
        if row["provenance"] in FOREIGN or (row["provenance"] == "api" and sent not in ("api", "")):
            raise RefusedError(mismatch(laws, "update", sent, row["provenance"]))
    if body.get("rules") is None:
        wanted = [{key: value for key, value in row.items() if key != "id"} for row in rows]
    else:
        place = {"folderUID": call.params["folder"], "ruleGroup": call.params["group"]}
        wanted = [read(one, laws) | place for one in body["rules"]]
    known = {row["uid"]: row for row in rows}
    for row in wanted:
        if row["uid"] and row["uid"] not in known and not laws.group_creates:
            why = f"failed to update rule with UID {row['uid']} because could not find alert rule"
            raise RefusedError(Refusal(500, f"failed to calculate diff for alert rules: {why}", traced=True))
    new = [_stored(call, row, sent, seconds, known.get(row["uid"])) for row in wanted]
    call.state.rules = [one for one in call.state.rules if one not in rows] + new
    return say(_said(call, seconds, [shown({**row, "id": 0}, provenance=False) for row in wanted]))


def delete_group(call: Call) -> Answer:
    """Remove a group, where that can be done."""
    if not _laws(call).deletes_groups:
        raise RefusedError(NO_ROUTE)
    rows = _group(call)
    if not rows:
        raise RefusedError(NO_GROUP)
    for row in rows:
        _check_lock(call, "delete", row)
    call.state.rules = [one for one in call.state.rules if one not in rows]
    return Answer(204)


def _laws(call: Call) -> AlertingLaws:
    return laws_of(call.profile.version)


def _sent(call: Call) -> str:
    """The provenance that a request brings; the mere presence of the header takes it away."""
    return "" if "x-disable-provenance" in call.request.headers else "api"


def _find(call: Call) -> Json | None:
    return next((row for row in call.state.rules if row["uid"] == call.params["uid"]), None)


def _group(call: Call) -> list[Json]:
    place = (call.params["folder"], call.params["group"])
    rows = [row for row in call.state.rules if (row["folderUID"], row["ruleGroup"]) == place]
    return sorted(rows, key=lambda row: int(row["id"]))


def _said(call: Call, seconds: int, rules: list[Json]) -> Json:
    return {"title": call.params["group"], "folderUid": call.params["folder"], "interval": seconds, "rules": rules}


def _interval(call: Call, row: Json, but: int = 0) -> int:
    place = (row["folderUID"], row["ruleGroup"])
    others = [one for one in call.state.rules if (one["folderUID"], one["ruleGroup"]) == place and one["id"] != but]
    return int(others[0]["intervalSeconds"]) if others else 0 if but else DEFAULT_SECONDS


def _check_unique(call: Call, row: Json, but: int = 0) -> None:
    """9.4 says of a uid that is taken what it says of a title."""
    title = (row["folderUID"], row["title"])
    for one in call.state.rules:
        if one["id"] != but and (one["uid"] == row["uid"] or (one["folderUID"], one["title"]) == title):
            raise RefusedError(Refusal(_laws(call).taken, TAKEN, traced=True))


def _check_lock(call: Call, verb: str, row: Json) -> None:
    laws = _laws(call)
    sent = _sent(call) if laws.header_for_all else "api"
    if row["provenance"] not in ("", sent):
        raise RefusedError(mismatch(laws, verb, sent, row["provenance"]))


def _stored(call: Call, row: Json, provenance: str, seconds: int, old: Json | None = None) -> Json:
    number = old["id"] if old else call.state.next_id("rule")
    return row | {
        "id": number,
        "uid": row["uid"] or f"generated-{number}",
        "updated": call.state.clock.text(),
        "version": old["version"] + 1 if old else 1,
        "intervalSeconds": seconds,
        "provenance": provenance,
    }
