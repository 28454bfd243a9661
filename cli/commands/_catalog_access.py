"""As whom `dash catalog` asks a service or a Prometheus, and whose certificates it trusts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from cli.errors import UsageError
from queries.catalogs.by_name import read

if TYPE_CHECKING:
    from ssl import SSLContext

    from cli.prometheus.line import Where


class Access(NamedTuple):
    """Who asks, and whom we trust.

    Attributes:
        token_file: holds a token; "" for none: then $PROMETHEUS_TOKEN, where $PROMETHEUS_URL is asked.
        headers: "NAME: VALUE", which go with every question.
        ca: file of the certificates that sign the server's; "" for those of this machine.
    """

    token_file: str = ""
    headers: tuple[str, ...] = ()
    ca: str = ""


def where(source: str, asks: Access) -> Where:
    """The Prometheus at an address; UsageError where it is none."""
    from cli.grafana.address import Credentials, address  # noqa: PLC0415 - likewise
    from cli.prometheus.line import Where  # noqa: PLC0415 - likewise

    token = _token(source, asks.token_file)
    try:
        there = address(source, said=Credentials(token) if token else None, environment={}, from_flag=True)
    except UsageError as error:
        raise UsageError(error.what.replace("Grafana's ", "the "), fix="http://localhost:9090") from None
    return Where(replace(there, ca=asks.ca), headers=_said(asks.headers))


def headers(source: str, asks: Access) -> Mapping[str, str]:
    """What goes with a question."""
    token = _token(source, asks.token_file)
    return {**_said(asks.headers), **({"Authorization": f"Bearer {token}"} if token else {})}


def _said(headers: tuple[str, ...]) -> Mapping[str, str]:
    """What `--header` says; an error never repeats it, for it may be a secret."""
    parts = [one.partition(":") for one in headers]
    if any(
        not name.strip().replace("-", "").isalnum() or not (value := said.strip()) or not value.isprintable()
        for name, _, said in parts
    ):
        raise UsageError("a header is a name, a colon and a value", where="--header", fix="'X-Scope-OrgID: shop'")
    return {name.strip(): value.strip() for name, _, value in parts}


def _token(source: str, file: str) -> str:
    """Of a file; what the environment keeps for one Prometheus is told to no other address."""
    if not file:
        kept = os.environ.get("PROMETHEUS_URL", "").rstrip("/")
        return os.environ.get("PROMETHEUS_TOKEN", "").strip() if kept and kept == source.rstrip("/") else ""
    try:
        return read(file).decode("ascii").strip()
    except ValueError as error:  # what it is that cannot be read
        raise UsageError("there is no token in it, or it cannot be read", where=f"--token-file {file}") from error


def trusted(ca: str) -> SSLContext | None:
    """The certificates of a file; None for those of this machine."""
    if not ca:
        return None
    from ssl import SSLError, create_default_context  # noqa: PLC0415 - most servers are trusted as they are

    try:
        return create_default_context(cafile=ca)
    except (OSError, SSLError) as error:
        raise UsageError("no certificates can be read from it", where=f"--ca {ca}") from error
