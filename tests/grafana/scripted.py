"""A wire that answers what a test wrote down, and remembers what it was asked."""

import re
from collections.abc import Mapping
from typing import Any

import orjson

from cli.grafana.address import Address
from cli.grafana.answer import Answer
from cli.grafana.wire import Wire

WHERE = Address("http", "grafana.example", None, "")


def answer(body: Any, status: int = 200) -> Answer:
    """JSON."""
    return Answer(status, {"Content-Type": "application/json"}, orjson.dumps(body))


class Scripted(Wire):
    """Answers by method and a regular expression of the whole path; what is not written down is not found."""

    def __init__(self, answers: Mapping[str, Answer], where: Address = WHERE) -> None:
        self.where = where
        self.asked: list[str] = []
        self.told: list[Any] = []
        self.answers = answers

    def _ask(
        self, verb: str, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        del headers
        self.asked.append(f"{verb} {path}")
        self.told.append(body)
        found = (one for known, one in self.answers.items() if re.fullmatch(known, f"{verb} {path}"))
        return next(found, answer({"message": "Not found"}, 404))
