"""One question over the session, to whoever it is put: what came, or one word for why nothing did."""

from collections.abc import Mapping
from dataclasses import dataclass

from cli import reading
from cli.grafana.received import Came
from cli.grafana.session import Straight

#: Seconds to be let in.
CONNECT = 5.0


@dataclass(frozen=True, slots=True)
class Bound:
    """What one answer may take: seconds in all, and bytes."""

    seconds: float = 30.0
    largest: int = reading.LARGEST


def ask(
    session: Straight,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    bound: Bound | None = None,
) -> Came:
    """Get a path, or post a form to it; NoAnswer where nothing whole comes of it in time."""
    bound = bound or Bound()
    url, verb = f"{session.base}{path}", "GET" if body is None else "POST"
    timeout = (min(CONNECT, bound.seconds), bound.seconds)
    return session.request(
        verb,
        url,
        data=body,
        headers=headers,
        timeout=timeout,
        within=bound.seconds,
        largest=bound.largest,
    )
