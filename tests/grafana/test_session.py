"""The way to a Grafana: organisation, certificates, a proxy; and nothing of the machine's that nobody asked for."""

import socket
import ssl
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path

import pytest

from cli.errors import Unreachable, UsageError
from cli.grafana.address import Address, address
from cli.grafana.failure import NeverSent
from cli.grafana.legacy import Legacy
from cli.grafana.session import Straight
from cli.grafana.way import Way
from cli.grafana.wire import Wire
from tests.grafana.conftest import HUSH, at, reached
from tests.listening import listening
from tests.push.odd_server import CERTIFICATE, HEALTH, KEY, answer, odd_server
from tests.stand_in import StandIn

PATH = "/api/health"


def _status(where: Address) -> int:
    with Wire(where, 1) as grafana:
        return grafana.get(PATH).status


@contextmanager
def _strict_server() -> Iterator[str]:
    """It wants to see the certificate of whoever comes."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE, KEY)
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_verify_locations(CERTIFICATE)

    def speak(connection: socket.socket) -> None:
        with connection.dup() as line:
            try:
                with context.wrap_socket(connection, server_side=True) as talk:
                    talk.recv(65536)
                    talk.sendall(answer(HEALTH))
            except ssl.SSLError:
                while line.recv(65536):  # so that the alert is read, and no reset comes before it
                    pass

    with listening(speak) as port:
        yield f"https://localhost:{port}"


def test_the_organisation_is_said_with_every_request() -> None:
    with StandIn() as server, Wire(replace(at(server), organisation=7), 1) as grafana:
        grafana.get(PATH)
        grafana.post("/api/folders", {"title": "T"})

        assert [one.headers["x-grafana-org-id"] for one in server.requests] == ["7", "7"]


def test_without_an_organisation_none_is_said() -> None:
    with StandIn() as server, Wire(at(server), 1) as grafana:
        grafana.get(PATH)

        assert "x-grafana-org-id" not in server.requests[0].headers


def test_a_ca_of_the_address() -> None:
    with odd_server(lambda _: answer(HEALTH), tls=True) as url:
        assert _status(reached(url, ca=str(CERTIFICATE))) == 200


@pytest.mark.parametrize("name", ["REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"])
def test_a_ca_of_the_environment(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, str(CERTIFICATE))
    with odd_server(lambda _: answer(HEALTH), tls=True) as url:
        assert _status(reached(url)) == 200


def test_the_ca_of_the_address_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "nowhere.pem"))
    with odd_server(lambda _: answer(HEALTH), tls=True) as url:
        assert _status(reached(url, ca=str(CERTIFICATE))) == 200


def test_a_ca_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"the CA certificate is not there: /nowhere\.pem"):
        _status(reached("https://localhost", ca="/nowhere.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere.pem")
    with pytest.raises(UsageError, match="the CA certificate, which SSL_CERT_FILE names, is not there"):
        _status(reached("https://localhost"))


def test_a_client_certificate() -> None:
    with _strict_server() as url:
        where = reached(url, ca=str(CERTIFICATE), certificate=str(CERTIFICATE), key=str(KEY))

        assert _status(where) == 200


def test_a_certificate_and_its_key_in_one_file(tmp_path: Path) -> None:
    both = tmp_path / "both.pem"
    both.write_bytes(CERTIFICATE.read_bytes() + KEY.read_bytes())
    with _strict_server() as url:
        assert _status(reached(url, ca=str(CERTIFICATE), certificate=str(both))) == 200


def test_a_client_certificate_that_is_missing() -> None:
    with _strict_server() as url, pytest.raises(Unreachable, match="wants a client certificate"):
        _status(reached(url, ca=str(CERTIFICATE)))


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (("/nowhere.pem", ""), "the client certificate is not there: /nowhere.pem"),
        ((str(CERTIFICATE), "/nowhere.key"), "the key of the client certificate is not there"),
    ],
)
def test_a_client_certificate_that_is_not_there(files: tuple[str, str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        _status(reached("https://localhost", certificate=files[0], key=files[1]))


def test_a_proxy_of_the_address() -> None:
    heard: list[str] = []

    def proxy(line: str) -> bytes:
        heard.append(line)
        return answer(HEALTH)

    with odd_server(proxy) as url:
        assert _status(reached("http://grafana.invalid", proxy=url)) == 200

    assert heard == ["GET http://grafana.invalid/api/health HTTP/1.1"]


def test_a_proxy_of_the_environment_and_what_goes_past_it(monkeypatch: pytest.MonkeyPatch) -> None:
    with odd_server(lambda _: answer(HEALTH)) as url:
        monkeypatch.setenv("HTTP_PROXY", url)
        assert _status(reached("http://grafana.invalid")) == 200

        monkeypatch.setenv("NO_PROXY", "grafana.invalid")
        with pytest.raises(NeverSent, match=r"no Grafana answers at http://grafana\.invalid"):
            _status(reached("http://grafana.invalid"))


def test_the_proxy_of_the_address_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("NO_PROXY", "*")
    with odd_server(lambda _: answer(HEALTH)) as url:
        assert _status(reached("http://grafana.invalid", proxy=url)) == 200


@pytest.mark.parametrize("url", ["http://grafana.invalid", "https://grafana.invalid"])
def test_a_proxy_that_is_not_there(url: str) -> None:
    with pytest.raises(NeverSent, match="the proxy on the way to") as ended:
        _status(reached(url, proxy=f"http://me:{HUSH}@127.0.0.1:1"))

    assert HUSH not in str(ended.value)
    assert HUSH not in repr(ended.value)


@pytest.mark.parametrize("url", ["http://grafana.invalid", "https://grafana.invalid"])
def test_a_proxy_that_lets_nobody_through(url: str) -> None:
    head = b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Type: text/html\r\n"
    with (
        odd_server(lambda _: answer(b"no", head=head)) as proxy,
        Wire(reached(url, proxy=proxy), 1) as grafana,
        pytest.raises(NeverSent, match="the proxy on the way to"),
    ):
        Legacy(grafana).hello()


def test_what_is_no_proxy() -> None:
    with pytest.raises(UsageError, match="the proxy is no URL") as ended:
        reached("http://grafana.invalid", proxy=f"me:{HUSH}@proxy:3128")

    assert HUSH not in str(ended.value)


def test_an_address_shows_no_secret() -> None:
    where = reached("http://grafana.invalid", proxy=f"http://me:{HUSH}@proxy:3128")

    assert HUSH not in repr(where)
    assert HUSH not in repr(where.credentials)


def test_no_password_of_the_machine_is_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login admin password admin\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with StandIn() as server:
        where = address(server.url, said=None, environment={}, from_flag=True)

        assert _status(where) == 200
        assert "authorization" not in server.requests[0].headers


def test_no_cookie_comes_back() -> None:
    with StandIn() as server:
        server.faults.add("GET", PATH, status=200, body={}, headers={"Set-Cookie": "grafana_session=x; Path=/"})
        with Wire(at(server), 1) as grafana:
            grafana.get(PATH)
            grafana.get(PATH)

        assert all("cookie" not in one.headers for one in server.requests)


def test_a_connection_serves_again_and_one_that_was_closed_meanwhile_loses_nothing() -> None:
    """Nothing says that it was: a POST over it would be lost, and nobody may repeat it blindly."""
    accepted = 0

    def speak(connection: socket.socket) -> None:
        nonlocal accepted
        accepted += 1
        for _ in range(2):
            asked = b""
            while not asked.endswith(b"\r\n\r\n{}") and (more := connection.recv(65536)):
                asked += more
            if not asked:
                break
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    with listening(speak) as port:
        where = address(f"http://127.0.0.1:{port}", said=None, environment={}, from_flag=True)
        with Wire(where, 1) as grafana:
            statuses = []
            for _ in range(4):
                statuses.append(grafana.post(PATH, {}).status)
                time.sleep(0.05)

    assert statuses == [200] * 4
    assert accepted == 2


def test_no_more_connections_than_were_said_however_many_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    gone, ways = Way.gone, list[Way]()

    def counted(way: Way, seconds: float) -> HTTPConnection:
        ways.append(way)
        return gone(way, seconds)

    monkeypatch.setattr(Way, "gone", counted)
    with StandIn() as server:
        server.faults.add("GET", PATH, delay=0.05, times=12)
        with Wire(at(server), 2) as grafana, ThreadPoolExecutor(max_workers=6) as many:
            statuses = list(many.map(lambda _: grafana.get(PATH).status, range(12)))

    assert statuses == [200] * 12
    assert len(ways) == 2


@pytest.mark.parametrize(
    "header", [{"X-A": "a\r\nX-B: b"}, {"X\r\nB": "b"}, {"": "b"}, {"X-A": "\u20ac"}, {"X A": "b"}, {"X-A": "b\x00"}]
)
def test_a_header_that_would_be_two_is_none(header: dict[str, str]) -> None:
    with pytest.raises(UsageError, match="has a character that no header can have"):
        Straight(reached("http://grafana.invalid"), 1, header)
