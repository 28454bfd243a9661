"""An app is asked as a server would ask it: once, until it has answered, and no longer than that."""

import asyncio
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.responses import StreamingResponse

from queries.instrument import Instruments, assert_exports
from queries.instruments import asked as door
from tests.instrument import shop

TEXT = b"content-type", b"text/plain; version=0.0.4"


@pytest.fixture
def told() -> bytes:
    """A page that has the whole catalog."""
    inst = Instruments(shop)
    inst[shop.SCORE].set(1)
    inst[shop.READY].set(1)
    return inst.exposition()[0]


def answering(body: bytes, *headers: tuple[bytes, bytes]) -> door.App:
    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return app


def test_a_page_that_is_streamed_is_read_whole(told: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "LONGEST", 5)
    app = FastAPI()

    @app.get("/metrics")
    def page() -> StreamingResponse:
        return StreamingResponse(iter([told[:100], told[100:]]), media_type="text/plain")

    assert_exports(app, shop)


def test_the_client_goes_only_when_the_answer_is_through(told: bytes) -> None:
    heard: list[str] = []

    async def app(_scope: Any, receive: Any, send: Any) -> None:
        heard.append((await receive())["type"])
        gone = asyncio.ensure_future(receive())
        await send({"type": "http.response.start", "status": 200, "headers": [TEXT]})
        await asyncio.sleep(0.01)
        assert not gone.done()
        await send({"type": "http.response.body", "body": told})
        heard.append((await gone)["type"])

    assert_exports(app, shop)
    assert heard == ["http.request", "http.disconnect"]


def test_an_app_that_never_answers_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "LONGEST", 0.05)

    async def waits(_scope: Any, _receive: Any, _send: Any) -> None:
        await asyncio.sleep(60)

    async def silent(_scope: Any, _receive: Any, _send: Any) -> None:
        pass

    with pytest.raises(AssertionError, match=r"does not answer within 0\.05 s"):
        assert_exports(waits, shop)
    with pytest.raises(AssertionError, match="does not answer"):
        assert_exports(silent, shop)


@pytest.mark.parametrize("headers", [[], [(b"Content-Type", b"text/html; charset=utf-8")]])
def test_a_page_of_another_content_type_is_none_that_prometheus_reads(
    headers: list[tuple[bytes, bytes]], told: bytes
) -> None:
    assert_exports(answering(told, TEXT), shop)
    with pytest.raises(AssertionError, match=r"content type|text/html"):
        assert_exports(answering(told, *headers), shop)
