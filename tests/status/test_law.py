"""`dash status` says of each page what a push then does with it."""

import json

from tests.command_line import Dash
from tests.push.building import Build, page
from tests.stand_in import StandIn
from tests.status.asking import retitled, states_of

AGREED = {
    "in step": {"unchanged"},
    "ours newer": {"updated", "moved"},
    "edited by hand": {"conflict"},
    "moved by hand": {"conflict"},
    "not there": {"created"},
    "deleted there": {"created"},
    "not ours": {"conflict", "skipped"},
    "provisioned": {"conflict"},
    "no longer built": {"deleted", "skipped"},
    "stale": {"skipped"},
}


def test_it_says_what_a_push_does(dash: Dash, build: Build, grafana: StandIn) -> None:
    uids = ("same", "newer", "place", "edited", "both", "moved", "gone", "old", "older")
    for uid in uids:
        build.put(page(uid), "AI")
    dash("push")
    for uid in ("edited", "both", "older"):
        grafana.edit(uid, retitled)
    grafana.make_folder("elsewhere", "Elsewhere")
    grafana.move("moved", "elsewhere")
    grafana.delete("gone")
    grafana.make(page("their", "Theirs"))
    for uid in ("newer", "both", "new", "their", "prov-locked"):
        build.put(page(uid, f"{uid} now"), "AI")
    build.put(page("place"), "Other")
    for uid in ("old", "older"):
        del build.entries[uid]
    build.put(page("same"), "AI")

    states = states_of(dash("status", "--output", "json"))
    done = {one["uid"]: one["result"] for one in dash("push", "--prune", "--output", "json").json["pages"]}

    assert states.keys() == done.keys()
    assert all(done[uid] in AGREED[state] for uid, state in states.items()), json.dumps([states, done], indent=1)
    assert {uid: state for uid, state in states.items() if state == "edited by hand"}.keys() == {"edited", "both"}
    assert len(set(states.values())) >= 8
    after = states_of(dash("status", "--output", "json"))
    assert {uid for uid, state in after.items() if state != "in step"} == {
        *("edited", "both", "moved", "their", "prov-locked", "older")
    }
