"""A file of rules, or what a Prometheus says of its own, over HTTP: one question, bounded in time and size."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import IO, TYPE_CHECKING, Any, NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit, urlunsplit

from cli.errors import RemoteError, Unreachable, UsageError
from cli.grafana.address import Credentials
from cli.prometheus.hushed import hushed
from cli.reading import LARGEST, TOO_LARGE

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from ssl import SSLContext
    from urllib.request import OpenerDirector, Request

SCHEMES = ("http", "https")
#: Seconds for one step, and for all of it.
STEP, WHOLE = 10.0, 60.0
CHUNK = 1 << 20
AGENT = "dashboards-py"
#: What goes with a redirect to another host; every other header may be a credential.
HARMLESS = ("User-agent", "Accept")
RULES = "/api/v1/rules"
NO_HEADERS: Mapping[str, str] = {}


class Fetched(NamedTuple):
    """What was there; `name` is its address, without a password, `kind` its media type."""

    name: str
    raw: bytes
    kind: str = ""


def is_address(source: str) -> bool:
    """Whether it is something to ask for, and no file."""
    return source.partition("://")[0].lower() in SCHEMES and "://" in source


def fetch(
    address: str, whole: float = WHOLE, *, headers: Mapping[str, str] = NO_HEADERS, context: SSLContext | None = None
) -> Fetched:
    """What an address leads to; of a Prometheus itself its rules.

    A redirect is followed as long as it stays with the scheme, and takes credentials to no other host.

    Args:
        address: with the user and password that go with it, if any.
        whole: seconds that it may take.
        headers: that are sent besides.
        context: whose certificates are trusted; None for this machine's.

    Raises:
        UsageError: it is no address.
        RemoteError: nobody answers, not in time, or with something else than the file.
    """
    from http.client import HTTPException  # noqa: PLC0415 - a file needs no network
    from urllib.error import HTTPError, URLError  # noqa: PLC0415 - likewise
    from urllib.request import Request  # noqa: PLC0415 - likewise

    split = _split(address)
    whole_url = _whole(split)
    name = hushed(whole_url, ())
    request = Request(whole_url, headers={"User-Agent": AGENT, **headers, **_credentials(split)})  # noqa: S310 - its scheme is known
    until = time.monotonic() + whole
    try:
        with _opener(context).open(request, timeout=min(STEP, whole)) as answer:
            return Fetched(name, _read(answer, name, until), answer.headers.get_content_type())
    except HTTPError as error:
        error.close()
        said = " ".join(str(error.reason).split())
        raise RemoteError(f"{name} answers {error.code} {said}", fix="curl -i, to see what it says") from error
    except URLError as error:
        why = getattr(error.reason, "strerror", None) or error.reason
        raise Unreachable(f"{name} does not answer: {why}", fix="look whether it is there") from error
    except TimeoutError as error:
        raise Unreachable(f"{name} does not answer in time") from error
    except (OSError, HTTPException, ValueError) as error:
        raise Unreachable(f"{name} breaks off: {type(error).__name__}") from error


def _split(address: str) -> SplitResult:
    """An address's parts; an error never repeats it, for it may hold a password."""
    try:
        split = urlsplit(address)
        _ = split.port
    except ValueError as error:
        raise UsageError("the address is no URL", fix="https://example.com/rules.yml") from error
    if not split.hostname or any(not "!" <= sign <= "~" for sign in address):
        raise UsageError("the address is no URL", fix="https://example.com/rules.yml")
    return split._replace(path=RULES) if split.path in ("", "/") else split


def _whole(split: SplitResult) -> str:
    return urlunsplit(split._replace(netloc=split.netloc.rpartition("@")[2], fragment=""))


def _credentials(split: SplitResult) -> Mapping[str, str]:
    return Credentials(user=unquote(split.username or ""), password=unquote(split.password or "")).authorization


def _opener(context: SSLContext | None) -> OpenerDirector:
    from urllib.request import HTTPRedirectHandler, HTTPSHandler, build_opener  # noqa: PLC0415 - as above

    class Redirected(HTTPRedirectHandler):
        """Within the scheme only, and without credentials elsewhere."""

        def redirect_request(  # noqa: PLR0917 - its signature
            self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
        ) -> Request | None:
            there, here = urlsplit(newurl), urlsplit(req.full_url)
            if there.scheme != here.scheme:
                fp.close()  # nobody else would: it is no answer of ours
                what = f"{hushed(req.full_url, ())} leads to another scheme, {there.scheme}"
                raise RemoteError(what, fix=f"{there.scheme}:// in the address" if there.scheme in SCHEMES else "")
            request = super().redirect_request(req, fp, code, msg, headers, newurl)
            if request is not None and there.netloc != here.netloc:
                for secret in [one for one in request.headers if one not in HARMLESS]:
                    request.remove_header(secret)
            return request

    return build_opener(Redirected, HTTPSHandler(context=context))


def _read(answer: Any, name: str, until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    while part := answer.read1(CHUNK):
        size += len(part)
        parts.append(part)
        if size > LARGEST:
            raise RemoteError(f"{name}: {TOO_LARGE}")
        if time.monotonic() > until:
            raise TimeoutError
    length = answer.headers.get("Content-Length", "")
    if length.isascii() and length.isdecimal() and size < int(length):
        raise ValueError("less came than was said")
    return b"".join(parts)
