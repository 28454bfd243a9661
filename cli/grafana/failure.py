"""Why a Grafana did not do what it was asked, in one sentence each that says what to do.

* RemoteError
  + Unreachable
    - NeverSent       nobody heard what was asked
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


class NeverSent(Unreachable):
    """Nobody heard what was asked."""


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
    if where.organisation and "organization" in message:
        return foreign(where)
    if not kind:
        return Refused(
            f"the Grafana at {where.url} wants to know who asks",
            fix="set GRAFANA_TOKEN (a service account token), or GRAFANA_USER and GRAFANA_PASSWORD",
        )
    return Refused(
        f"the Grafana at {where.url} does not accept this {kind} ({shown(message) or 'Unauthorized'})",
        fix="a new token of a service account with the role Editor, where the old one is said"
        if kind == "token"
        else "GRAFANA_USER and GRAFANA_PASSWORD again, or better a token",
    )


def foreign(where: Address) -> Refused:
    """The credentials are good, in another organisation."""
    kind = where.credentials.kind or "anonymous access"
    return Refused(
        f"the {kind} for {where.url} does not belong to the organisation {where.organisation}",
        fix="a token made in that organisation, or the organisation that this one was made in",
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


def endless(where: Address, doing: str) -> Unreachable:
    """A list of which there is always more."""
    return Unreachable(f"what answers at {where.url} does not come to an end when it is to {doing}")


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


def no_certificate(where: Address) -> Unreachable:
    """TLS: the other side wants to see a certificate of ours, and another one than it saw, if any."""
    return Unreachable(
        f"{where.url} wants a client certificate, and does not take {'this one' if where.certificate else 'none'}",
        fix="certificate and key of the context in dash.toml",
    )


def no_proxy(where: Address) -> NeverSent:
    """The proxy is not there, or lets nobody through; its URL may hold a password and is never said."""
    named = "the context in dash.toml" if where.proxy else "HTTPS_PROXY or HTTP_PROXY"
    return NeverSent(
        f"the proxy on the way to {where.url} is not there, or does not let us through",
        fix=f"the proxy that {named} names, with user and password if it wants them; NO_PROXY goes past it",
    )


def nobody(where: Address) -> NeverSent:
    """Refused, or no such name: nothing was sent."""
    return NeverSent(f"no Grafana answers at {where.url}", fix="is it running, and is this the right URL?")


def too_slow(where: Address, *, sent: bool) -> Unreachable:
    """Out of time; what was sent may still happen."""
    kind = LostAnswer if sent else NeverSent
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


def panel_taken(name: str, message: str) -> Clash:
    """A library panel that somebody saved meanwhile, or whose uid or name is taken."""
    return Clash(
        f"the library panel {shown(name)!r} cannot be saved ({shown(message)})",
        fix="dash push again; if it stays so, another name for one of the two",
    )


def changed() -> Clash:
    """What is there is no longer what was compared."""
    return Clash(*CLASHES["version-mismatch"], "version-mismatch")


def gone() -> Clash:
    """Deleted since it was compared."""
    return Clash("somebody deleted it while we pushed", "dash push again: it makes it anew", "gone")


def other_model(uid: str) -> Refused:
    """A page of tabs and rows in the new model, which this release does not show in the classic one."""
    return Refused(
        f"the page {shown(uid)} is stored in Grafana's new model (v2), which this release does not tell in the classic",
        fix="look at it in the browser; another uid for ours, or delete that page",
    )


def no_apis(where: Address) -> Refused:
    """What `--api apis` asks for is not there."""
    return Refused(
        f"the Grafana at {where.url} has no /apis for dashboards and folders that a push could use",
        fix="--api auto, or legacy; Grafana has it from 12 on",
    )


def clash(status: int, fields: Mapping[str, Any]) -> Clash | None:
    """What a refused save says about who is in the way; None when nobody is."""
    word, message = str(fields.get("status") or ""), str(fields.get("message") or "")
    if word in CLASHES:
        return Clash(*CLASHES[word], word)
    if "provisioned" in message.lower():
        return Clash(*CLASHES["provisioned"], "provisioned")
    return changed() if status in (409, 412) else None
