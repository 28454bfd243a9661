"""Faults that a test orders: wrong answers, dropped connections, delays."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from tests.stand_in.answers import HTML, JSON, Answer
from tests.stand_in.calls import Request


@dataclass(frozen=True)
class Fault:
    """What happens to some requests instead of, or besides, a proper answer."""

    method: str  # a regular expression for the whole method
    path: str  # one to be found in the path with its query
    nth: int = 1  # the first matching request that is struck, counted from when it was added
    times: int = 1  # how many in a row are struck
    answer: Answer | None = None
    drop: bool = False  # close the connection without a word
    applied: bool = False  # after the server has done its work, as a retry would find out
    delay: float = 0.0  # seconds; alone, the request is then served as usual

    def matches(self, request: Request) -> bool:
        """Whether the request is of the kind."""
        return bool(re.fullmatch(self.method, request.method) and re.search(self.path, request.path))


@dataclass
class Faults:
    """The faults that wait for their requests."""

    _lock: Lock = field(default_factory=Lock)
    _seen: dict[int, int] = field(default_factory=dict)  # index of a fault -> matching requests
    _all: list[Fault] = field(default_factory=list)

    def add(
        self,
        method: str,
        path: str,
        *,
        nth: int = 1,
        times: int = 1,
        status: int | None = None,
        body: Any = "",
        headers: Mapping[str, str] | None = None,
        drop: bool = False,
        applied: bool = False,
        delay: float = 0.0,
    ) -> Fault:
        """Order a fault.

        Args:
            method: a regular expression for the whole method.
            path: a regular expression to be found in the path with its query.
            nth: which matching request is the first to be struck.
            times: how many in a row are.
            status: answer this instead.
            body: with that answer: text (sent as HTML), or a value (sent as JSON).
            headers: with that answer, as Retry-After, Location or another Content-Type.
            drop: close the connection without an answer.
            applied: do what the request asks for all the same, before the fault.
            delay: wait so many seconds.
        """
        answer = None if status is None else _answer(status, body, headers or {})
        fault = Fault(method, path, nth, times, answer, drop, applied, delay)
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

    @property
    def waiting(self) -> list[Fault]:
        """The faults that have not struck as often as they were ordered to."""
        with self._lock:
            return [
                fault for index, fault in enumerate(self._all) if self._seen.get(index, 0) < fault.nth + fault.times - 1
            ]


def _answer(status: int, body: Any, headers: Mapping[str, str]) -> Answer:
    text, kind = (body, HTML) if isinstance(body, str) else (json.dumps(body), JSON)
    others = {name: value for name, value in headers.items() if name.lower() != "content-type"}
    kinds = [value for name, value in headers.items() if name.lower() == "content-type"]
    return Answer(status, text, kinds[0] if kinds else kind, others)
