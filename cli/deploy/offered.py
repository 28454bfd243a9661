"""The data sources of one Grafana during one push: asked for once, and only where pages need to know."""

from collections.abc import Collection, Mapping
from functools import cached_property

from cli.deploy.sources import Reference, lacking, unknown
from cli.errors import Refused, RemoteError, UsageError
from cli.grafana.model import DataSource
from cli.grafana.port import Grafana

#: A note that begins so is about what will not work.
WARNING = "warning:"
UNNAMED = "a Grafana before 10.1 knows the data source of a pinned variable only by its name, which we cannot ask"


class Offered:
    """What a Grafana offers to pages that are pinned, and to those that name a data source."""

    def __init__(self, grafana: Grafana, wished: Mapping[str, str]) -> None:
        """Asks nothing yet.

        Args:
            grafana: where to ask.
            wished: uids of the data sources that pages are pinned to, for types and for uids that are named.
        """
        self._grafana, self._wished = grafana, wished

    def pins(self) -> dict[str, DataSource]:
        """What pages are pinned to.

        Raises:
            UsageError: it is not there.
            RemoteError: that cannot be asked. Where we may not ask, pages are pinned to what was said.
        """
        if not self._wished:
            return {}
        sources = self._sources
        if isinstance(sources, Refused):
            return {name: DataSource(uid, uid, "") for name, uid in self._wished.items()}
        if isinstance(sources, RemoteError):
            raise sources
        for lack in unknown(self._wished, sources):
            raise UsageError(f"pages cannot be pinned for {lack.name!r}: {lack.what}", fix=lack.fix)
        by_uid = {one.uid: one for one in sources}
        return {name: by_uid[uid] for name, uid in self._wished.items()}

    def notes(self, references: Mapping[str, Collection[Reference]]) -> tuple[str, ...]:
        """What of all that pages name this Grafana lacks; or that it does not tell."""
        if not self._wished and not any(references.values()):
            return ()
        sources = self._sources
        if isinstance(sources, RemoteError):
            untold = f"whether the pages' data sources are there cannot be told: {sources.what}"
            return (f"{untold}; {UNNAMED}" if self._wished else untold,)
        return tuple(f"{WARNING} {lack.what}; {lack.fix}" for lack in lacking(references, sources, self._wished))

    @cached_property
    def _sources(self) -> tuple[DataSource, ...] | RemoteError:
        try:
            return self._grafana.data_sources()
        except RemoteError as error:
            return error
