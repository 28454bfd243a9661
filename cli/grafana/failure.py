"""Why a Grafana did not do what it was asked, in one sentence each that says what to do.

* RemoteError
  + Unreachable
    - LostAnswer      no whole answer came: what was asked may have happened
  + Refused
  + Clash             what is there is in the way: somebody else's change, or a title that is taken
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from cli.errors import Refused, RemoteError, Unreachable
from cli.grafana.address import Address
from cli.grafana.shown import shown

NEEDED = re.compile(r"[Pp]ermissions? needed: *(?:any of )?(.+)")
LATER = "the same again, later"


class LostAnswer(Unreachable):
    """No whole answer came: what was asked may have happened, or not."""


class Clash(RemoteError):
    """What is there is in the way; `status` is Grafana's own word for how, where it has one."""

    def __init__(self, what: str, fix: str = "", status: str = "") -> None:
        super().__init__(what, fix=fix)
        self.status = status


#: Grafana's word for a refused save: what it means, and what to do.
CLASHES = {
    "version-mismatch": (
        "somebody saved it while we pushed, and theirs is kept",
        "dash push again: it says who and what",
    ),
    "name-exists": (
        "another page in this folder has this title, and a Grafana before 11.3 takes a title once",
        "another title for one of the two",
    ),
    "name-match": (
        "a folder has this title, and a Grafana before 11.3 takes a title once",
        "another title for one of the two",
    ),
    "plugin-dashboard": ("the page belongs to a plugin", "another uid for ours"),
    "provisioned": (
        "Grafana reads this page from a file on its server and takes no other",
        "remove that file, or another uid for ours",
    ),
}


def wrong_token(where: Address, message: str) -> Refused:
    """401."""
    kind = where.credentials.kind
    if not kind:
        return Refused(
            f"the Grafana at {where.url} wants to know who asks",
            fix="set GRAFANA_TOKEN (a service account token), or GRAFANA_USER and GRAFANA_PASSWORD",
        )
    return Refused(
        f"the Grafana at {where.url} does not accept this {kind} ({shown(message) or 'Unauthorized'})",
        fix="a new token of a service account with the role Editor, in GRAFANA_TOKEN"
        if kind == "token"
        else "GRAFANA_USER and GRAFANA_PASSWORD again, or better a token",
    )


def forbidden(doing: str, needs: str, message: str) -> Refused:
    """403: names the permission, from Grafana's own words where it says so."""
    found = NEEDED.search(message)
    needed = shown(found[1]) if found else needs
    said = "" if found or not message else f"; Grafana says: {shown(message)}"
    return Refused(
        f"no permission to {doing} (needs {needed}{said})",
        fix="give the service account the role Editor, or Edit on the folder",
    )


def no_api(where: Address, status: int, message: str = "") -> Unreachable:
    """Something answers, but not as a Grafana does."""
    said = f"{status}: {shown(message)}" if message else str(status)
    return Unreachable(
        f"what answers at {where.url} has no Grafana API ({said})",
        fix="in GRAFANA_URL what the browser shows for Grafana's start page, with its path",
    )


def login_page(where: Address) -> LostAnswer:
    """A web page with status 200."""
    return LostAnswer(
        f"a web page came from {where.url} where Grafana's API would answer: a login page or a proxy",
        fix="a URL that reaches Grafana itself, or a token that the proxy lets through",
    )


def half(where: Address) -> LostAnswer:
    """The body ends early, or is no JSON."""
    return LostAnswer(f"half an answer, or none that is JSON, came from {where.url}", fix=LATER)


def redirected(where: Address, location: str) -> Unreachable:
    """3xx: never followed, for a POST would turn into a GET and a token would go to another host."""
    try:
        target = urlsplit(location)
        port = f":{target.port}" if target.port else ""
        host = f"{target.scheme or where.scheme}://{target.hostname}{port}" if target.hostname else "a page of its own"
    except ValueError:
        host = "another place"
    return Unreachable(
        f"{where.url} sends us on to {shown(host)}, and a push does not follow",
        fix="Grafana's own URL in GRAFANA_URL: https instead of http, or past the login proxy",
    )


def trouble(where: Address, status: int, message: str, after: str) -> RemoteError:
    """429 and 5xx: it may be better later."""
    if status == 429:  # noqa: PLR2004 - a status is its own name
        wait = f" for {shown(after, 40)}" if after else ""
        return Unreachable(f"the Grafana at {where.url} asks us to wait{wait} (429)", fix="later, or fewer --jobs")
    said = f": {shown(message)}" if message else ""
    return LostAnswer(
        f"the Grafana at {where.url} has trouble of its own ({status}{said})",
        fix=f"{LATER}; its log says more",
    )


def refused(doing: str, status: int, message: str) -> Refused:
    """Any other 4xx, in Grafana's own words."""
    return Refused(f"Grafana refused to {doing} ({status}: {shown(message) or 'no reason given'})")


def untrusted(where: Address) -> Unreachable:
    """TLS: the certificate is signed by nobody that this machine trusts, or is for another name."""
    return Unreachable(
        f"the certificate of {where.url} is not trusted",
        fix="REQUESTS_CA_BUNDLE=/path/to/your-ca.pem, or the host name that the certificate is for",
    )


def no_tls(where: Address) -> Unreachable:
    """TLS: not spoken here, or not a version that both know."""
    return Unreachable(f"no secure connection to {where.url}", fix="http:// if it has no TLS")


def nobody(where: Address) -> Unreachable:
    """Refused, or no such name: nothing was sent."""
    return Unreachable(f"no Grafana answers at {where.url}", fix="is it running, and is GRAFANA_URL right?")


def too_slow(where: Address, *, sent: bool) -> Unreachable:
    """Out of time; what was sent may still happen."""
    kind = LostAnswer if sent else Unreachable
    return kind(f"the Grafana at {where.url} took too long", fix=f"{LATER}, or fewer --jobs")


def cut_off(where: Address) -> LostAnswer:
    """The connection ended before the answer."""
    return LostAnswer(f"the connection to {where.url} broke off", fix=LATER)


def folder_taken(title: str, message: str) -> Clash:
    """409 and 412 to a new folder: its uid or its title is taken."""
    return Clash(
        f"the folder {shown(title)!r} cannot be made ({shown(message)})",
        fix="see which folder or page in Grafana has that name, and rename one of the two",
    )


def clash(status: int, fields: Mapping[str, Any]) -> Clash | None:
    """What a refused save says about who is in the way; None when nobody is."""
    word, message = str(fields.get("status") or ""), str(fields.get("message") or "")
    if word in CLASHES:
        return Clash(*CLASHES[word], word)
    if "provisioned" in message.lower():
        return Clash(*CLASHES["provisioned"], "provisioned")
    if status in (409, 412):
        return Clash(*CLASHES["version-mismatch"], "version-mismatch")
    return None
