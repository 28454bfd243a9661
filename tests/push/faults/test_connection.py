"""A Grafana that cannot be reached, or whose answer breaks off."""

from collections.abc import Iterator

import pytest

from cli.grafana import wire
from tests.listening import free_port
from tests.push.building import Build, Push, page
from tests.push.faults.refusal import HUSH, TRIES, once
from tests.push.odd_server import CERTIFICATE, HEALTH, answer, odd_server
from tests.stand_in import StandIn


def test_nobody_listens(dash3: Push) -> None:
    url = f"http://127.0.0.1:{free_port()}"

    once(dash3(url=url, token=HUSH), f"no Grafana answers at {url}", "is it running")


def test_no_such_name(dash3: Push) -> None:
    once(dash3(url="http://grafana.invalid", token=HUSH), "no Grafana answers at http://grafana.invalid")


def test_a_certificate_that_nobody_signed(dash3: Push) -> None:
    with odd_server(lambda _: answer(HEALTH), tls=True) as url:
        once(dash3(url=url, token=HUSH), f"the certificate of {url} is not trusted", "REQUESTS_CA_BUNDLE=")


def test_a_certificate_of_our_own_authority(dash3: Push, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    with odd_server(lambda line: answer(HEALTH if "health" in line else b"x"), tls=True) as url:
        once(dash3(url=url, token=HUSH), "half an answer")


def test_no_tls_where_we_expect_it(dash3: Push) -> None:
    with odd_server(lambda _: answer(HEALTH)) as url:
        once(dash3(url=url.replace("http:", "https:"), token=HUSH), "no secure connection to https://")


def test_tls_where_we_expect_none(dash3: Push) -> None:
    """What Go says to that."""
    said = b"Client sent an HTTP request to an HTTPS server.\n"
    head = b"HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain\r\n"
    with odd_server(lambda _: answer(said, head=head)) as url:
        once(dash3(url=url, token=HUSH), said.decode().strip(), "GRAFANA_URL")


def test_too_slow(dash3: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "READ", 0.2)
    grafana.faults.add("GET", "/api/health", times=TRIES, delay=0.6)

    once(dash3(url=grafana.url, token=HUSH), "took too long")


@pytest.mark.parametrize("profile", ["g11"])
def test_a_save_that_is_too_slow_may_have_happened(
    build: Build, push: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "READ", 0.2)
    build.put(page("api"))
    grafana.faults.add("POST", "/api/dashboards/db", delay=0.6, applied=True)

    assert push().results == {"api": "created"}


def _half() -> Iterator[tuple[bytes, str]]:
    yield answer(HEALTH[:9], length=len(HEALTH)), "broke off"
    yield answer(HEALTH[:9]), "half an answer"
    yield b"", "broke off"
    yield b"\x00\x01\x02", "broke off"
    yield answer(b"[1]"), "no Grafana API"


@pytest.mark.parametrize(("sent", "word"), list(_half()), ids=["cut", "no json", "nothing", "no http", "list"])
def test_half_an_answer(dash3: Push, sent: bytes, word: str) -> None:
    with odd_server(lambda _: sent) as url:
        once(dash3(url=url, token=HUSH), word)
