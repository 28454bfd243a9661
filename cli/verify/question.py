"""What a Prometheus is asked, and what is expected of the answer: the queries of pages, the expressions of rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from cli.lint.asked import Asked
from cli.lint.question import in_group, on_page
from cli.lint.settings import Settings
from cli.lint.spot import Spot
from cli.lint.subject import Group, Page, Panel, Target
from cli.lint.written import line_of
from cli.verify.filling import Chosen, filled
from cli.verify.span import HOUR, Span, span_of
from queries.catalog import Catalogs
from queries.expr import COMPARISONS, Binary, Expr, Number
from queries.parse import NotPromQL, parse
from queries.promql import to_promql

#: Of a panel that is repeated for each value of a variable, so many are asked.
MOST_REPEATS = 10
#: Of a rule there is no page: where it needs a time, it is an hour.
OF_A_RULE = Span(HOUR, 15.0, 60.0)
#: What is asked: what a panel draws, one moment of it, an alert as a whole, or what always has an answer.
Kind = Literal["range", "instant", "alert", "value"]


class Question(NamedTuple):
    """One expression, filled in.

    Attributes:
        page: as a verdict names it; likewise panel, ref and place.
        text: what Prometheus is asked.
        kind: what of it counts: a panel draws a whole range, an alert is mostly empty.
        span: the time that it looks at.
        low: the least that the panel's axis shows; `high` the greatest. None where nothing is said.
    """

    page: str
    panel: str
    ref: str
    text: str
    place: str
    kind: Kind
    span: Span = OF_A_RULE
    low: float | None = None
    high: float | None = None


class Asking(NamedTuple):
    """What all questions share: the catalogs and settings of `dash lint`, the moment, how often targets are scraped."""

    catalogs: Catalogs
    settings: Settings
    now: float
    scrape: float


def of_page(page: Page, chosen: Mapping[str, Chosen], length: float, asking: Asking) -> Iterator[Question]:
    """Every query of a page, of a repeated panel for each value."""
    repeated = _repeated(page)
    for asked in on_page(page, asking.catalogs, asking.settings):
        if asked is None or asked.reader != "panel":
            continue
        panel = asked.panel  # none of what marks moments on every panel
        by = repeated.get(panel.id) if panel is not None and panel.id is not None else None
        for title, one in _each(panel.title if panel is not None else "", by, chosen):
            yield _question(page, title, asked, one, length=length, asking=asking)


def _question(
    page: Page,
    title: str,
    asked: Asked,
    chosen: Mapping[str, Chosen],
    *,
    length: float,
    asking: Asking,
) -> Question:
    target = asked.target
    panel = asked.panel or Panel(asked.spot, None, "", "", "")
    span = span_of(panel, target or Target(asked.spot, "", asked.text), length, asking.scrape)
    text = filled(asked.text, chosen, span.variables(asking.now))
    as_drawn = not (panel.overridden or panel.transformed)
    return Question(
        page.uid or page.title,
        title or asked.spot.where,
        target.ref if target else "",
        text,
        place_of(asked.spot, page.written),
        "instant" if target is not None and target.instant else "range",
        span,
        panel.low if as_drawn else None,
        panel.high if as_drawn else None,
    )


def of_group(group: Group, asking: Asking) -> Iterator[Question]:
    """Every rule of a group, and of an alert both sides of its comparisons."""
    for asked in in_group(group, asking.catalogs, asking.settings):
        if asked is None:
            continue
        rule = asked.alert or asked.recording
        name = rule.name if rule is not None else asked.spot.where
        text = filled(asked.text, {}, OF_A_RULE.variables(asking.now))
        place = place_of(asked.spot, group.written)
        whole = Question(group.name, name, "", text, place, "alert" if asked.alert else "value")
        yield whole
        if asked.alert is not None and not asked.alert.managed:
            for number, side in enumerate(_sides_of(text), start=1):
                yield whole._replace(ref=f"side {number}", text=side, kind="value")


def _sides_of(text: str) -> list[str]:
    """The sides of an alert's comparisons; none where it does not parse, or compares nothing."""
    try:
        whole = parse(text)
    except NotPromQL:  # Prometheus says why
        return []
    return [to_promql(one) for one in _sides(whole) if one is not whole]


def _sides(expr: Expr) -> Iterator[Expr]:
    match expr:
        case Binary("and" | "or" | "unless", left, right):
            yield from _sides(left)
            yield from _sides(right)
        case Binary(op, left, right, returns_bool=False) if op in COMPARISONS:
            yield from (side for side in (left, right) if not isinstance(side, Number))
        case _:
            yield expr


def place_of(spot: Spot, written: str) -> str:
    """file:line of what a person wrote: of Python where we know it, else of the file that was read."""
    if written:
        return line_of(written, spot.where)
    return f"{spot.document.file}:{spot.document.position(spot.path)[0]}"


def _repeated(page: Page) -> Mapping[int | None, str]:
    """The variable that repeats a panel, itself or the row that it stands in."""
    found: dict[int | None, str] = {}
    listed = page.json.get("panels")
    row = ""
    for one in listed if isinstance(listed, list) else ():
        if not isinstance(one, Mapping):
            continue
        own = str(one.get("repeat") or "")
        if one.get("type") == "row":
            row = own
            inside = one.get("panels")
            found |= {
                two.get("id"): str(two.get("repeat") or row)
                for two in (inside if isinstance(inside, list) else ())
                if isinstance(two, Mapping)
            }
        elif own or row:
            found[one.get("id")] = own or row
    return {id_: by for id_, by in found.items() if by and id_ is not None}


def _each(title: str, by: str | None, chosen: Mapping[str, Chosen]) -> Iterator[tuple[str, Mapping[str, Chosen]]]:
    """The values that a panel is repeated for; once where it is not."""
    several = chosen.get(by or "")
    if several is None or not several.values:
        yield title, chosen
        return
    for value in several.values[:MOST_REPEATS]:
        yield f"{title} ({value})", {**chosen, str(by): several._replace(values=(value,), raw="")}
