"""A service of `compose.yaml`, run here without a container: the same mounts, command and question if it is ready."""

import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import orjson
import pytest

from tests.listening import free_port

STARTED_WITHIN = 60.0
PROGRAMS = {"prometheus": shutil.which("prometheus"), "alertmanager": shutil.which("prometheus-alertmanager")}
WHY_NOT = "no prometheus and prometheus-alertmanager on PATH: apt-get install both"
NEEDS_PROGRAMS = pytest.mark.skipif(not all(PROGRAMS.values()), reason=WHY_NOT)


def written(files: Mapping[str, bytes], folder: Path) -> Path:
    """The files, in a build folder."""
    for file, text in files.items():
        place = folder / file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text)
    return folder


def mounted(service: Mapping[str, Any], build: Path, root: Path) -> list[str]:
    """The command of the service, its mounts put below a folder that stands for the container's root."""
    for source, inside, *_ in (volume.split(":") for volume in service["volumes"]):
        place = root / inside.lstrip("/")
        place.parent.mkdir(parents=True, exist_ok=True)
        if source.startswith(".."):
            shutil.copytree(build / "compose" / source, place)
        else:
            place.mkdir()
    return [word.replace("=/", f"={root}/", 1) for word in service["command"]]


@contextmanager
def running(name: str, service: Mapping[str, Any], build: Path, root: Path) -> Iterator["Asked"]:
    """The service, once its own health check says that it is ready."""
    command, port = mounted(service, build, root), free_port()
    own = {"alertmanager": ["--cluster.listen-address="]}.get(name, [])
    words = [str(PROGRAMS[name]), *command, *own, f"--web.listen-address=127.0.0.1:{port}"]
    log = root / "log"
    with log.open("wb") as out:
        how: dict[str, Any] = {"stdout": out, "stderr": subprocess.STDOUT, "cwd": root}
        process = subprocess.Popen(words, **how)
    try:
        asked = Asked(port)
        ready = "/" + service["healthcheck"]["test"][-1].split("/", 3)[3]
        until = time.monotonic() + STARTED_WITHIN
        while not asked.answers(ready):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < until, log.read_text(encoding="utf-8")
            time.sleep(0.05)
        yield asked
    finally:
        process.terminate()
        process.wait(timeout=STARTED_WITHIN)


class Asked:
    """A process on a port of this machine."""

    def __init__(self, port: int) -> None:
        self.port = port

    def answers(self, path: str) -> bool:
        """Whether it says 200."""
        try:
            return self._get(path)[0] == 200
        except OSError:
            return False

    def get(self, path: str) -> Any:
        """What it says, as JSON."""
        return orjson.loads(self._get(path)[1])

    def _get(self, path: str) -> tuple[int, bytes]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()
