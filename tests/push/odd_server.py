"""A server that answers whatever bytes a test wants, with or without TLS."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.listening import listening

HERE = Path(__file__).parent
CERTIFICATE, KEY = HERE / "fixtures" / "localhost.pem", HERE / "fixtures" / "localhost.key"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
TLS_HELLO = b"\x16\x03"
HEALTH = b'{"database": "ok", "version": "9.4.0"}'


def answer(body: bytes, *, length: int | None = None, head: bytes = OK) -> bytes:
    """An answer that closes its connection; `length` may lie."""
    size = len(body) if length is None else length
    return b"%sContent-Length: %d\r\nConnection: close\r\n\r\n%s" % (head, size, body)


@contextmanager
def odd_server(say: Callable[[str], bytes], *, tls: bool = False) -> Iterator[str]:
    """Serve on a free port; `say` makes the answer from the first line of the request."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if tls else None
    if context:
        context.load_cert_chain(CERTIFICATE, KEY)

    def speak(connection: socket.socket) -> None:
        _speak(context.wrap_socket(connection, server_side=True) if context else connection, say)

    with listening(speak) as port:
        yield f"{'https' if tls else 'http'}://localhost:{port}"


def _speak(connection: socket.socket, say: Callable[[str], bytes]) -> None:
    with connection:
        heard = b""
        while b"\r\n\r\n" not in heard and not heard.startswith(TLS_HELLO):
            heard += (more := connection.recv(65536))
            if not more:
                return
        connection.sendall(say(heard.split(b"\r\n", 1)[0].decode(errors="replace")))
        connection.shutdown(socket.SHUT_WR)
