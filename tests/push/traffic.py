"""What a push asked of a Grafana."""

from collections.abc import Iterable

from tests.stand_in import Request


def reads(requests: Iterable[Request], uid: str) -> list[str]:
    return [f"{one.method} {one.path}" for one in requests if f"/uid/{uid}" in one.path]


def writes(requests: Iterable[Request]) -> list[Request]:
    return [one for one in requests if one.method != "GET"]
