"""One request, one answer: grafana-client's session, verbs and credentials, without what it does to answers.

grafana-client turns an answer into an exception or a value, and loses headers, a login page and a redirect on the way
(`docs/decisions/grafana-client-is-wrapped.md`). `Wire` keeps its session and its verbs, and gives back what came.
"""

from collections.abc import Mapping
from typing import Any, Self

import niquests
import orjson
from grafana_client.client import GrafanaClient, GrafanaTimeoutError
from niquests import exceptions

from cli.errors import Unreachable
from cli.grafana import failure
from cli.grafana.address import Address, Credentials
from cli.grafana.answer import Answer

AGENT = "dashboards-py"
CONNECT, READ = 5.0, 30.0
#: Words of the network layers below that mean: nothing was sent.
NEVER_SENT = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "gaierror")


class Nobody(niquests.auth.AuthBase):
    """No credentials at all: without this a stranger's ~/.netrc would be sent."""

    def __call__(self, request: Any) -> Any:
        """Leave the request as it is."""
        return request


class Client(GrafanaClient):
    """grafana-client that hands over the answer as it came."""

    @staticmethod
    def _extract_from_response(r: Any, accept_empty_json: bool) -> Answer:  # noqa: FBT001 - its signature
        del accept_empty_json
        return Answer(r.status_code, r.headers, r.content or b"")


class Wire:
    """A pool of connections to one Grafana, safe to share between threads."""

    def __init__(self, where: Address, connections: int) -> None:
        self.where = where
        self._client = Client(
            _auth(where.credentials),
            timeout=(CONNECT, READ),
            user_agent=AGENT,
            session_pool_size=connections,
        )
        self._client.url = where.url
        self._client.s.max_redirects = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self._client.s.close()

    def get(self, path: str) -> Answer:
        """Ask."""
        return self._ask("GET", path)

    def post(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Tell; asked exactly once, for a second POST may double what the first one did."""
        return self._ask("POST", path, orjson.dumps(body), {"Content-Type": "application/json"})

    def _ask(self, verb: str, path: str, data: bytes | None = None, headers: Any = None) -> Answer:
        try:
            answer: Answer = getattr(self._client, verb)(path, data=data, headers=headers)
        except GrafanaTimeoutError as error:
            sent = not isinstance(error.__cause__, exceptions.ConnectTimeout)
            raise failure.too_slow(self.where, sent=sent) from error
        except exceptions.TooManyRedirects as error:
            headers = error.response.headers if error.response is not None else {}
            raise failure.redirected(self.where, str(headers.get("Location") or "")) from error
        except exceptions.SSLError as error:
            text = str(error).lower()
            untrusted = "certificate" in text or "hostname" in text
            raise (failure.untrusted if untrusted else failure.no_tls)(self.where) from error
        except exceptions.RequestException as error:
            raise _broken(self.where, error) from error
        return answer


def _auth(credentials: Credentials) -> Any:
    """As grafana-client takes it."""
    if credentials.token:
        return credentials.token
    return (credentials.user, credentials.password) if credentials.user else Nobody()


def _broken(where: Address, error: Exception) -> Unreachable:
    """Whether a connection failed before anything was sent is in the names of the causes."""
    text, cause = "", error
    seen: set[int] = set()
    while isinstance(cause, BaseException) and id(cause) not in seen:
        seen.add(id(cause))
        text += f"{type(cause).__name__} {cause!r} "
        reason = cause.args[0] if cause.args else None
        cause = cause.__cause__ or cause.__context__ or reason  # type: ignore[assignment]
    if any(word in text for word in NEVER_SENT):
        return failure.nobody(where)
    return failure.cut_off(where)
