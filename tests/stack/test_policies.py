"""Grafana's tree of policies sends each alert to whom Alertmanager's routes send it."""

import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import orjson
import pytest

from cli.stack import alertmanager, contact_points, routing
from cli.stack.contact_points import NEVER
from cli.stack.settings import Alertmanager, Receiver, Settings
from tests.stack.carried import NIGHTS, RECEIVERS, TOLD, made, whole

AMTOOL = shutil.which("amtool")
NEEDS_AMTOOL = pytest.mark.skipif(AMTOOL is None, reason="no amtool on PATH: apt-get install prometheus-alertmanager")
SCHEMA = Path(__file__).parents[3] / "shared" / "oracles" / "jsonschema" / "alerting.jsonschema.json"
NEEDS_SCHEMA = pytest.mark.skipif(
    not SCHEMA.is_file(), reason=f"Grafana's own schemas are not beside the project: {SCHEMA}"
)
CHOICES = [
    TOLD,
    Alertmanager(receiver="chat", receivers=RECEIVERS, mute=(NIGHTS,)),
    Alertmanager(receivers=RECEIVERS[:1]),
    Alertmanager(receiver="post", receivers=RECEIVERS[2:3]),
]
ALERTS = [
    {name: value for name, value in (("severity", severity), ("team", team)) if value}
    for severity, team in product(["critical", "warning", "info", ""], ["ml-ops", "shop", "other", ""])
]


def receivers(policy: Mapping[str, Any], alert: Mapping[str, str]) -> list[str]:
    """Whom the tree tells: of the routes that match, the first, and after each `continue` the next; else itself."""
    found = [name for route in _matching(policy, alert) for name in receivers(route, alert)]
    return found or [routing.NOBODY if NEVER in policy.get("mute_time_intervals", ()) else policy["receiver"]]


def _matching(policy: Mapping[str, Any], alert: Mapping[str, str]) -> Iterator[Mapping[str, Any]]:
    for route in policy.get("routes", ()):
        if all(_holds(one, alert) for one in route.get("object_matchers", ())):
            yield route
            if not route.get("continue"):
                return


def _holds(matcher: Sequence[str], alert: Mapping[str, str]) -> bool:
    label, op, value = matcher
    is_value = alert.get(label, "")
    return is_value == value if op == "=" else bool(re.fullmatch(value, is_value))


@NEEDS_AMTOOL
@pytest.mark.parametrize("settings", CHOICES)
def test_both_tell_the_same(settings: Alertmanager, tmp_path: Path) -> None:
    text = made(alertmanager.files, whole(settings=Settings(alertmanager=settings)))["alertmanager/alertmanager.yml"]
    (tmp_path / "alertmanager.yml").write_bytes(text)
    [policy] = contact_points.told(settings)["policies"]
    for alert in ALERTS:
        assert receivers(policy, alert) == _routed(alert, tmp_path), alert


def test_a_receiver_with_a_dollar_in_its_team_keeps_it() -> None:
    odd = Alertmanager(receivers=(Receiver(name="a", kind="webhook", teams=("a$b",), options={"url": "http://x"}),))
    text = orjson.dumps(contact_points.told(odd)["policies"]).decode()
    assert '["team","=","a$$b"]' in text


@NEEDS_SCHEMA
@pytest.mark.parametrize("settings", CHOICES)
def test_each_part_is_what_grafana_takes(settings: Alertmanager) -> None:
    schema = orjson.loads(SCHEMA.read_bytes())
    told = contact_points.told(settings)
    # not the mute timings: of them this schema says from and to, and Grafana itself start_time and end_time
    parts = [("NotificationPolicy", _without(one, "orgId")) for one in told["policies"]]
    parts += [("ContactPoint", one) for point in told["contactPoints"] for one in point["receivers"]]
    for name, part in parts:
        judge = jsonschema.Draft7Validator({"$ref": f"#/definitions/{name}", **schema})
        judge.validate(orjson.loads(orjson.dumps(part)))


def _without(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != name}


def _routed(alert: Mapping[str, str], folder: Path) -> list[str]:
    labels = [f"{name}={value}" for name, value in alert.items()]
    words = [str(AMTOOL), "config", "routes", "test", "--config.file=alertmanager.yml", *labels]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip().split(",")
