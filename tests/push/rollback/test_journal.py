"""A journal: written before anything is, read by nobody else, and no secret in it."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import orjson
import pytest

from cli.deploy import journal
from tests.push.browser import title_of
from tests.push.building import Build, Push, page
from tests.stand_in import Snapshot, StandIn


@contextmanager
def _no_room(part: str, *, times: int = 99) -> Iterator[None]:
    """There is no room for files of this name, or only for half of what is to be written, so many times."""
    struck: list[Any] = []
    real = os.open

    def full(path: Any, *more: Any, **named: Any) -> int:
        if part in str(path) and len(struck) < times:
            struck.append(path)
            Path(path).write_bytes(b'{"page": {"ui')
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return real(path, *more, **named)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("os.open", full)
        yield


@pytest.mark.parametrize("part", [journal.HEAD, journal.PAGES, journal.LINES])
def test_what_cannot_be_kept_is_not_overwritten(build: Build, push: Push, grafana: StandIn, part: str) -> None:
    build.put(page("api", "First"))
    push()
    build.put(page("api", "Second"))

    with _no_room(part):
        said = push()

    assert said.results == {"api": "failed"}
    assert said.code == 2
    assert "cannot be saved before it is overwritten: No space left on device" in said.why("api")
    assert title_of(grafana, "api") == "First"
    assert push().results == {"api": "updated"}


@pytest.mark.parametrize("file", [journal.HEAD, journal.LINES])
def test_what_did_not_fit_spoils_nothing_that_fits(
    build: Build, told: Push, push: Push, grafana: StandIn, *, pushes: Path, file: str
) -> None:
    """The first page's line is half when there is room again for the second's."""
    build.put(page("a", "First"))
    build.put(page("b", "First too"))
    push()
    build.put(page("a", "Second"))
    build.put(page("b", "Second too"))
    with _no_room(file, times=1):
        said = push("--jobs", "1")
    assert said.results == {"a": "failed", "b": "updated"}

    assert told("rollback").results == {"b": "updated"}
    assert (title_of(grafana, "a"), title_of(grafana, "b")) == ("First", "First too")
    assert orjson.loads((pushes / journal.names(pushes)[1] / journal.LINES).read_bytes().splitlines()[-1])


def test_nobody_else_reads_a_journal_and_no_secret_is_in_it(
    build: Build, dash: Push, say: Push, grafana: StandIn, pushes: Path
) -> None:
    token = grafana.token("Admin")
    build.put(page("api", "First"), "AI")
    dash(url=grafana.url, token=token)
    build.put(page("api", "Second"), "AI")
    dash(url=grafana.url, token=token)
    say("rollback", url=grafana.url, token=token)

    found = sorted(pushes.rglob("*"))

    assert len(found) > 10
    for one in found:
        mode = stat.S_IMODE(one.stat().st_mode)
        assert mode == (0o700 if one.is_dir() else 0o600), one
        assert one.is_dir() or token.encode() not in one.read_bytes()
    assert not list(pushes.rglob("*.part"))


def test_a_journal_is_json_that_a_person_can_read(build: Build, push: Push, pushes: Path) -> None:
    build.put(page("api", "First"))
    push()
    build.put(page("api", "Second"))
    push()

    kept = (pushes / journal.names(pushes)[0] / "pages" / "api.json").read_text(encoding="utf-8")

    assert '    "title": "First"' in kept
    assert orjson.loads(kept)["page"]["uid"] == "api"


def test_a_push_that_writes_nothing_leaves_no_journal(build: Build, push: Push, pushes: Path) -> None:
    build.put(page("api"))
    push("--dry-run")
    assert not pushes.exists()
    push()
    push()

    assert len(journal.names(pushes)) == 1


def test_names_of_pages_stay_in_the_journals_folder(
    build: Build, push: Push, told: Push, grafana: StandIn, pushes: Path
) -> None:
    uids = ("UP", "up", "con")
    before: list[Snapshot] = []
    for title in ("first", "second"):
        for uid in uids:
            build.put(page(uid, f"{uids.index(uid)} {title}"))
        push()
        before.append(grafana.state)

    kept = list((pushes / journal.names(pushes)[0] / "pages").iterdir())
    assert len({one.name.lower() for one in kept}) == len(uids)
    assert told("rollback").code == 0
    assert grafana.state == before[0]
