"""Where a Grafana is and who asks: one URL and one credential, neither of which ever shows a secret."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, unquote, urlsplit

from cli.errors import UsageError

ENCODE = "write @ : / ? # in a name or password as %40 %3A %2F %3F %23, or set GRAFANA_USER and GRAFANA_PASSWORD"
PROXY = re.compile(r"https?://[!-~]+")
EXAMPLE = "GRAFANA_URL=https://grafana.example.com"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A token, or a user and password, or nothing; `repr` says which, and no more."""

    token: str = field(default="", repr=False)
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if any(not "!" <= sign <= "~" for sign in self.token):
            raise UsageError(
                "the token holds a blank, a line break or a letter that no token has",
                fix="copy it again, and nothing around it",
            )
        if ":" in self.user or any(sign < " " for sign in self.user + self.password):
            raise UsageError("a user has no colon, and no password a line break")

    @property
    def kind(self) -> str:
        """What a person would call it, in an error."""
        if self.token:
            return "token"
        return "user and password" if self.user else ""

    @property
    def authorization(self) -> Mapping[str, str]:
        """The header that says who asks; nothing for nobody."""
        if self.token:
            return {"Authorization": f"Bearer {self.token}"}
        if not self.user:
            return {}
        said = f"{self.user}:{self.password}".encode()
        return {"Authorization": f"Basic {base64.b64encode(said).decode()}"}


@dataclass(frozen=True, slots=True)
class Address:
    """One Grafana: where it is, and as whom we ask.

    Attributes:
        scheme: http or https.
        host: its name, or its IP address without brackets.
        port: None for the scheme's own.
        prefix: the path that Grafana is served below; empty for none.
        credentials: who asks.
        organisation: the id; 0 for the one of the credentials.
        ca: file of the certificates that sign the server's; empty for those that this machine trusts.
        certificate: file of the certificate that we show; empty for none.
        key: file of its key; empty where the certificate's file holds it.
        proxy: URL, which may hold a password; empty for the environment's.
    """

    scheme: str
    host: str
    port: int | None
    prefix: str
    credentials: Credentials = field(default_factory=Credentials)
    organisation: int = 0
    ca: str = ""
    certificate: str = ""
    key: str = ""
    proxy: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if self.proxy and not PROXY.fullmatch(self.proxy):
            raise UsageError("the proxy is no URL", fix="http://proxy.example.com:3128")

    @property
    def url(self) -> str:
        """Without a slash at the end, without credentials: safe to print."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.prefix}"

    @property
    def whole(self) -> str:
        """The same with the organisation, where one is named: what lies in another one lies elsewhere."""
        return f"{self.url}?orgId={self.organisation}" if self.organisation else self.url

    def page(self, uid: str) -> str:
        """Where a person looks at a page."""
        return f"{self.url}/d/{uid}"


def address(url: str, *, said: Credentials | None, environment: Mapping[str, str], from_flag: bool) -> Address:
    """The one Grafana that flags and environment mean; a flag beats the environment.

    Args:
        url: of the Grafana; may hold `user:password@`.
        said: credentials from flags, if any.
        environment: GRAFANA_TOKEN, or GRAFANA_USER and GRAFANA_PASSWORD.
        from_flag: the URL is a flag, so that its credentials beat the environment's.
    """
    if not url:
        raise UsageError("no Grafana is named", fix=f"--url, or {EXAMPLE}")
    split = _split(url)
    inside = Credentials(user=unquote(split.username or ""), password=unquote(split.password or ""))
    outside = _from(environment)
    ranked = (said, inside, outside) if from_flag else (said, outside, inside)
    credentials = next((one for one in ranked if one is not None and one.kind), Credentials())
    return Address(
        scheme=split.scheme,
        host=split.hostname or "",
        port=split.port,
        prefix=split.path.rstrip("/"),
        credentials=credentials,
    )


def _from(environment: Mapping[str, str]) -> Credentials:
    """A token beats a user and password."""
    if token := environment.get("GRAFANA_TOKEN", "").strip():
        return Credentials(token=token)
    return Credentials(user=environment.get("GRAFANA_USER", ""), password=environment.get("GRAFANA_PASSWORD", ""))


def _split(url: str) -> SplitResult:
    """The URL's parts; an error never repeats the URL, for it may hold a password."""
    try:
        split = urlsplit(url.strip())
        if "@" in split.path + split.query + split.fragment:
            raise UsageError("the password in Grafana's URL is not percent-encoded", fix=ENCODE)
        port = split.port
    except ValueError:  # whose text repeats what may be half a password
        raise UsageError("Grafana's URL is not a URL", fix=EXAMPLE) from None
    if split.scheme not in {"http", "https"} or not split.hostname or port == 0:
        raise UsageError("Grafana's URL does not begin with http:// or https://", fix=EXAMPLE)
    if split.query or split.fragment:
        raise UsageError("Grafana's URL ends before ? and #", fix=EXAMPLE)
    if any(not "!" <= sign <= "~" for sign in split.path):
        raise UsageError("the path in Grafana's URL holds a blank or a foreign letter", fix=EXAMPLE)
    return split
