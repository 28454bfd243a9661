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


def post_page(grafana: StandIn, uid: str, version: int | None = None, **more: Any) -> tuple[int, Any]:
    """Save a page with few words; `model` adds to its JSON, the rest to the request."""
    model = {"uid": uid, "title": uid.title(), "panels": [], **more.pop("model", {})}
    if version is not None:
        model["version"] = version
    return ask(grafana, "POST", "/api/dashboards/db", {"dashboard": model, **more}, more.pop("token", ""))


def read_page(grafana: StandIn, uid: str) -> Any:
    """A page with its meta, which must be there."""
    status, body = ask(grafana, "GET", f"/api/dashboards/uid/{uid}")
    if status != 200:
        raise LookupError(f"the stand-in has no page {uid!r}: {status}")
    return body


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
