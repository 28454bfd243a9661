"""What a program beside the service needs: a port that is nobody's, and an end where ours ends."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import sys
from collections.abc import Callable

#: Of prctl(2): the signal that a process gets when its parent is gone.
PR_SET_PDEATHSIG = 1


def ends_with_us() -> Callable[[], None] | None:
    """What a child does before it becomes the program; so nothing stays, also where we are killed. Linux only."""
    if sys.platform != "linux":
        return None
    control, parent = ctypes.CDLL(None).prctl, os.getpid()

    def ask() -> None:
        control(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # gone before we could ask
            os._exit(1)

    return ask


def free_port(host: str, wanted: int) -> int:
    """The port that is wanted, or any other where it is somebody's: then no other's answers are taken for ours."""
    for one in (wanted, 0):
        with socket.socket() as made:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                made.bind((host, one))
            except OSError:
                continue
            port: int = made.getsockname()[1]
            return port
    raise OSError(errno.EADDRINUSE, os.strerror(errno.EADDRINUSE), host)
