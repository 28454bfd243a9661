"""One Grafana by its name: where it is, how it is pushed to, and where its secrets are to be had."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from cli.contexts.secret import Secret
from cli.errors import UsageError
from cli.grafana.address import Credentials

Api = Literal["auto", "legacy", "apis"]
TABLE = '[contexts.production] and below it url = "https://grafana.example.com"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """One table of `dash.toml`.

    Attributes:
        name: what `--context` calls it.
        where: file:line of its table.
        url: of the Grafana, without credentials.
        organisation: the id; 0 for the one of the credentials.
        folder: a path of folder titles, below which everything goes.
        token: where a service account's token is to be had.
        user: instead of a token.
        password: where the user's password is to be had.
        protected: who writes there is asked first.
        ca: file of the certificates that sign the server's.
        certificate: file of the certificate that we show.
        key: file of its key.
        proxy: URL.
        api: which of Grafana's APIs is spoken.
        jobs: how many connections.
        datasources: uid of the data source of a type.
    """

    name: str
    where: str
    url: str
    organisation: int = 0
    folder: str = ""
    token: Secret | None = None
    user: str = ""
    password: Secret | None = None
    protected: bool = False
    ca: str = ""
    certificate: str = ""
    key: str = ""
    proxy: str = ""
    api: Api = "auto"
    jobs: int | None = None
    datasources: Mapping[str, str] = field(default_factory=dict)

    def credentials(self, environment: Mapping[str, str]) -> Credentials | None:
        """Asks for the secret, only now; None where the context names none."""
        token = self.token.told(environment).strip() if self.token else ""
        password = self.password.told(environment) if self.password else ""
        try:
            return Credentials(token, self.user, password) if token or password else None
        except UsageError as error:
            raise UsageError(f"contexts.{self.name}: {error.what}", where=self.where, fix=error.fix) from None


@dataclass(frozen=True, slots=True)
class Contexts:
    """Those of one repository, and the name of the one that is meant where none is said."""

    named: Mapping[str, Context] = field(default_factory=dict)
    default: str = ""

    def get(self, name: str, where: str) -> Context:
        """The context of that name; UsageError where there is none.

        Args:
            name: as somebody said it.
            where: by which flag or variable.
        """
        if name not in self.named:
            raise UsageError(f"there is no context {name!r}", where=where, fix=near(name, self.named))
        return self.named[name]


def near(name: str, known: Iterable[str]) -> str:
    """What to say instead of a name that is not known."""
    from queries.source import did_you_mean  # noqa: PLC0415 - only a mistake pays for it

    return did_you_mean(name, known, of="there are") if known else TABLE
