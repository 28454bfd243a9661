"""The verbs: what a remedy tells the service, at its control endpoints."""

from __future__ import annotations

from urllib.parse import quote

import httpx

from examples.remediation.playbook import Remedy, Value


class Failed(Exception):
    """The service did not do it, or did not say so."""


class Control:
    """The control endpoints of one service.

    Args:
        client: with the service's address as its base URL; its timeout is that of a remedy.
        token: DASH_CONTROL_TOKEN, which the service asks for.
    """

    def __init__(self, client: httpx.AsyncClient, token: str) -> None:
        self._client, self._headers = client, {"Authorization": f"Bearer {token}"}

    async def carry_out(self, remedy: Remedy, value: Value) -> None:
        """Tell it.

        Raises:
            Failed: it is away, too slow, or refused. Whether it has done it all the same nobody knows.
        """
        body = {"target": remedy.target, "value": value}
        try:
            answer = await self._client.post(f"/control/{quote(remedy.verb)}", json=body, headers=self._headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Failed(f"no answer from the service: {type(error).__name__}") from None
        if not answer.is_success:
            raise Failed(f"the service answered {answer.status_code}")
