"""Ways to a Grafana over TLS: through a proxy's tunnel, and with files that are none."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread

import pytest

from cli.errors import UsageError
from cli.grafana.failure import NeverSent
from cli.grafana.wire import Wire
from tests.grafana.conftest import HUSH, reached
from tests.listening import listening
from tests.push.odd_server import CERTIFICATE, HEALTH, answer, odd_server

PATH = "/api/health"


@contextmanager
def _proxy(status: bytes = b"200 Connection established") -> Iterator[tuple[str, list[str]]]:
    """A proxy that makes tunnels, and what it heard."""
    heard: list[str] = []

    def carry(one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while said := one.recv(65536):
                other.sendall(said)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)

    def speak(line: socket.socket) -> None:
        head = b""
        while b"\r\n\r\n" not in head:
            head += line.recv(1)
        heard.extend(head.decode().split("\r\n")[:-2])
        line.sendall(b"HTTP/1.1 " + status + b"\r\n\r\n")
        if not status.startswith(b"2"):
            return
        with socket.create_connection(("localhost", int(heard[0].split()[1].split(":")[1]))) as other:
            back = Thread(target=carry, args=(other, line))
            back.start()
            carry(line, other)
            back.join()

    with listening(speak) as port:
        yield f"http://me:s3%40cret@localhost:{port}", heard


def test_a_tunnel_leads_to_a_grafana_over_tls() -> None:
    with odd_server(lambda _: answer(HEALTH), tls=True) as url, _proxy() as (proxy, heard):
        with Wire(reached(url, ca=str(CERTIFICATE), proxy=proxy), 1) as grafana:
            assert grafana.get(PATH).fields["version"] == "9.4.0"

        place = url.removeprefix("https://")
    assert heard[0].startswith(f"CONNECT {place} HTTP/1.")
    assert "Proxy-Authorization: Basic bWU6czNAY3JldA==" in heard


def test_tls_within_tls_is_refused_before_anything_is_asked() -> None:
    with pytest.raises(UsageError, match=r"a proxy that is reached by https:// lets nothing through to https://"):
        Wire(reached("https://localhost", proxy=f"https://me:{HUSH}@localhost:1"), 1)


def test_a_tunnel_that_is_refused_is_the_proxys_fault_and_asked_for_again() -> None:
    with (
        _proxy(b"407 Who are you") as (proxy, heard),
        Wire(reached("https://localhost", proxy=proxy), 1) as grafana,
        pytest.raises(NeverSent, match="the proxy"),
    ):
        grafana.post(PATH, {})

    assert sum(line.startswith("CONNECT") for line in heard) == 4
    assert not any(HUSH in line for line in heard)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"ca": "empty.pem"}, "the CA certificate is none that we can read"),
        ({"certificate": "empty.pem"}, "the client certificate with its key is none that we can read"),
        ({"certificate": str(CERTIFICATE), "key": "empty.pem"}, "the client certificate with its key is none"),
    ],
)
def test_a_file_that_holds_no_certificate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: dict[str, str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty.pem").write_bytes(b"")
    with pytest.raises(UsageError, match=said):
        Wire(reached("https://localhost:1", **more), 1)
