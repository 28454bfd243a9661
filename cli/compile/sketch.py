"""A page as a person would sketch it in a terminal, and a number as everybody reads it."""

from collections.abc import Iterator, Mapping, Sequence

from cli.compile.project import Number
from cli.compile.usage import Use
from panels import Dashboard, Panel
from queries import Query, Reader, in_rule, to_promql


def page_lines(page: Dashboard, jobs: Mapping[str, str]) -> Iterator[str]:
    """Rows, panels with kind and unit, each query."""
    reader = page_reader(page, jobs)
    yield f"{page.title}  ({page.uid})" + (f"  in {page.folder}" if page.folder else "")
    if page.description:
        yield f"  {page.description}"
    if page.variables:
        yield "  variables: " + ", ".join(f"${one.name}" for one in page.variables)
    for row in page.rows:
        yield ""
        yield f"{'▸' if row.collapsed else '▾'} {row.title}"
        for panel in row.panels:
            yield from _panel_lines(panel, reader)


def page_reader(page: Dashboard, jobs: Mapping[str, str]) -> Reader:
    """The page as a reader of numbers."""
    narrowed = {one.narrows: one.name for one in page.variables if one.narrows}
    return Reader(role=page.role, variables=narrowed, jobs=jobs)


def _panel_lines(panel: Panel, reader: Reader) -> Iterator[str]:
    limits = ", ".join(f"{step.color} from {step.value:g}" for step in panel.steps if step.value is not None)
    about = ", ".join(part for part in (panel.kind, panel.unit, limits) if part)
    yield f"  [{panel.title}]  {about}"
    for target in panel.targets:
        text = target.text if target.query is None else to_promql(target.query.expr, reader)
        legend = target.legend or (target.query.legend if target.query else "")
        yield f"      {text}" + (f"   # {legend}" if legend else "")


def number_lines(
    number: Number, queries: Sequence[Query], uses: Sequence[Use], jobs: Mapping[str, str]
) -> Iterator[str]:
    """The number for both readers, its unit, its labels, and where it is used."""
    yield f"{number.name}{number.signature}  {number.place}"
    if number.call.__doc__:
        yield f"  {number.call.__doc__.strip().splitlines()[0]}"
    for query in queries:
        yield ""
        yield f"  dashboard  {to_promql(query.expr, Reader(jobs=jobs))}"
        yield f"  rule       {to_promql(query.expr, in_rule(jobs=jobs))}"
        yield f"  unit       {query.unit} ({query.unit.grafana})"
        yield f"  labels     {', '.join(query.labels) or 'none'}"
        if query.low is not None or query.high is not None:
            low = "" if query.low is None else query.unit.says(query.low)
            high = "" if query.high is None else query.unit.says(query.high)
            yield f"  range      {low} to {high}".rstrip()
    yield ""
    yield "  used by" if uses else "  used nowhere"
    width = max((len(use.kind) for use in uses), default=0)
    for use in uses:
        yield f"    {use.kind:<{width}}  {use.what}  {use.place}"
