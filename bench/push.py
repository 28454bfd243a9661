"""Pushing 1,000 pages of 30 panels to a server that takes 20 ms a request; beside a loop over grafana-client."""

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

import orjson
from grafana_client.api import GrafanaApi
from grafana_client.client import TokenAuth

import cli.main  # noqa: F401 - the command tells Python how often to look for garbage, and so does this
from bench import ours
from cli.artifact import digest, text
from cli.artifact.manifest import Manifest, PageEntry
from cli.deploy.compare import is_word_for_word, same
from cli.deploy.normalise import compare
from cli.deploy.planning import Order
from cli.deploy.push import How, Push
from cli.grafana.address import Address, Credentials
from cli.grafana.connect import connected
from panels.grafana import to_grafana

ROOT = Path(__file__).parents[1]
PAGES, CHANGED, LOOPED = 1000, 200, 100
LATENCY = 0.02
ROUNDS = 3
PROJECT = "bench"
Figure = TypeVar("Figure")


def figures(figure: Callable[..., Figure]) -> list[Figure]:
    """All of them."""
    pages = [to_grafana(ours.dashboard(number)) for number in range(PAGES)]
    return [*_compared(figure, pages), *_pushed(figure, pages, "g11"), *_pushed(figure, pages, "g13")]


def _compared(figure: Callable[..., Figure], pages: Sequence[dict[str, Any]]) -> list[Figure]:
    """Our own work, without any server."""
    live = [orjson.loads(orjson.dumps({**page, "id": 1, "version": 3})) for page in pages[:CHANGED]]
    files = [text.of(page) for page in pages[:CHANGED]]
    unchanged = {
        "as we write files": _each(lambda at: is_word_for_word(files[at], live[at])),
        "written in another way": _each(lambda at: same(orjson.loads(files[at]), live[at], lambda: "5s")),
    }
    for page in live:
        page["panels"][7]["title"] = "By hand"
    began = process_time()
    edits = sum(len(compare(page, other)) for page, other in zip(pages, live, strict=False))
    took = process_time() - began
    if edits != CHANGED:
        raise AssertionError(edits)
    return [
        *(figure(f"an unchanged page recognised, {how}: ms", took, "ms", 0.5) for how, took in unchanged.items()),
        figure("dash diff of 200 pages with an edit each: s of our own work", took, "s", 1),
    ]


def _each(is_unchanged: Callable[[int], bool]) -> float:
    """The milliseconds that one page takes, of several rounds the quickest."""
    taken = []
    for _ in range(ROUNDS):
        began = process_time()
        if not all(map(is_unchanged, range(CHANGED))):
            raise AssertionError("a page that is the same is not known again")
        taken.append((process_time() - began) / CHANGED * 1000)
    return min(taken)


def _pushed(figure: Callable[..., Figure], pages: Sequence[dict[str, Any]], profile: str) -> list[Figure]:
    with tempfile.TemporaryDirectory() as name, _server(profile) as (url, token):
        folder = Path(name)
        where = _address(url, token)
        _built(folder, pages, PAGES)
        _push(where, folder, 16)
        _push(where, folder, 16)  # from here on the server has its answers ready
        checked = {jobs: statistics.median(_push(where, folder, jobs) for _ in range(ROUNDS)) for jobs in (8, 16)}
        began = process_time()
        _push(where, folder, 8)
        own = process_time() - began
        found = [
            figure(f"{profile}: 1,000 unchanged pages checked, 8 connections: s", checked[8], "s", 3.5),
            figure(f"{profile}: 1,000 unchanged pages checked, 16 connections: s", checked[16], "s", 2),
            figure(f"{profile}: an unchanged page checked: ms of our own time", own / PAGES * 1000, "ms"),
            figure(f"{profile}: {CHANGED} changed pages pushed: s", _changed(where, folder, pages), "s", 2.5),
        ]
        if profile == "g11":
            looped = _looped(url, token, pages) * PAGES / LOOPED
            found.append(figure("a loop over grafana-client, 1,000 pages read: s", looped, "s"))
            found.append(figure("dash push / that loop", checked[8] / looped, "x", 1))
        return found


def _changed(where: Address, folder: Path, pages: Sequence[dict[str, Any]]) -> float:
    """The median of a few pushes of pages that say something new each time."""
    taken = []
    for number in range(ROUNDS):
        _built(folder, [{**page, "description": f"change {number}"} for page in pages[:CHANGED]], CHANGED)
        _push(where, folder, 8, dry_run=True)  # which asks the same questions, so that the server has its answers ready
        taken.append(_push(where, folder, 8))
    return statistics.median(taken)


def _built(folder: Path, pages: Sequence[dict[str, Any]], many: int) -> None:
    entries = []
    (folder / "dashboards").mkdir(parents=True, exist_ok=True)
    for number, page in enumerate(pages[:many]):
        uid = str(page["uid"])
        (folder / "dashboards" / f"{uid}.json").write_bytes(text.of(page))
        place = f"Team {number % 4}"
        entries.append(
            PageEntry(
                uid=uid,
                title=str(page["title"]),
                folder=place,
                file=f"dashboards/{uid}.json",
                digest=digest.of(page, place),
                source="bench.py:1",
            )
        )
    (folder / "manifest.json").write_bytes(Manifest(project=PROJECT, pages=tuple(entries)).dump())


def _push(where: Address, folder: Path, jobs: int, *, dry_run: bool = False) -> float:
    from cli.artifact.manifest import read  # noqa: PLC0415 - a part of what is timed

    began = perf_counter()
    with connected(where, connections=jobs) as grafana:
        push = Push(grafana, PROJECT, How(jobs=jobs, journals=folder / "pushes", dry_run=dry_run))
        report = push.carry_out(push.plan(Order(build=folder, project=PROJECT, jobs=jobs), read(folder).pages))
    took = perf_counter() - began
    if report.exit:
        raise AssertionError(report.counts)
    return took


def _looped(url: str, token: str, pages: Sequence[dict[str, Any]]) -> float:
    """What a script does: one page after the other."""
    untyped: Any = TokenAuth
    api: Any = GrafanaApi(untyped(token))
    api.client.url = f"{url}/api"
    began = perf_counter()
    for page in pages[:LOOPED]:
        api.dashboard.get_dashboard(page["uid"])
    return perf_counter() - began


def _address(url: str, token: str) -> Address:
    scheme, _, rest = url.partition("://")
    host, _, port = rest.partition(":")
    return Address(scheme, host, int(port), "", Credentials(token=token))


@contextmanager
def _server(profile: str) -> Iterator[tuple[str, str]]:
    """A process of its own, which ends with its standard input."""
    command = [sys.executable, "-m", "bench.grafana", profile, str(LATENCY)]
    with subprocess.Popen(  # noqa: S603 - every word is ours
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        if server.stdout is None:
            raise AssertionError("it has a standard output")
        url, token = server.stdout.readline().split()
        try:
            yield url, token
        finally:
            if server.stdin:
                server.stdin.close()
