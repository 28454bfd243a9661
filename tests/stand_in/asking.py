"""A plain HTTP request, as a test makes it to arrange or to look."""

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

from tests.stand_in.grafana import StandIn

TIMEOUT_SECONDS = 10.0


def ask(grafana: StandIn, method: str, path: str, body: Any = None, token: str = "") -> tuple[int, Any]:
    """Send `body` as JSON, as the admin or with a token; return the status and the JSON answered."""
    status, _, text = send(grafana, method, path, body, token)
    return status, json.loads(text) if text else None


def send(
    grafana: StandIn, method: str, path: str, body: Any = None, token: str = ""
) -> tuple[int, dict[str, str], str]:
    """The same for an answer that is no JSON: return the status, the headers and the text."""
    connection = http.client.HTTPConnection(urlsplit(grafana.url).netloc, timeout=TIMEOUT_SECONDS)
    headers = {"Authorization": f"Bearer {token}" if token else grafana.admin}
    if body is not None:
        headers["Content-Type"] = "application/json"
    try:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()
