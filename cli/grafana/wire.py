"""Requests and answers: grafana-client's verbs and credentials, without what it does to answers; and more tries.

grafana-client turns an answer into an exception or a value, and loses headers, a login page and a redirect on the way
(`docs/decisions/grafana-client-is-wrapped.md`). `Wire` keeps its verbs, and gives back what came.
"""

import base64
from collections.abc import Callable, Mapping
from functools import partial
from itertools import count
from threading import Event
from typing import Any, Self

import orjson
from grafana_client.client import GrafanaClient

from cli.errors import Unreachable
from cli.grafana import failure
from cli.grafana.address import Address, Credentials
from cli.grafana.answer import DONE, OK, TOO_MANY, Answer
from cli.grafana.failure import LostAnswer, NeverSent
from cli.grafana.no_answer import NoAnswer, Word
from cli.grafana.patience import Patience
from cli.grafana.session import Straight

AGENT = "dashboards-py"
CONNECT, READ = 5.0, 30.0
PATIENCE = Patience()
JSON = {"Content-Type": "application/json"}
#: What each word for no answer means.
WHY: Mapping[Word, Callable[[Address], Unreachable]] = {
    "nobody": failure.nobody,
    "late": partial(failure.too_slow, sent=False),
    "slow": partial(failure.too_slow, sent=True),
    "cut": failure.cut_off,
    "large": failure.cut_off,
    "tls": failure.no_tls,
    "untrusted": failure.untrusted,
    "certificate": failure.no_certificate,
    "proxy": failure.no_proxy,
}
#: The verb that changes nothing: the only one that we ask again without knowing what became of the first.
HARMLESS = "GET"
#: Nobody was there to do anything, or somebody on the way says so: a question may be asked again.
NOT_NOW = (502, 503, 504)


class Client(GrafanaClient):
    """grafana-client that hands over the answer as it came."""

    @staticmethod
    def _extract_from_response(r: Any, accept_empty_json: bool) -> Answer:  # noqa: FBT001 - its signature
        del accept_empty_json
        return Answer(r.status_code, r.headers, r.content)


class Wire:
    """A pool of connections to one Grafana, safe to share between threads."""

    def __init__(self, where: Address, connections: int, patience: Patience | None = None) -> None:
        self.where, self._patience, self._over = where, patience or PATIENCE, Event()
        self._client = Client(None, timeout=(CONNECT, READ), user_agent=AGENT)
        self._client.s.close()
        headers = {"User-Agent": AGENT, **where.credentials.authorization}
        if where.organisation:
            headers["X-Grafana-Org-Id"] = str(where.organisation)
        session: Any = Straight(where, connections, headers)  # to grafana-client it is niquests' own
        self._client.s, self._client.url = session, session.base

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *reason: object) -> None:
        self.give_up()
        self._client.s.close()

    def give_up(self) -> None:
        """No more tries, and no more waiting for one: what fails now has failed."""
        self._over.set()

    def get(self, path: str, accept: str = "") -> Answer:
        """Ask; `accept` for another form of the answer than plain JSON."""
        return self._ask(HARMLESS, path, headers={"Accept": accept} if accept else None)

    def post(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Answer:
        """Tell; a second POST may double what the first one did."""
        return self._ask("POST", path, body, headers)

    def put(self, path: str, body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> Answer:
        """Replace."""
        return self._ask("PUT", path, body, headers)

    def patch(self, path: str, body: Mapping[str, Any]) -> Answer:
        """Change."""
        return self._ask("PATCH", path, body)

    def delete(self, path: str, body: Mapping[str, Any] | None = None) -> Answer:
        """Remove."""
        return self._ask("DELETE", path, body)

    def _ask(
        self, verb: str, path: str, body: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Until it is answered, or not worth another try: what may have happened is never told twice."""
        data = None if body is None else orjson.dumps(body)
        headers = headers if data is None else {**JSON, **(headers or {})}
        for failed in count(1):
            after = ""
            try:
                answer = self._once(verb, path, data, headers)
            except (LostAnswer, NeverSent) as error:
                again = verb == HARMLESS or isinstance(error, NeverSent)
                if not again or not self._patience.waited(self._over, failed, after):
                    raise
            else:
                again = answer.status == TOO_MANY or (verb == HARMLESS and answer.status in NOT_NOW)
                after = str(answer.headers.get("Retry-After") or "")
                if not again or not self._patience.waited(self._over, failed, after):
                    return answer
        raise AssertionError("counting ends nowhere")

    def _once(self, verb: str, path: str, data: bytes | None, headers: Mapping[str, str] | None) -> Answer:
        try:
            answer: Answer = getattr(self._client, verb)(path, data=data, headers=headers)
        except NoAnswer as error:
            raise WHY[error.word](self.where) from error
        if verb == HARMLESS and answer.status == OK and answer.is_half:
            raise failure.half(self.where)
        return answer if answer.status in DONE else _hushed(answer, self.where.credentials)


def _hushed(answer: Answer, credentials: Credentials) -> Answer:
    """What went wrong, without the credentials that it may repeat: its words are shown to people."""
    user = f"{credentials.user}:{credentials.password}".encode()
    sent = credentials.token.encode() or base64.b64encode(user)
    if not credentials.kind or sent not in answer.body:
        return answer
    return Answer(answer.status, answer.headers, answer.body.replace(sent, b"***"))
