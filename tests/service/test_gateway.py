"""Before the backend stands a simulated nginx, and its exporter is the real one."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest

from examples.ai_service import machine
from examples.ai_service.apps.ai_app import JOB as BACKEND
from examples.ai_service.gateway import STATUS, Gateway
from examples.ai_service.serving import serving
from examples.ai_service.surroundings import around
from queries.ai_app.metrics import PROXY
from queries.ml_serving.metrics import NODE
from tests.service.town import QUICK, Town, lived

NEEDS_EXPORTER = pytest.mark.skipif(
    not machine.known("http://somewhere")[1].program, reason="no prometheus-nginx-exporter is installed here"
)
NEEDS_NODE = pytest.mark.skipif(not machine.known()[0].program, reason="no node exporter is installed here")


def test_its_page_is_that_of_nginx_and_counts_what_goes_through() -> None:
    async def story(town: Town) -> None:
        for _ in range(3):
            await town.ask(BACKEND, "GET", "/")

        said = await town.ask(BACKEND, "GET", STATUS)

        assert said.text == (
            "Active connections: 1 \nserver accepts handled requests\n 4 4 4 \nReading: 0 Writing: 1 Waiting: 0 \n"
        )
        assert await town.value(BACKEND, "http_requests_total", endpoint="/") == 3
        assert STATUS not in (await town.exposed(BACKEND)).decode()

    lived(story)


def test_what_is_under_way_is_a_connection_until_it_fails_too() -> None:
    async def story() -> None:
        at_work, go_on = asyncio.Event(), asyncio.Event()

        async def slow(*_: object) -> None:
            at_work.set()
            await go_on.wait()
            raise ValueError("mine")

        client = httpx.AsyncClient(transport=httpx.ASGITransport(app=Gateway(slow)), base_url="http://test")
        under_way = asyncio.create_task(client.get("/generate"))
        await at_work.wait()
        assert (await client.get(STATUS)).text.startswith("Active connections: 2 \n")
        go_on.set()
        with pytest.raises(ValueError, match="mine"):
            await under_way
        assert (await client.get(STATUS)).text.startswith("Active connections: 1 \n")

    asyncio.run(story())


@NEEDS_EXPORTER
def test_its_exporter_tells_what_it_reads_there() -> None:
    async def story() -> None:
        surroundings = around(QUICK)
        async with serving(surroundings), httpx.AsyncClient() as client:
            for _ in range(5):
                await client.get(f"http://{surroundings.targets[BACKEND][0]}/")
            [address] = surroundings.targets[PROXY.job]
            said = (await client.get(f"http://{address}/metrics")).text.splitlines()

        assert "nginx_up 1" in said
        [requests] = [float(one.split()[1]) for one in said if one.startswith("nginx_http_requests_total ")]
        assert requests >= 6

    asyncio.run(story())


def test_where_pages_are_guarded_there_is_none_and_nobody_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    @asynccontextmanager
    async def noticed(_host: str, _port: int, status: str = "") -> AsyncIterator[dict[str, list[str]]]:
        read.append(status)
        yield {}

    monkeypatch.setattr("examples.ai_service.serving.exporters", noticed)

    async def story(token: str) -> int:
        surroundings = around(replace(QUICK, metrics_token=token))
        async with serving(surroundings), httpx.AsyncClient() as client:
            address = surroundings.targets[BACKEND][0]
            answer = await client.get(f"http://{address}{STATUS}")
        assert read.pop() == ("" if token else f"http://{address}{STATUS}")
        return answer.status_code

    assert [asyncio.run(story(token)) for token in ("", "secret")] == [200, 404]
    assert not machine.known()[1].program


def test_where_no_exporter_is_installed_none_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)

    async def story() -> None:
        surroundings = around(QUICK)
        async with serving(surroundings):
            assert not surroundings.targets.keys() & {NODE.job, PROXY.job}

    asyncio.run(story())


@NEEDS_NODE
def test_whose_port_is_taken_takes_another() -> None:
    async def story() -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            async with machine.exporters("127.0.0.1", port) as targets, httpx.AsyncClient() as client:
                assert targets[NODE.job] != [f"127.0.0.1:{port}"]
                assert "node_cpu_seconds_total" in (await client.get(f"http://{targets[NODE.job][0]}/metrics")).text

    asyncio.run(story())
