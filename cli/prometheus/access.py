"""As whom a Prometheus is asked: as somebody said, or as the environment keeps for one address and tells no other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from cli.errors import UsageError
from cli.grafana.address import Address, Credentials, address
from cli.prometheus.where import Where

if TYPE_CHECKING:
    from ssl import SSLContext

EXAMPLE = "http://localhost:9090"


@dataclass(frozen=True, slots=True)
class Access:
    """Who asks, with what, and whom we trust.

    Attributes:
        said: credentials of flags; None where they say none: then what `kept` says.
        headers: which go with every question: a tenant's.
        ca: file of the certificates that sign the server's; "" for those of this machine.
    """

    said: Credentials | None = None
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    ca: str = ""

    def __post_init__(self) -> None:
        if self.ca and not Path(self.ca).is_file():
            raise UsageError(f"there is no file {self.ca}", where="--ca")

    def where(self, url: str, environment: Mapping[str, str]) -> Where:
        """The Prometheus at a URL; UsageError where it is none."""
        try:
            there = address(url, said=self._who(url, environment), environment={}, from_flag=True)
        except UsageError as error:
            what = error.what.replace("Grafana's URL", "the URL of the Prometheus")
            raise UsageError(what, fix=EXAMPLE) from None
        return Where(self.trusted(there), headers=self.headers)

    def trusted(self, there: Address) -> Address:
        """The same address, with the certificates that were named."""
        return replace(there, ca=self.ca) if self.ca else there

    def sent(self, url: str, environment: Mapping[str, str]) -> Mapping[str, str]:
        """All that goes with a question to a URL."""
        return {**self._who(url, environment).authorization, **self.headers}

    def context(self) -> SSLContext | None:
        """Whose certificates are trusted; None for this machine's."""
        if not self.ca:
            return None
        from ssl import SSLError, create_default_context  # noqa: PLC0415 - most servers are trusted as they are

        try:
            return create_default_context(cafile=self.ca)
        except (OSError, SSLError) as error:
            raise UsageError("no certificates can be read from it", where=f"--ca {self.ca}") from error

    def _who(self, url: str, environment: Mapping[str, str]) -> Credentials:
        if self.said is not None:
            return self.said
        own = kept(url, environment)
        if token := own.get("PROMETHEUS_TOKEN", "").strip():
            return Credentials(token=token)
        return Credentials(user=own.get("PROMETHEUS_USER", ""), password=own.get("PROMETHEUS_PASSWORD", ""))


def kept(url: str, environment: Mapping[str, str]) -> Mapping[str, str]:
    """What the environment keeps for a Prometheus: all of it for the one that PROMETHEUS_URL names, else nothing."""
    theirs = environment.get("PROMETHEUS_URL", "").rstrip("/")
    return environment if theirs and theirs == url.rstrip("/") else {}


def headers(said: Iterable[str]) -> Mapping[str, str]:
    """What `--header` says; an error never repeats it, for it may be a secret."""
    return dict(map(_header, said))


def _header(said: str) -> tuple[str, str]:
    name, colon, value = (part.strip() for part in said.partition(":"))
    is_name = colon and name and all("!" <= sign <= "~" for sign in name)
    if not (is_name and value and value.isascii() and value.isprintable()):
        raise UsageError("a header is a name, a colon and a value", where="--header", fix='--header "X-Scope-OrgID: a"')
    return name, value
