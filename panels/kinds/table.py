"""Things side by side: a row for each service, replica or model, a column for each number."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Unpack

from panels import shape
from panels.columns import Column, columns, merged, override, targets
from panels.kinds.kind import BY_THRESHOLDS, Kind
from panels.panel import Asking, DataLink, Override, Panel, Step
from panels.theme import PLAIN
from queries import Mistake, Query


class Tabular(Asking, total=False):
    """What can be said of a table by name."""

    no_value: str
    links: Sequence[DataLink]
    overrides: Sequence[Override]


KIND = Kind(
    plugin="table",
    width=12,
    height=8,
    grafanalib="Table",
    options={
        "cellHeight": "sm",
        # Grafana 12 writes `fields: ""`, which its own schema refuses; an empty list means the same
        "footer": {"countRows": False, "fields": [], "reducer": ["sum"], "show": False},
        "frameIndex": 0,
        "showHeader": True,
        "showTypeIcons": False,
    },
    custom={"align": "auto", "cellOptions": {"type": "auto"}, "filterable": False, "inspect": False},
    color=BY_THRESHOLDS,
    # Grafana's own would paint what is above 80 red
    steps=(Step(None, PLAIN),),
    says=Tabular,
)


def table(
    title: str,
    *numbers: Query | Column,
    names: Mapping[str, str] | None = None,
    hide: Sequence[str] = (),
    link: DataLink | None = None,
    sort: str = "",
    descending: bool = True,
    **said: Unpack[Tabular],
) -> Panel:
    """The latest values of numbers that keep the same labels; `column(...)` gives one a title, colours and links.

    `names` are titles of labels, in their order; `hide` leaves labels out; `link` is where the first column leads,
    `to_page(...)` keeps time and variables; `sort` is the title of a column.
    """
    found = columns(title, numbers)
    labels = [one for one in dict.fromkeys([*(names or {}), *found[0].query.labels]) if one not in hide]
    for one in (*(names or {}), *hide):
        if one not in found[0].query.labels:
            raise Mistake(f"table {title!r} has no label {one!r}", fix=", ".join(found[0].query.labels))
    steps = merged(found, names or {}, hide)
    shown = steps[-1]["options"]["renameByName"].values()
    if sort and sort not in shown:
        raise Mistake(f"table {title!r} has no column {sort!r}", fix=", ".join(shown))
    overrides = [override(one) for one in found]
    if link is not None:
        overrides.append(_link(title, labels, found, steps, link))
    return KIND.panel(
        title,
        *targets(found),
        options={"sortBy": [{"desc": descending, "displayName": sort}]} if sort else None,
        overrides=overrides,
        transformations=steps,
        look=said,
    )


def _link(
    title: str,
    labels: Sequence[str],
    found: Sequence[Column],
    steps: Sequence[Mapping[str, Any]],
    link: DataLink,
) -> Override:
    name = steps[-1]["options"]["renameByName"][labels[0]] if labels else found[0].title
    if not link.url:
        raise Mistake(f"table {title!r} links to nothing", fix="to_page(uid, title)")
    return Override("byName", name, {"links": shape.links([replace(link, title=link.title or name)])})
