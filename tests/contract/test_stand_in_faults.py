"""What can be made to go wrong, and when."""

import http.client
import json
import socket
import threading
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from tests.stand_in import StandIn, ask, kinds_of_fault, send
from tests.stand_in import post_page as save

SAVE = "/api/dashboards/db"
HEALTH = "/api/health"


@pytest.fixture
def grafana() -> Iterator[StandIn]:
    with StandIn() as grafana:
        yield grafana


def test_a_fault_strikes_the_nth_match_in_place_of_an_answer(grafana: StandIn) -> None:
    grafana.faults.add(
        "POST", "dashboards/db", nth=2, status=429, body={"message": "slow"}, headers={"Retry-After": "3"}
    )
    assert save(grafana, "one")[0] == 200
    status, headers, text = send(grafana, "POST", SAVE, {"dashboard": {"title": "Two"}})
    assert (status, headers["Retry-After"], json.loads(text)) == (429, "3", {"message": "slow"})
    assert save(grafana, "three")[0] == 200
    assert [page.title for page in grafana.pages if not page.provisioned] == ["One", "Three"]
    assert grafana.faults.waiting == []


def test_a_fault_without_a_path_counts_every_request(grafana: StandIn) -> None:
    grafana.faults.add(nth=3, status=503)
    statuses = [send(grafana, "GET", path)[0] for path in (HEALTH, "/api/org", HEALTH, "/api/search")]
    assert statuses == [200, 200, 503, 200]
    grafana.faults.add(status=503)
    grafana.faults.clear()
    assert send(grafana, "GET", HEALTH)[0] == 200


def test_a_login_page_can_stand_in_the_way(grafana: StandIn) -> None:
    grafana.faults.add("GET", "/api/org", status=302, headers={"Location": "/login"})
    grafana.faults.add("GET", "/api/org", nth=2, status=200, body="<html>Log in</html>")
    status, headers, _ = send(grafana, "GET", "/api/org")
    assert (status, headers["Location"]) == (302, "/login")
    status, headers, text = send(grafana, "GET", "/api/org")
    assert (status, headers["Content-Type"].split(";")[0]) == (200, "text/html")
    assert text == "<html>Log in</html>"


@pytest.mark.parametrize("applied", [False, True])
@pytest.mark.parametrize("kind", kinds_of_fault())
def test_any_fault_may_hide_a_save_that_was_done(grafana: StandIn, kind: str, *, applied: bool) -> None:
    grafana.faults.add("POST", SAVE, applied=applied, **kinds_of_fault()[kind])
    connection = http.client.HTTPConnection(urlsplit(grafana.url).netloc, timeout=0.2 if kind == "timeout" else 30)
    body = json.dumps({"dashboard": {"uid": "page", "title": "Page"}})
    headers = {"Authorization": grafana.admin, "Content-Type": "application/json"}
    try:
        connection.request("POST", SAVE, body, headers)
        answer = connection.getresponse()
        said = f"{answer.status} {answer.read().decode()}"
    except (OSError, http.client.HTTPException) as error:
        said = type(error).__name__
    finally:
        connection.close()
    outcomes = {
        "closed": "RemoteDisconnected",
        "reset": "ConnectionResetError",
        "timeout": "TimeoutError",
        "half an answer": "IncompleteRead",
        "half a JSON": '200 {"',
    }
    assert said.startswith(outcomes.get(kind, kind[:3]))
    assert (grafana.page("page") is not None) == applied
    if kind == "half a JSON":
        with pytest.raises(ValueError, match="line 1"):
            json.loads(said[4:])


def test_an_answer_in_error_keeps_the_connection(grafana: StandIn) -> None:
    kept = http.client.HTTPConnection(urlsplit(grafana.url).netloc, timeout=5)
    grafana.faults.add(nth=2, status=500)
    statuses = []
    for _ in range(3):
        kept.request("GET", HEALTH)
        answer = kept.getresponse()
        statuses.append(answer.status)
        answer.read()
    kept.close()
    assert statuses == [200, 500, 200]


def test_somebody_may_do_something_before_and_after_a_request(grafana: StandIn) -> None:
    seen: list[object] = []
    grafana.faults.add("POST", SAVE, before=lambda: seen.append(ask(grafana, "GET", "/api/dashboards/uid/page")[0]))
    assert save(grafana, "page")[0] == 200
    grafana.faults.add("POST", SAVE, after=lambda: seen.append(ask(grafana, "GET", "/api/dashboards/uid/page")[0]))
    assert save(grafana, "page", 1)[1]["version"] == 2
    assert seen == [404, 200]


def test_a_second_writer_before_the_save_is_a_conflict(grafana: StandIn) -> None:
    save(grafana, "page")
    grafana.faults.add("POST", SAVE, before=lambda: grafana.edit("page", lambda model: model.update(by="hand")))
    assert save(grafana, "page", 1)[0] == 412


@pytest.mark.parametrize("applied", [False, True])
def test_a_second_writer_between_check_and_write_is_overwritten(grafana: StandIn, *, applied: bool) -> None:
    save(grafana, "page")
    grafana.faults.add(
        "POST", SAVE, between=lambda: grafana.edit("page", lambda model: model.update(by="hand")), applied=applied
    )
    status, body = save(grafana, "page", 1)
    assert (status, body["version"]) == (200, 3)
    stored = grafana.page("page")
    assert stored
    assert [entry.data.get("by") for entry in stored.history] == [None, "hand", None]


def test_a_second_writer_who_creates_or_deletes_in_between(grafana: StandIn) -> None:
    grafana.faults.add("POST", SAVE, between=lambda: grafana.make({"uid": "page", "title": "Theirs"}))
    assert save(grafana, "page")[0] == 500
    grafana.faults.add("POST", SAVE, between=lambda: grafana.delete("page"))
    assert save(grafana, "page", 1)[0] == 404
    assert grafana.page("page") is None


def test_a_rival_who_finds_no_save_is_forgotten(grafana: StandIn) -> None:
    save(grafana, "page")
    grafana.faults.add("GET", HEALTH, between=lambda: grafana.edit("page", lambda model: model.update(by="hand")))
    ask(grafana, "GET", HEALTH)
    assert grafana.edit("page", lambda model: model.update(n=1)).version == 2


def test_a_delay_and_the_latency_make_a_request_wait(grafana: StandIn) -> None:
    grafana.latency = 0.02
    grafana.faults.add("GET", HEALTH, delay=0.05)
    before = time.monotonic()
    assert ask(grafana, "GET", HEALTH)[0] == 200
    assert time.monotonic() - before >= 0.07


def test_sixteen_connections_are_served_at_once(grafana: StandIn) -> None:
    together = threading.Barrier(16, timeout=30)
    grafana.faults.add(times=16, before=together.wait)
    connections = [http.client.HTTPConnection(urlsplit(grafana.url).netloc, timeout=30) for _ in range(16)]

    def ask_four(connection: http.client.HTTPConnection) -> None:
        for _ in range(4):
            connection.request("GET", HEALTH)
            assert b"database" in connection.getresponse().read()
        connection.close()

    threads = [threading.Thread(target=ask_four, args=(connection,)) for connection in connections]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(grafana.requests) == 64


def test_a_request_that_waits_stands_in_nobodys_way(grafana: StandIn) -> None:
    waiting = threading.Event()
    grafana.faults.add("GET", HEALTH, before=waiting.set, delay=600)
    slow = http.client.HTTPConnection(urlsplit(grafana.url).netloc, timeout=30)
    slow.request("GET", HEALTH)
    assert waiting.wait(30)
    assert save(grafana, "page")[0] == 200
    slow.close()


def test_a_request_that_ends_in_the_middle_is_none(grafana: StandIn) -> None:
    head = f"POST {SAVE} HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: 99\r\n"
    with socket.create_connection((urlsplit(grafana.url).hostname, urlsplit(grafana.url).port), 30) as connection:
        connection.sendall(f'{head}Authorization: {grafana.admin}\r\n\r\n{{"dashboard": '.encode())
        connection.shutdown(socket.SHUT_WR)
        assert connection.recv(1) == b""
    assert grafana.requests == []
