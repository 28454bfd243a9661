"""A page: rows of panels, what can be chosen on it, where it stands and where it leads."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from panels.page_alerts import listed, panels_of, to_open
from panels.panel import Panel
from panels.variable import Variable
from queries import Mistake, Role
from queries.duration import milliseconds
from queries.source import Source, here

UID = re.compile(r"[a-zA-Z0-9_-]+")
LONGEST_UID = 40


@dataclass(frozen=True, slots=True)
class Row:
    """Panels that answer one question, side by side, below its title."""

    title: str
    panels: tuple[Panel, ...]
    collapsed: bool = False
    repeat: str = ""
    source: Source = field(default_factory=here, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link in the page's head: to the pages with these tags, as tabs; or to a URL."""

    title: str
    tags: tuple[str, ...] = ()
    url: str = ""
    dropdown: bool = False

    def __post_init__(self) -> None:
        if bool(self.tags) == bool(self.url):
            raise Mistake(f"link {self.title!r} leads nowhere or twice", fix="either tags or a url")


@dataclass(frozen=True, slots=True)
class Marks:
    """Vertical lines on every graph of the page: annotations that bear all of these tags."""

    name: str
    tags: tuple[str, ...]
    color: str = "blue"


@dataclass(frozen=True, slots=True)
class AlertMarks:
    """Where alerts of Prometheus were firing: all of them, those of a severity, or those with these names."""

    name: str = "Alerts"
    alerts: tuple[str, ...] = ()
    severity: str = ""
    color: str = "red"


#: Whoever deploys writes an annotation with the tag `deploy`.
DEPLOYMENTS = Marks("Deployments", ("deploy",))


@dataclass(frozen=True, slots=True, kw_only=True)
class Dashboard:
    """One page.

    Attributes:
        uid: Grafana's name of it: letters, digits, - and _, at most 40; also the file's name in `build/`.
        title: what people call it.
        rows: top to bottom, as people read them.
        variables: what can be chosen; a variable may depend on those before it.
        role: whose page it is: `$job` narrows this role's metrics only.
        folder: a path of folder titles, "AI/Serving"; empty for the root.
        time: the range that is shown first, back from now. refresh: how often it is asked again; "" is never.
        links: tabs and links in the head. marks: annotations on every graph.
        extra: keys of Grafana's JSON that nothing here names, merged last.
    """

    uid: str
    title: str
    rows: Sequence[Row]
    variables: Sequence[Variable] = ()
    role: Role | None = None
    folder: str = ""
    description: str = ""
    tags: Sequence[str] = ()
    time: str = "6h"
    refresh: str = "30s"
    timezone: str = "browser"
    tooltip: Literal["own", "shared crosshair", "shared tooltip"] = "shared crosshair"
    links: Sequence[PageLink] = ()
    marks: Sequence[Marks | AlertMarks] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)
    source: Source = field(default_factory=here, compare=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("rows", "variables", "tags", "links", "marks"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        for one in self.rows:
            if not isinstance(one, Row):
                raise self._wrong(f"a {type(one).__name__} stands among its rows", 'row("Title", ...)')
        if not UID.fullmatch(self.uid):
            raise self._wrong(f"uid {self.uid!r}", "letters, digits, - and _")
        if len(self.uid) > LONGEST_UID:
            raise self._wrong(f"its uid is longer than {LONGEST_UID} characters")
        if not self.title.strip():
            raise self._wrong("it has no title")
        if any(not part.strip() for part in self.folder.split("/")) and self.folder:
            raise self._wrong(f"folder {self.folder!r}", "titles with / between them")
        milliseconds(self.time)
        if self.refresh:
            milliseconds(self.refresh)
        self._check_names()
        self._list_alerts()

    def panels(self) -> Iterator[Panel]:
        """Every panel, in reading order."""
        return (panel for one in self.rows for panel in one.panels)

    def alert_panels(self) -> dict[str, Panel]:
        """Of each alert that the page shows the panel to open when it fires."""
        return {name: to_open(panels) for name, panels in panels_of(self.panels()).items()}

    def _list_alerts(self) -> None:
        if not any(panel.lists_alerts for panel in self.panels()):
            return
        shown = {rule.alert: rule for panel in self.panels() for rule in panel.alerts}
        rows = (
            replace(one, panels=tuple(listed(p, shown.values()) if p.lists_alerts else p for p in one.panels))
            for one in self.rows
        )
        object.__setattr__(self, "rows", tuple(rows))

    def _check_names(self) -> None:
        keys: set[str] = set()
        for panel in self.panels():
            if panel.key in keys:
                what = f"two panels of page {self.uid!r} are called {panel.key!r}"
                raise Mistake(what, fix="key=... tells them apart", where=panel.source)
            keys.add(panel.key)
        titles: set[str] = set()
        for one in self.rows:
            if one.title in titles:
                raise Mistake(f"two rows of page {self.uid!r} are called {one.title!r}", where=one.source)
            titles.add(one.title)
        names = Counter(one.name for one in self.variables)
        for name, count in names.items():
            if count > 1:
                raise self._wrong(f"two variables are called {name!r}")

    def _wrong(self, what: str, fix: str = "") -> Mistake:
        return Mistake(f"page {self.uid!r}: {what}", fix=fix, where=self.source)


def row(title: str, *panels: Panel, collapsed: bool = False, repeat: str = "") -> Row:
    """Panels that answer one question; the title is the question."""
    if not title.strip():
        raise Mistake("a row without a title", fix="the question that its panels answer")
    for one in panels:
        if not isinstance(one, Panel):
            raise Mistake(
                f"row {title!r} holds a {type(one).__name__}", fix="panels, one by one: row(title, stat(...))"
            )
    return Row(title, panels, collapsed, repeat)
