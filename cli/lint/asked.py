"""One expression where it stands: its text, its tree, and what is known of each node."""

from __future__ import annotations

from dataclasses import dataclass, field

from cli.lint.settings import Settings
from cli.lint.spot import Spot
from cli.lint.subject import Alert, Group, Page, PageVariable, Panel, Reader, Recording, Target
from queries.catalog import Catalogs
from queries.infer import infer
from queries.known import Known
from queries.parse import NotPromQL, parse


@dataclass(slots=True)
class Asked:
    """An expression as a page or a rule asks it.

    What is inferred is kept while the expression is judged and inferred again where somebody looks later: a million
    trees would fill the memory. Only alerts, which are compared with one another and with the pages, are kept longer.

    Attributes:
        text: as it was written.
        spot: of the text.
        reader: who evaluates it.
        names: the metrics that it reads; empty until it was looked at.
        begins: where in the text at the spot the expression begins: behind `label_values(`.
        kept: whether what is inferred is kept after it was judged.
        target: the query of the panel that it is; likewise panel, page, variable, alert, recording and group.
    """

    text: str
    spot: Spot
    reader: Reader
    catalogs: Catalogs
    settings: Settings
    target: Target | None = None
    panel: Panel | None = None
    page: Page | None = None
    variable: PageVariable | None = None
    alert: Alert | None = None
    recording: Recording | None = None
    group: Group | None = None
    names: tuple[str, ...] = ()
    begins: int = 0
    kept: bool = False
    _known: Known | None = field(default=None, repr=False)
    _broken: NotPromQL | None = field(default=None, repr=False)
    _above: dict[int, Known] | None = field(default=None, repr=False)

    @property
    def known(self) -> Known | None:
        """What was inferred of the whole and, in its parts, of every node; None where it does not parse."""
        if self._known is None and self._broken is None:
            try:
                self._known = infer(parse(self.text), self.catalogs)
                self.names = self._known.names
            except NotPromQL as broken:
                self._broken = broken
        return self._known

    @property
    def broken(self) -> NotPromQL | None:
        """Why it does not parse; None where it does."""
        return self._broken if self.known is None else None

    def forget(self) -> None:
        """Keep the text and the names alone, unless it is to be kept."""
        if not self.kept:
            self._known = self._above = None

    def above(self, known: Known) -> tuple[Known, ...]:
        """What a node stands in, from its parent up to the whole expression."""
        if self._above is None:
            whole = self.known
            self._above = {} if whole is None else {id(part): one for one in whole.walk() for part in one.parts}
        chain: list[Known] = []
        at = self._above.get(id(known))
        while at is not None:
            chain.append(at)
            at = self._above.get(id(at))
        return tuple(chain)

    def path(self, known: Known) -> tuple[int, ...]:
        """The way from the whole expression down to a node: which part at each step."""
        steps: list[int] = []
        below = known
        for parent in self.above(known):
            steps.append(next(index for index, part in enumerate(parent.parts) if part is below))
            below = parent
        return tuple(reversed(steps))
