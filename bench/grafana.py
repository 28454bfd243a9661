"""A Grafana that costs next to nothing: `python -m bench.grafana g11 0.02` says its URL and a token, and then serves.

What a Grafana takes is not ours to measure, and here it would take it from the very cores that we are measured on. So
whatever was asked before is answered with the bytes of then, until somebody writes; what is new the stand-in answers,
in the same thread and with nobody looking for garbage. Every request takes as long as is said, what its answer costs
here included, and none waits for another. It ends with its standard input.
"""

import asyncio
import gc
import sys
from http import HTTPStatus
from typing import cast

from tests.stand_in import ProfileName, Request, StandIn
from tests.stand_in.answers import Answer

END = b"\r\n\r\n"


class Grafana(StandIn):
    """The stand-in, asked without its own HTTP."""

    def __init__(self, profile: ProfileName) -> None:
        super().__init__(profile)
        self._known: dict[str, bytes] = {}

    def said(self, request: Request) -> bytes:
        """The answer as it goes over the wire."""
        asks = request.method == "GET"
        if asks and request.path in self._known:
            return self._known[request.path]
        answer = self._respond(request)
        if not isinstance(answer, Answer):
            raise TypeError("nobody ordered a fault")
        body = answer.text.encode()
        lines = {"Content-Type": answer.content_type, "Content-Length": str(len(body)), **answer.headers}
        head = "".join(f"{name}: {said}\r\n" for name, said in lines.items())
        text = f"HTTP/1.1 {answer.status} {HTTPStatus(answer.status).phrase}\r\n{head}\r\n".encode() + body
        if asks:
            self._known[request.path] = text
        else:
            self._known.clear()
        return text


class Line(asyncio.Protocol):
    """One connection."""

    def __init__(self, grafana: Grafana, latency: float) -> None:
        self._grafana, self._latency, self._heard = grafana, latency, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        """A part of a question, or all of it; the next one comes after the answer."""
        loop = asyncio.get_running_loop()
        due = loop.time() + self._latency
        self._heard += data
        head, end, body = self._heard.partition(END)
        if not end:
            return
        first, *lines = head.decode().split("\r\n")
        headers = {name.lower(): said.strip() for name, _, said in (line.partition(":") for line in lines)}
        if len(body) < int(headers.get("content-length", 0)):
            return
        self._heard = b""
        method, path, _ = first.split(" ")
        text = self._grafana.said(Request(method, path, headers, body))
        loop.call_at(due, self._transport.write, text)


async def _serve(profile: str, latency: float) -> None:
    loop, grafana = asyncio.get_running_loop(), Grafana(cast("ProfileName", profile))
    server = await loop.create_server(lambda: Line(grafana, latency), "127.0.0.1", 0)
    sys.stdout.write(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]} {grafana.token()}\n")
    sys.stdout.flush()
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    gc.disable()
    asyncio.run(_serve(sys.argv[1], float(sys.argv[2])))
