"""Which Grafana is meant: flags beat a context, a context beats the environment, and no secret changes its host."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from cli.contexts import Context, Contexts
from cli.errors import UsageError
from cli.grafana.address import EXAMPLE, Address, Credentials, address

ORGANISATION = re.compile("0*[1-9][0-9]{0,18}")
PORTS = {"http": 80, "https": 443}
#: Requests at a time, where nobody says how many.
JOBS = 8
#: Variables that are secrets, or belong to one.
SECRETS = ("GRAFANA_TOKEN", "GRAFANA_PASSWORD")


class NoGrafana(UsageError):
    """Nobody said which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the flags say; a token and a password are read when they are asked for."""

    context: str = ""
    url: str = field(default="", repr=False)
    token: Callable[[], str] | None = field(default=None, repr=False)
    user: str = ""
    password: Callable[[], str] | None = field(default=None, repr=False)
    organisation: int = 0
    api: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One Grafana, and how it is pushed to.

    Attributes:
        address: of the Grafana, with who asks.
        api: "auto", "legacy" or "apis".
        below: a path of folder titles, below which everything goes; empty for the root.
        protected: who writes there is asked first.
        name: the context's; empty without one.
        jobs: how many connections, where the context says it.
        datasources: uid of the data source of a type.
    """

    address: Address
    api: str = "auto"
    below: str = ""
    protected: bool = False
    name: str = ""
    jobs: int | None = None
    datasources: Mapping[str, str] = field(default_factory=dict)


def place(said: Said, known: Contexts, environment: Mapping[str, str]) -> Place:
    """The Grafana that is meant; asks for a context's secret only where it is needed."""
    context = _context(said, known, environment)
    url = said.url or (context.url if context else environment.get("GRAFANA_URL", ""))
    if not url:
        raise NoGrafana("no Grafana is named", fix=f"--url, {EXAMPLE}, or --context with a table in dash.toml")
    bare = address(url, said=None, environment={}, from_flag=True)
    around = environment if _same(environment.get("GRAFANA_URL") or url, bare) else {}
    where = address(
        url,
        said=_credentials(said, context, bare, around, environment),
        environment=around,
        from_flag=bool(said.url),
    )
    if not where.credentials.kind and not around and any(environment.get(name) for name in SECRETS):
        raise UsageError(
            f"the environment's credentials are for the Grafana of GRAFANA_URL, and {where.url} is another",
            fix=f"contexts.{context.name}.token in dash.toml" if context else "--token-file FILE",
        )
    where = replace(
        where, organisation=said.organisation or (context and context.organisation) or _organisation(around)
    )
    if context is None:
        guard = _guard(where, known)
        return Place(address=where, api=said.api or "auto", protected=bool(guard), name=guard)
    _files(context)
    return Place(
        address=replace(where, ca=context.ca, certificate=context.certificate, key=context.key, proxy=context.proxy),
        api=said.api or context.api,
        below=context.folder,
        protected=context.protected,
        name=context.name,
        jobs=context.jobs,
        datasources=context.datasources,
    )


def _context(said: Said, known: Contexts, environment: Mapping[str, str]) -> Context | None:
    """The context that is meant; one that nobody named has no say about a URL that is another's."""
    variable = environment.get("DASH_CONTEXT", "")
    name = said.context or variable or known.default
    if not name:
        return None
    context = known.get(name, "--context" if said.context else "DASH_CONTEXT" if variable else "default_context")
    if not said.url or _same(said.url, _bare(context.url)):
        return context
    if said.context:
        raise UsageError(
            f"--url is not the url of the context {name!r}, and its credentials go nowhere else",
            where=context.where,
            fix="--url or --context",
        )
    return None


def _credentials(
    said: Said,
    context: Context | None,
    bare: Address,
    around: Mapping[str, str],
    environment: Mapping[str, str],
) -> Credentials | None:
    """Who asks, as flags or the context say it; None where neither does."""
    if said.token:
        return Credentials(token=said.token().strip())
    user = said.user or (context.user if context else "") or environment.get("GRAFANA_USER", "")
    if said.password and not user:
        raise UsageError("--password-file needs --user")
    if said.password:
        return Credentials(user=user, password=said.password())
    if said.user:
        credentials = Credentials(user=user, password=around.get("GRAFANA_PASSWORD", ""))
        if not credentials.password:
            raise UsageError(f"no password for --user {user}", fix="--password-file FILE|-, or GRAFANA_PASSWORD")
        return credentials
    return context.credentials(environment) if context and not bare.credentials.kind else None


def _organisation(environment: Mapping[str, str]) -> int:
    said = environment.get("GRAFANA_ORG_ID", "").strip()
    if said and not ORGANISATION.fullmatch(said):
        raise UsageError("GRAFANA_ORG_ID is not the number of an organisation", fix="GRAFANA_ORG_ID=1")
    return int(said or 0)


def _files(context: Context) -> None:
    """Those of TLS are there; the network's own words would not say which is not."""
    for setting in ("ca", "certificate", "key"):
        file = getattr(context, setting)
        if file and not Path(file).is_file():
            raise UsageError(f"contexts.{context.name}.{setting}: there is no file {file}", where=context.where)


def _guard(where: Address, known: Contexts) -> str:
    """The protected context of this Grafana: it is protected however it is named; empty without one."""
    for name, context in known.named.items():
        other_organisation = context.organisation and where.organisation and context.organisation != where.organisation
        if context.protected and not other_organisation and _same(context.url, where):
            return name
    return ""


def _same(url: str, where: Address) -> bool:
    """Whether a URL is of this Grafana: the same scheme too, for a secret is not sent in the clear."""
    try:
        other = _bare(url)
    except UsageError:
        return False
    return _origin(other) == _origin(where)


def _origin(where: Address) -> tuple[str, str, int, str]:
    return where.scheme, where.host, where.port or PORTS[where.scheme], where.prefix


def _bare(url: str) -> Address:
    return address(url, said=None, environment={}, from_flag=True)
