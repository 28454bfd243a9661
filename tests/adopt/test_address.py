"""Rules from an address: a file, or what a Prometheus says of its own; and everything that may go wrong on the way."""

import json
import socket
from pathlib import Path
from typing import Any

import pytest

from cli.errors import RemoteError
from cli.exit_codes import Exit
from cli.prometheus import fetch
from tests.adopt.round_trip import as_prometheus_reads, built
from tests.adopt.serving import Said, serving
from tests.command_line import dash
from tests.listening import free_port
from tests.running_rules import ALERT, RECORD

RULES = b"groups:\n- name: g\n  rules:\n  - alert: A\n    expr: up == 0\n"
ONE = [{"name": "g", "rules": [{"alert": "A", "expr": "up == 0"}]}]


def _group(name: str, file: str, *rules: dict[str, Any], interval: float = 30) -> dict[str, Any]:
    return {"name": name, "file": file, "rules": [*rules], "interval": interval, "limit": 0}


def _answer(*groups: dict[str, Any]) -> Said:
    return Said(json.dumps({"status": "success", "data": {"groups": groups}}).encode())


def test_a_file_is_fetched_and_its_module_is_called_as_the_file() -> None:
    with serving({"/x/node.rules.yml?raw=1": Said(RULES)}) as server:
        said = dash("import", "alerts", f"{server.url}/x/node.rules.yml?raw=1")

    assert (said.code, said.err) == (Exit.OK, "")
    assert Path("imported/node.py").read_text().startswith(f'"""Rules from {server.url}/x/node.rules.yml?raw=1."""')
    assert as_prometheus_reads(built()) == ONE


@pytest.mark.parametrize("path", ["", "/", "/api/v1/rules"])
def test_a_prometheus_says_its_rules_file_by_file(path: str) -> None:
    groups = [
        _group("g", "/etc/prometheus/node.rules.yml", ALERT, RECORD),
        _group("g", "/etc/other/node.yml", RECORD, interval=60),
        _group("h", "/etc/prometheus/node.rules.yml", {**ALERT, "duration": 0, "keepFiringFor": 0}),
    ]
    with serving({"/api/v1/rules": _answer(*groups)}) as server:
        said = dash("import", "alerts", server.url + path)

    assert (said.code, said.err) == (Exit.OK, "")
    assert sorted(one.name for one in Path("imported").iterdir()) == ["node.py", "node_2.py"]
    texts = {key: ALERT[key] for key in ("labels", "annotations")}
    alert = {"alert": "Down", "expr": 'up{job="a"} == 0', "for": "1h30m", "keep_firing_for": "1m30s500ms", **texts}
    record = {"record": "a:b", "expr": "sum(up)", "labels": {"x": "y"}}
    longer = {key: value for key, value in alert.items() if key not in ("for", "keep_firing_for")}
    assert sorted(built(), key=lambda one: (one["name"], one["interval"])) == [
        {"name": "g", "interval": "1m", "rules": [record]},
        {"name": "g", "interval": "30s", "rules": [alert, record]},
        {"name": "h", "interval": "30s", "rules": [longer]},
    ]


def test_a_prometheus_without_rules_is_said() -> None:
    with serving({"/api/v1/rules": _answer()}) as server:
        said = dash("import", "alerts", server.url)

    assert (said.code, said.err) == (Exit.AUTHORING, f"error: {server.url}/api/v1/rules: this server has no rules\n")


def test_a_password_is_sent_and_never_shown() -> None:
    with serving({"/a.yml": Said(RULES), "/b.yml": Said(status=403)}) as server:
        host = server.url.removeprefix("http://")
        good = dash("import", "alerts", f"http://me:se%40cret@{host}/a.yml")
        bad = dash("import", "alerts", f"http://me:se%40cret@{host}/b.yml")

    assert server.asked == [("/a.yml", "Basic bWU6c2VAY3JldA=="), ("/b.yml", "Basic bWU6c2VAY3JldA==")]
    assert good.code == Exit.OK
    assert bad.code == Exit.REMOTE
    assert bad.err.startswith(f"error: {server.url}/b.yml answers 403 Forbidden\n")
    written = Path("imported/a.py").read_text()
    assert "cret" not in good.out + good.err + bad.err + written


def test_a_redirect_is_followed_and_takes_no_password_elsewhere() -> None:
    with serving({"/a.yml": Said(RULES)}) as other:
        moved = Said(status=302, headers={"Location": f"{other.url}/a.yml"})
        with serving({"/a.yml": moved}) as server:
            said = dash("import", "alerts", server.url.replace("//", "//me:secret@") + "/a.yml")

    assert said.code == Exit.OK
    assert [bool(sent) for _, sent in server.asked] == [True]
    assert other.asked == [("/a.yml", "")]


@pytest.mark.parametrize("scheme", ["https", "ftp"])
def test_a_redirect_to_another_scheme_is_not_followed(scheme: str) -> None:
    moved = Said(status=302, headers={"Location": f"{scheme}://localhost/etc/passwd"})
    with serving({"/a.yml": moved}) as server:
        said = dash("import", "alerts", f"{server.url}/a.yml")

    assert said.code == Exit.REMOTE
    assert said.err.startswith(f"error: {server.url}/a.yml leads to another scheme, {scheme}\n")
    assert not Path("imported").exists()


def test_a_redirect_to_a_file_of_this_machine_is_not_followed() -> None:
    Path("here.yml").write_bytes(RULES)
    moved = Said(status=302, headers={"Location": Path("here.yml").resolve().as_uri()})
    with serving({"/a.yml": moved}) as server:
        assert dash("import", "alerts", f"{server.url}/a.yml").code == Exit.REMOTE


def test_a_redirect_in_a_circle_comes_to_an_end() -> None:
    with serving({"/a.yml": Said(status=302, headers={"Location": "/a.yml"})}) as server:
        said = dash("import", "alerts", f"{server.url}/a.yml")

    assert said.code == Exit.REMOTE
    assert len(said.err.splitlines()) == 2


def test_nobody_there_is_said_in_one_line() -> None:
    url = f"http://127.0.0.1:{free_port()}"
    said = dash("import", "alerts", url)

    assert said.code == Exit.REMOTE
    assert said.err == (
        f"error: {url}/api/v1/rules does not answer: Connection refused\n  try: look whether it is there\n"
    )


@pytest.mark.parametrize("url", ["http://", "http://[::1", "http://a b/c", "https://x:port/"])
def test_what_is_no_url_is_not_asked(url: str) -> None:
    said = dash("import", "alerts", url)

    assert (said.code, said.err) == (
        Exit.USAGE,
        "error: the address is no URL\n  try: https://example.com/rules.yml\n",
    )


def test_half_a_file_is_no_file() -> None:
    with serving({"/a.yml": Said(RULES, length=1000)}) as server:
        said = dash("import", "alerts", f"{server.url}/a.yml")

    assert said.code == Exit.REMOTE
    assert "breaks off" in said.err


def test_more_than_anybody_would_read_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch, "LARGEST", 10)
    with serving({"/a.yml": Said(RULES)}) as server, pytest.raises(RemoteError, match="larger than"):
        fetch.fetch(f"{server.url}/a.yml")


def test_what_takes_too_long_is_given_up() -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(RemoteError, match="in time"):
            fetch.fetch(f"http://127.0.0.1:{silent.getsockname()[1]}/a.yml", whole=0.2)


def test_an_address_that_is_away_does_not_keep_back_a_file() -> None:
    Path("good.yml").write_bytes(RULES)
    with serving({}) as server:
        said = dash("import", "alerts", f"{server.url}/gone.yml", "good.yml")

    assert said.code == Exit.PARTIAL
    assert said.err.startswith(f"error: {server.url}/gone.yml answers 404 Not Found; ")
    assert as_prometheus_reads(built()) == ONE
