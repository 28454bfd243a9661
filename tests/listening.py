"""A free port of the loopback, and a server that speaks whatever bytes a test wants."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """One that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def listening(speak: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port where one connection after the other is taken, spoken with and let go; who hangs up is no error."""
    server = socket.create_server((LOOPBACK, 0))

    def serve() -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                with connection, suppress(OSError):
                    speak(connection)

    thread = Thread(target=serve)
    thread.start()
    try:
        yield server.getsockname()[1]
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join()
