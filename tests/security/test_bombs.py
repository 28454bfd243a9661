"""Files and answers that are too much: one clear error each, in bounded memory and time."""

import gzip
import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cli import reading
from cli.deploy import journal
from cli.grafana import asking
from tests.listening import listening
from tests.push.building import Build, page
from tests.push.odd_server import HEALTH, OK, answer, odd_server
from tests.security.conftest import Say
from tests.security.hostile import clean
from tests.stand_in import StandIn

#: As deep as orjson reads, as it writes, as Python calls, and more than any.
DEPTHS = (120, 200, 260, 900, 1020, 100_000)
FILES = ("build/manifest.json", "build/dashboards/api.json", "plan.json", "pulled/manifest.json", "push.json", "before")
COMMANDS = {
    "build/manifest.json": ("push", "status", "diff", "doctor", "plan --out other.json"),
    "build/dashboards/api.json": ("push", "status", "diff", "plan --out other.json"),
    "plan.json": ("push plan.json",),
    "pulled/manifest.json": ("pull", "push --build pulled", "diff pulled"),
    "push.json": ("rollback", "rollback --list"),
    "before": ("rollback", "rollback --list"),
}


def _deep(levels: int, sign: str = "[]") -> Any:
    key = '"a":' if sign == "{}" else ""
    return (sign[0] + key) * levels + "1" + sign[1] * levels


@pytest.fixture
def bombed(say: Say, build: Build) -> Callable[[str, Callable[[Path], object]], None]:
    """Put something in the place of a file, and run what reads it."""

    def run(file: str, put: Callable[[Path], object]) -> None:
        build.put(page("api"))
        say("push")
        build.put(page("api", "Next"))
        say("plan", "--out", "plan.json")
        say("push")
        say("pull")
        newest = journal.FOLDER / journal.names(journal.FOLDER)[0]
        path = {"push.json": newest / "push.json", "before": newest / "pages" / "api.json"}.get(file, Path(file))
        path.unlink()
        put(path)
        for words in COMMANDS[file]:
            said = clean(say(*words.split()))
            assert said.code in (2, 3) or words == "doctor", said
            assert len(said.out + said.err) < 2000
        path.unlink(missing_ok=True)

    return run


@pytest.mark.parametrize("profile", ["g9"])
@pytest.mark.parametrize("file", FILES)
def test_a_file_that_is_too_much(bombed: Any, file: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for levels in (200, 1020, 100_000):
        bombed(file, lambda path, levels=levels: path.write_text(_deep(levels, "{}")))
    bombed(file, lambda path: path.write_text(json.dumps(page("api")).replace('"About"', _deep(900))))
    bombed(file, os.mkfifo)
    bombed(file, lambda path: path.symlink_to("/dev/zero"))
    bombed(file, lambda path: path.write_bytes(b"\xff\xfe\0"))
    bombed(file, lambda path: path.write_text("1" * 5000))
    monkeypatch.setattr(reading, "LARGEST", 10_000)
    bombed(file, lambda path: path.write_text(json.dumps({"type": "plan", "uid": "api", "a": " " * 10_001})))


def test_what_is_small_enough_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.json"
    file.write_text("[1]")
    monkeypatch.setattr(reading, "LARGEST", 3)
    assert reading.in_file(file) == [1]
    monkeypatch.setattr(reading, "LARGEST", 2)
    with pytest.raises(ValueError, match="larger than"):
        reading.in_file(file)


@pytest.mark.parametrize("levels", [80, 93, 94, 103, 110, 240])
def test_what_can_be_read_can_be_written_with_what_is_put_around_it(
    say: Say, build: Build, grafana: StandIn, levels: int
) -> None:
    """A page is read, compared, planned, kept in a journal and pulled, or none of that."""
    for title in ("Api", "Next"):
        build.put(page("api", title, links=json.loads(_deep(levels))))
        pushed = clean(say("push", "--on-conflict", "overwrite"))
        assert pushed.code == (3 if levels > 93 else 0), pushed  # 254 less two margins, and its own
        grafana_has = grafana.page("api") is not None
        clean(say("plan", "--out", "plan.json"))
        if grafana_has:
            grafana.edit("api", lambda model: model.update(description="By hand"))
        for words in ("push --on-conflict merge", "status", "diff", "pull --into pulled", "rollback"):
            assert clean(say(*words.split())).code in (0, 1, 2, 3, 5)


@pytest.mark.parametrize("profile", ["g9"])
def test_a_line_of_a_journal_that_is_too_deep_is_no_line(say: Say, build: Build) -> None:
    build.put(page("api"))
    say("push")
    with (journal.FOLDER / journal.names(journal.FOLDER)[0] / journal.LINES).open("a") as lines:
        lines.write(f"{_deep(100_000)}\n")

    assert clean(say("rollback")).results == {"api": "deleted"}


@pytest.mark.parametrize("levels", DEPTHS)
def test_a_page_of_a_grafana_that_is_too_deep_is_an_error_of_that_page(
    say: Say, build: Build, grafana: StandIn, levels: int
) -> None:
    build.put(page("api"))
    build.put(page("app"))
    say("push")
    said = json.dumps({"dashboard": {**page("api"), "version": 1}, "meta": {}, "spec": {}, "metadata": {}})
    body = said.replace('"About"', _deep(levels))
    for path in ("/uid/api$", "/dashboards/api$"):
        grafana.faults.add(
            "GET", path, times=10**6, status=200, body=body, headers={"Content-Type": "application/json"}
        )

    for words in ("push", "status", "diff", "pull", "plan --out plan.json"):
        ended = clean(say(*words.split()))
        assert ended.code in (0, 1, 4, 5, 6), ended


@pytest.mark.parametrize("refresh", ["9" * 400 + "s", "9" * 5000 + "s", "1m" * 5000, "9" * 5000 + "x", "\0"])
def test_a_refresh_that_no_clock_has(say: Say, build: Build, grafana: StandIn, refresh: str) -> None:
    grafana.require_refresh("10s")
    build.put(page("api", refresh=refresh))

    for words in ("push", "status", "diff", "push"):
        assert clean(say(*words.split())).code in (0, 1, 4)


@contextmanager
def _flood(head: bytes, piece: bytes) -> Iterator[tuple[str, list[int]]]:
    """A server that sends one thing for as long as anybody takes it, and how much of it was taken."""
    taken = [0]

    def speak(connection: socket.socket) -> None:
        connection.recv(65536)
        connection.sendall(head)
        while taken[0] < 2**30:
            connection.sendall(piece)
            taken[0] += len(piece)

    with listening(speak) as port:
        yield f"http://127.0.0.1:{port}", taken


CHUNK = b"%x\r\n%s\r\n" % (2**16, b" " * 2**16)


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (OK + b"Content-Length: 500000000\r\n\r\n", b" " * 2**16),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n", CHUNK),
        (OK + b"\r\n", b" " * 2**16),
        (b"HTTP/1.1 200 OK\r\n", b"X-A: %s\r\n" % (b"a" * 1000)),
        (b"HTTP/1.1 200 " + b"a" * 100_000, b"a" * 2**16),
        (b"", b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"),
    ],
    ids=["length", "chunked", "until it closes", "headers", "status line", "early hints"],
)
def test_a_grafana_that_does_not_stop_talking(
    bare: Say, build: Build, monkeypatch: pytest.MonkeyPatch, head: bytes, piece: bytes
) -> None:
    monkeypatch.setattr(reading, "LARGEST", 2**20)
    build.put(page("api"))
    with _flood(head, piece) as (url, taken):
        said = clean(bare("push", "--url", url, "--token", "x", "--api", "legacy"))

    assert said.code == 4
    assert taken[0] < 100 * 2**20


def test_a_small_answer_that_unpacks_into_a_large_one(bare: Say, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 2**20)
    build.put(page("api"))
    packed = answer(gzip.compress(b" " * 2**27, 1), head=OK + b"Content-Encoding: gzip\r\n")
    with odd_server(lambda _: packed) as url:
        said = clean(bare("push", "--url", url, "--token", "x"))

    assert said.code == 4


def test_a_list_that_does_not_end(bare: Say, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "ENDLESS", 20)
    build.put(page("api"))
    asked: list[str] = []

    def say(line: str) -> bytes:
        asked.append(line)
        hits = [{"uid": f"u{len(asked)}-{n}", "title": "A"} for n in range(5000)]
        return answer(HEALTH if "health" in line else json.dumps(hits).encode())

    with odd_server(say) as url:
        said = clean(bare("pull", "--url", url, "--token", "x", "--api", "legacy"))

    assert said.code == 4
    assert "does not come to an end" in said.err
    assert len(asked) < 30


@pytest.mark.parametrize(
    "head",
    [
        b"Retry-After: Mon, 01 Jan 0001 00:00:00 +9999999999999999999",
        b"Retry-After: " + b"9" * 5000,
        b"Date: Mon, 01 Jan 99999999999 00:00:00 GMT\r\nRetry-After: Mon, 32 Foo 0 0:0:0 -0000",
        b"Date: Mon, 01 Jan 2026 00:00:00 +99999999999999999999\r\nRetry-After: -1",
    ],
)
@pytest.mark.parametrize("status", [200, 429, 503])
def test_times_that_no_clock_has(bare: Say, build: Build, head: bytes, status: int) -> None:
    build.put(page("api"))
    start = b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\n%s\r\n" % (status, head)
    with odd_server(lambda _: answer(HEALTH, head=start)) as url:
        for command in ("push", "doctor"):
            assert clean(bare(command, "--url", url, "--token", "x")).code in (1, 4)
