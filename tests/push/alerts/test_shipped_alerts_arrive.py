"""Every alert that we ship arrives in each Grafana, says no more than Grafana understands, and is not written twice."""

from pathlib import Path

import pytest

from cli.compile.build import Request, build
from cli.config import Config
from tests.push.alerts.building import of, results, rules
from tests.push.building import Push
from tests.stand_in import StandIn

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that we ship, built."""
    out = tmp_path_factory.mktemp("shipped") / "build"
    build(Request(config=Config(), folder=ROOT, out=out))
    return out


def test_every_shipped_alert_arrives_once(shipped: Path, say: Push, grafana: StandIn) -> None:
    words = ("push", "--alerts", "--build", str(shipped), "--output", "json")
    token = grafana.token("Admin")

    first = say(*words, url=grafana.url, token=token)
    again = say(*words, url=grafana.url, token=token)

    assert (first.code, again.code) == (0, 0)
    assert len(rules(grafana)) >= 30
    assert set(results(first)) == set(rules(grafana))
    assert set(results(first).values()) == {"created"}
    assert set(results(again).values()) == {"unchanged"}
    for title, rule in rules(grafana).items():
        assert "know no" not in of(first, title)["why"]
        assert not any("$value " in text for text in rule["annotations"].values())
