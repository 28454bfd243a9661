"""A page of ours, pushed to a Grafana and read back, has no edit in it."""

from typing import Any

import niquests
import pytest

from cli.deploy.normalise import compare
from tests.normalise.pages import Json, ours, shipped
from tests.stand_in import ProfileName, StandIn


@pytest.mark.parametrize("profile", ["g9", "g11"])
@pytest.mark.parametrize("page", [ours(), *shipped()], ids=lambda page: page["uid"])
def test_no_edit(page: Json, profile: ProfileName) -> None:
    with StandIn(profile) as grafana:
        said = {"Authorization": grafana.admin}
        sent = {"dashboard": {**page, "title": f" {page['title']} ", "refresh": "1s"}, "overwrite": False}
        niquests.post(f"{grafana.url}/api/dashboards/db", json=sent, headers=said, timeout=9).raise_for_status()
        answer = niquests.get(f"{grafana.url}/api/dashboards/uid/{page['uid']}", headers=said, timeout=9).json()
    live: Any = answer["dashboard"]
    assert live["refresh"] == "5s"
    assert compare({**page, "refresh": "1s"}, live) == compare(live, {**page, "refresh": "1s"}) == ()
