"""A rule: one fault that it knows, why it matters, an example of it and of what is right instead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, TypeAlias

from cli.lint.asked import Asked
from cli.lint.finding import Change, Severity
from cli.lint.settings import Settings
from cli.lint.spot import Spot
from cli.lint.subject import NOTHING, Alert, Group, Inputs, Page, PageVariable, Panel, Reader, Recording, Target
from queries.catalog import Catalogs
from queries.expr import Match
from queries.known import Cause, Known


class Fault(NamedTuple):
    """What a rule says; who says it, how bad it is and in which file is added for it.

    Attributes:
        message: what is wrong, one sentence without a full stop.
        at: the sub-expression; None for all of it.
        hint: what to type instead; may be empty.
        match: the one matcher of `at` that is meant; None for all of it.
        spot: where it stands, when not at what the rule was asked about.
        severity: when it is not the rule's.
        change: how to mend it, where that is certain.
        is_name: whether the name of the member at `spot` is meant, and not its value.
    """

    message: str
    at: Known | None = None
    hint: str = ""
    match: Match | None = None
    spot: Spot | None = None
    severity: Severity | None = None
    change: Change | None = None
    is_name: bool = False


@dataclass(frozen=True)
class World:
    """All that was read, and what is known besides: what a rule looks at that asks for more than its own place.

    The expressions of pages are judged and forgotten: of them only names are kept, and a rule of pages comes too early
    to see any of these.

    Attributes:
        ruled: the expressions of alerts and recordings.
        shown: the metrics that panels show.
        read: those and the ones that variables and annotations of pages read.
    """

    inputs: Inputs
    catalogs: Catalogs
    settings: Settings
    ruled: tuple[Asked, ...] = ()
    shown: AbstractSet[str] = frozenset()
    read: AbstractSet[str] = frozenset()

    @cached_property
    def by_alert(self) -> Mapping[int, Asked]:
        """The expression of each alert, by its `id()`."""
        return {id(one.alert): one for one in self.ruled if one.alert is not None}

    @cached_property
    def pages_by_uid(self) -> Mapping[str, list[Page]]:
        """The pages that have a uid, and the pieces of pages."""
        pages = defaultdict[str, list[Page]](list)
        for one in self.inputs.pages:
            pages[one.uid].append(one)
        return pages


Faults: TypeAlias = Iterator[Fault]
#: A rule about a node is asked once for each node of its type; about a call, for each call of its functions.
OfNode: TypeAlias = Callable[[Known, Asked], Faults]
OfQuery: TypeAlias = Callable[[Asked], Faults]


class Example(NamedTuple):
    """PromQL, a rule file or a page that the rule finds, or that it lets pass.

    Attributes:
        promql: an expression; empty where the example is a file.
        reader: who evaluates it.
        rules: a rule file's text.
        page: a dashboard's JSON as a value.
        catalogs: texts of catalogs (YAML); none for the example catalog of all rules.
        settings: what is configured for it, as `dash.toml` would say it.
    """

    promql: str = ""
    reader: str = "panel"
    rules: str = ""
    page: Mapping[str, Any] | None = None
    catalogs: tuple[str, ...] = ()
    settings: Mapping[str, Any] = NOTHING


class Rule(NamedTuple):
    """One fault; one of the functions below looks for it, but for what is wrong with suppressions.

    Attributes:
        id: "PQL121".
        title: the fault in a few words: "rate() of a gauge".
        severity: unless the configuration says another.
        why: one paragraph: what happens to whoever reads the page or waits for the alert.
        wrong: what it finds; `right` the same as it should be.
        also: which checks of other tools it answers: "pint promql/rate", "dashboard-linter panel-units-rule".
        causes: the reasons for an empty result that it tells; another rule then need not.
        even_if_empty: whether it also looks at a node that has an input without series.
        even_if_broken: whether it is asked about what does not parse, and about nothing else.
        needs_catalog: whether it has nothing to say as long as no catalog and no recording rule knows any metric.
        nodes: the types of nodes, or names of functions, that `of_node` is asked about; without it `of_query` is only
            asked about what has one of them, or about everything where there are none.
        readers: whose expressions `of_query` is asked about; empty for everyone's.
    """

    id: str
    title: str
    severity: Severity
    why: str
    wrong: Example
    right: Example
    also: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()
    even_if_empty: bool = False
    even_if_broken: bool = False
    needs_catalog: bool = False
    nodes: tuple[type | str, ...] = ()
    readers: tuple[Reader, ...] = ()
    of_node: OfNode | None = None
    of_query: OfQuery | None = None
    of_target: Callable[[Target, Panel, Page, World], Faults] | None = None
    of_panel: Callable[[Panel, Page, World], Faults] | None = None
    of_variable: Callable[[PageVariable, Page, World], Faults] | None = None
    of_page: Callable[[Page, World], Faults] | None = None
    of_alert: Callable[[Alert, Group, World], Faults] | None = None
    of_recording: Callable[[Recording, Group, World], Faults] | None = None
    of_group: Callable[[Group, World], Faults] | None = None
    of_all: Callable[[World], Faults] | None = None
