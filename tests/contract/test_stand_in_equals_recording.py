"""The stand-in's g9 profile answers as a real Grafana 9.4 did, exchange by exchange.

The recorder itself plays its scenarios against the stand-in, so that placeholders, tokens and masks
are resolved in one way only; its two files must then be equal, line by line.
"""

import difflib
import importlib.util
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from tests.push.odd_server import answer, odd_server
from tests.stand_in import StandIn

ORACLE = Path(__file__).parents[2].parent / "shared" / "oracles" / "grafana-9.4"
SCENARIOS = (
    "server",
    "tokens",
    "folders",
    "save",
    "versions",
    "search",
    "provisioned",
    "datasources",
    "library",
    "annotations",
    "alerting",
)
SMALLEST_NUMBER_OF_EXCHANGES = 313
ONE = b'{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[%d,"1"]}]}}'
UNCLOSED = (
    b'{"status":"error","errorType":"bad_data",'
    b'"error":"invalid parameter \\"query\\": 1:6: parse error: unclosed left parenthesis"}'
)
BAD = b"HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\n"
NO_PAGE = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/plain; charset=utf-8\r\n"

pytestmark = pytest.mark.skipif(not ORACLE.is_dir(), reason=f"no recording of a real Grafana at {ORACLE}")


def _exchanges(file: Path) -> list[dict[str, Any]]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [exchange for exchange in map(json.loads, lines) if exchange["scenario"] in SCENARIOS]


def _recorder() -> Any:
    spec = importlib.util.spec_from_file_location("record", ORACLE / "record.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _prometheus(line: str) -> bytes:
    """What the recording's Prometheus said to the few questions that were asked."""
    path, _, query = unquote(line.split()[1]).partition("?")
    if path != "/api/v1/query":
        return answer(b"404 page not found\n", head=NO_PAGE)
    if "vector(1)" not in query:
        return answer(UNCLOSED, head=BAD)
    return answer(ONE % int(query.partition("time=")[2]))


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """What the recorder writes down when the stand-in is the server; scenarios share a server."""
    recorder, out = _recorder(), tmp_path_factory.mktemp("played") / "exchanges.jsonl"
    every = recorder.scenarios
    recorder.scenarios = lambda url: {name: steps for name, steps in every(url).items() if name in SCENARIOS}
    with odd_server(_prometheus) as prometheus, StandIn(profile="g9") as grafana:
        recorder.main(grafana.url, str(out), prometheus.replace("localhost", "127.0.0.1"))
    return _exchanges(out)


def _lines(exchange: dict[str, Any]) -> list[str]:
    """Key order counts too: a client that relies on it shall meet the real one."""
    return json.dumps(exchange, indent=1, ensure_ascii=False).splitlines()


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_every_recorded_exchange_of_the_scenario_is_equal(scenario: str, played: list[dict[str, Any]]) -> None:
    recorded = [one for one in _exchanges(ORACLE / "exchanges.jsonl") if one["scenario"] == scenario]
    answered = [one for one in played if one["scenario"] == scenario]
    differences = [
        line
        for real, ours in zip(recorded, answered, strict=True)
        for line in difflib.unified_diff(
            _lines(real),
            _lines(ours),
            f"grafana 9.4: {real['method']} {real['path']}",
            f"stand-in: {scenario} {real['step']}",
            lineterm="",
            n=4,
        )
    ]
    assert not differences, "\n" + "\n".join(differences)


def test_the_recording_is_as_large_as_it_was() -> None:
    assert len(_exchanges(ORACLE / "exchanges.jsonl")) >= SMALLEST_NUMBER_OF_EXCHANGES
