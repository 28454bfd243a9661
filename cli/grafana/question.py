"""One question over the session, to whoever it is put: what came, or one word for why nothing did."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import monotonic
from typing import Literal, TypeAlias

from niquests import exceptions

from cli import reading
from cli.grafana.session import Came, Straight

#: nobody is there; it took too long; it broke off; it is too much; TLS; a certificate; the proxy on the way.
Word: TypeAlias = Literal["nobody", "slow", "cut", "large", "tls", "untrusted", "proxy"]
#: Seconds to be let in.
CONNECT = 5.0
#: Words of the network layers below that mean: nothing was sent.
NEVER_SENT = ("NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "gaierror")


class NoAnswer(Exception):
    """Nothing came that can be read."""

    def __init__(self, word: Word) -> None:
        super().__init__(word)
        self.word = word


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
    try:
        came: Came = session.request(
            verb,
            url,
            data=body,
            headers=headers,
            auth=None,
            timeout=timeout,
            until=monotonic() + bound.seconds,
            largest=bound.largest,
        )
    except exceptions.ConnectTimeout as error:
        raise NoAnswer("nobody") from error
    except exceptions.Timeout as error:
        raise NoAnswer("slow") from error
    except exceptions.ProxyError as error:
        raise NoAnswer("proxy") from error
    except exceptions.SSLError as error:
        text = str(error).lower()
        raise NoAnswer("untrusted" if "certificate" in text or "hostname" in text else "tls") from error
    except exceptions.RequestException as error:
        raise NoAnswer(_of(error)) from error
    return came


def _of(error: BaseException) -> Word:
    """Whether a connection failed before anything was sent, or had to be cut, is in the names of the causes."""
    text = ""
    cause: object = error
    seen: set[int] = set()
    while isinstance(cause, BaseException) and id(cause) not in seen:
        seen.add(id(cause))
        text += f"{type(cause).__name__} {cause!r} "
        cause = cause.__cause__ or cause.__context__ or (cause.args[0] if cause.args else None)
    if reading.TOO_LARGE in text:
        return "large"
    if "ReadTimeout" in text:
        return "slow"
    return "nobody" if any(word in text for word in NEVER_SENT) else "cut"
