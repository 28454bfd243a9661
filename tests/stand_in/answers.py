"""What the server says: an answer, or a refusal that carries one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

import orjson

Json = dict[str, Any]

JSON = "application/json"
# Grafana's older and newer code paths spell the type differently; both are in the recording.
JSON_UTF8 = "application/json; charset=UTF-8"
HTML = "text/html; charset=UTF-8"


@dataclass(frozen=True)
class Answer:
    """One HTTP answer, ready to be sent."""

    status: int
    text: str = ""
    content_type: str = JSON
    headers: Mapping[str, str] = field(default_factory=dict)
    is_half: bool = False  # the connection ends in the middle of the body


class Ending(Enum):
    """How a connection ends without an answer."""

    CLOSED = auto()  # in good order
    RESET = auto()
    SILENT = auto()  # it stays open, and nothing ever comes


def say(value: Any, status: int = 200, content_type: str = JSON) -> Answer:
    """Answer with `value` as JSON."""
    return Answer(status, dumped(value), content_type)


def dumped(value: Any) -> str:
    """As JSON, in its shortest form."""
    try:
        return orjson.dumps(value).decode()
    except orjson.JSONEncodeError:  # a number beyond 64 bits, or half a character
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Refusal:
    """A known reason why the server does not do what was asked."""

    status: int
    message: str
    reason: str = ""  # the machine-readable `status` in the body, as in "version-mismatch"
    traced: bool = False  # some code paths add an empty traceID
    message_id: str = ""  # the newer form of errors names them
    content_type: str = JSON

    def answer(self) -> Answer:
        """The refusal as it goes over the wire, its keys sorted as Grafana's are."""
        body: Json = {"message": self.message}
        if self.message_id:
            body |= {"messageId": self.message_id, "statusCode": self.status}
        if self.reason:
            body["status"] = self.reason
        if self.traced or self.message_id:
            body["traceID"] = ""
        return say(body, self.status, self.content_type)


class RefusedError(Exception):
    """Ends the handling of a request with a refusal."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.message)
        self.refusal = refusal


BAD_REQUEST = Refusal(400, "bad request data", traced=True)
NO_ROUTE = Refusal(404, "Not found", content_type=JSON_UTF8)
