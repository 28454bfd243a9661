"""Faults that a test orders: wrong answers, broken connections, delays, and others who come in between."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Lock
from typing import Any, Literal

from tests.stand_in.answers import HTML, JSON, Answer, Ending, dumped
from tests.stand_in.calls import Request

Hook = Callable[[], object]
#: An answer that ends in the middle: of what its Content-Length promises, or of its JSON.
Half = Literal["", "length", "json"]
SUCCESS = Answer(200, '{"status":"success","uid":"page","version":1}')


@dataclass(frozen=True)
class Fault:
    """What happens to some requests instead of, or besides, a proper answer."""

    method: str  # a regular expression for the whole method
    path: str  # one to be found in the path with its query
    nth: int = 1  # the first matching request that is struck, counted from when it was added
    times: int = 1  # how many in a row are struck
    outcome: Answer | Ending | None = None
    half: Half = ""
    applied: bool = False  # after the server has done its work, as a retry would find out
    delay: float = 0.0  # seconds; alone, the request is then served as usual
    before: Hook | None = None
    between: Hook | None = None
    after: Hook | None = None

    def matches(self, request: Request) -> bool:
        """Whether the request is of the kind."""
        return bool(re.fullmatch(self.method, request.method) and re.search(self.path, request.path))

    def said(self, done: Answer | None) -> Answer | Ending:
        """What is said in place of the answer, if the server has done anything."""
        if self.half:
            whole = done or SUCCESS
            if self.half == "length":
                return replace(whole, is_half=True)
            return replace(whole, text=whole.text[: len(whole.text) // 2])
        return self.outcome or done or SUCCESS


@dataclass
class Faults:
    """The faults that wait for their requests."""

    _lock: Lock = field(default_factory=Lock)
    _seen: dict[int, int] = field(default_factory=dict)  # index of a fault -> matching requests
    _all: list[Fault] = field(default_factory=list)

    def add(
        self,
        method: str = ".*",
        path: str = "",
        *,
        nth: int = 1,
        times: int = 1,
        status: int | None = None,
        body: Any = "",
        headers: Mapping[str, str] | None = None,
        drop: bool = False,
        reset: bool = False,
        silent: bool = False,
        half: Half = "",
        applied: bool = False,
        delay: float = 0.0,
        before: Hook | None = None,
        between: Hook | None = None,
        after: Hook | None = None,
    ) -> Fault:
        """Order a fault; one without method and path counts every request.

        Args:
            method: a regular expression for the whole method.
            path: a regular expression to be found in the path with its query.
            nth: which matching request is the first to be struck.
            times: how many in a row are.
            status: answer this instead.
            body: with that answer: text (sent as HTML), or a value (sent as JSON).
            headers: with that answer, as Retry-After, Location or another Content-Type.
            drop: close the connection without an answer.
            reset: break the connection without an answer.
            silent: never answer, and keep the connection open until the client closes it.
            half: end in the middle of the answer: of the length that it says, or of its JSON.
            applied: do what the request asks for all the same, before the fault.
            delay: wait so many seconds.
            before: call this first; it may itself ask the server.
            between: call this in the middle of a save, after its check of the version and before its write;
                in memory, as `lambda: grafana.edit(...)`, for the server stands still.
            after: call this when the request is done and nothing is answered yet; it may itself ask the server.
        """
        endings = {Ending.CLOSED: drop, Ending.RESET: reset, Ending.SILENT: silent}
        outcome: Answer | Ending | None = next((ending for ending, is_meant in endings.items() if is_meant), None)
        if status is not None:
            outcome = _answer(status, body, headers or {})
        elif half and not applied:
            outcome = SUCCESS
        fault = Fault(method, path, nth, times, outcome, half, applied, delay, before, between, after)
        with self._lock:
            self._all.append(fault)
        return fault

    def strike(self, request: Request) -> Fault | None:
        """The fault that this request meets; every matching one counts it."""
        struck = None
        with self._lock:
            for index, fault in enumerate(self._all):
                if fault.matches(request):
                    seen = self._seen[index] = self._seen.get(index, 0) + 1
                    if struck is None and fault.nth <= seen < fault.nth + fault.times:
                        struck = fault
        return struck

    def clear(self) -> None:
        """Order nothing any more."""
        with self._lock:
            self._all.clear()
            self._seen.clear()

    @property
    def waiting(self) -> list[Fault]:
        """The faults that have not struck as often as they were ordered to."""
        with self._lock:
            return [
                fault for index, fault in enumerate(self._all) if self._seen.get(index, 0) < fault.nth + fault.times - 1
            ]


def kinds_of_fault() -> dict[str, dict[str, Any]]:
    """Everything that can go wrong on the way, by name, as arguments of `add`; a date is in two seconds."""
    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True)
    slow = {"status": 429, "body": {"message": "too many requests"}}
    return {
        "closed": {"drop": True},
        "reset": {"reset": True},
        "timeout": {"silent": True},
        "429 in seconds": {**slow, "headers": {"Retry-After": "2"}},
        "429 with a date": {**slow, "headers": {"Retry-After": moment}},
        "500": {"status": 500, "body": {"message": "Internal Server Error", "traceID": ""}},
        "502 in HTML": {"status": 502, "body": "<html><h1>502 Bad Gateway</h1></html>"},
        "503": {"status": 503, "body": {"message": "Service Unavailable"}, "headers": {"Retry-After": "1"}},
        "504 without a word": {"status": 504},
        "half an answer": {"half": "length"},
        "half a JSON": {"half": "json"},
    }


def _answer(status: int, body: Any, headers: Mapping[str, str]) -> Answer:
    text, kind = (body, HTML) if isinstance(body, str) else (dumped(body), JSON)
    others = {name: value for name, value in headers.items() if name.lower() != "content-type"}
    kinds = [value for name, value in headers.items() if name.lower() == "content-type"]
    return Answer(status, text, kinds[0] if kinds else kind, others)
