"""A page as a person would sketch it in a terminal, and a number as everybody reads it: plain data, and its lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from cli.compile.number import Number
from cli.compile.project import Placed
from cli.compile.usage import Use
from panels import Dashboard, Panel
from panels.grafana import modernise
from queries import Query, Reader, in_rule, to_promql

Json = dict[str, Any]


def page_sketch(placed: Placed, jobs: Mapping[str, str]) -> Json:
    """Rows, panels with kind and unit, each query."""
    page = placed.value
    if not isinstance(page, Dashboard):
        return _of_json(modernise(page, placed.name, placed.place.rpartition(":")[0]), placed)
    narrowed = {one.narrows: one.name for one in page.variables if one.narrows}
    reader = Reader(role=page.role, variables=narrowed, jobs=jobs)
    return {
        "uid": page.uid,
        "title": page.title,
        "folder": page.folder,
        "place": placed.place,
        "description": page.description,
        "variables": [one.name for one in page.variables],
        "rows": [
            {"title": one.title, "collapsed": one.collapsed, "panels": [_panel(panel, reader) for panel in one.panels]}
            for one in page.rows
        ],
    }


def _panel(panel: Panel, reader: Reader) -> Json:
    queries = []
    for target in panel.targets:
        text = target.text if target.query is None else to_promql(target.query.expr, reader)
        legend = target.legend or (target.query.legend if target.query else "")
        queries.append({"query": text, "legend": legend})
    limits = [f"{step.color} from {step.value:g}" for step in panel.steps if step.value is not None]
    units = dict.fromkeys(target.query.unit.grafana for target in panel.targets if target.query)
    unit = panel.unit or ", ".join(units)
    return {"title": panel.title, "kind": panel.kind, "unit": unit, "limits": limits, "queries": queries}


def _of_json(page: Mapping[str, Any], placed: Placed) -> Json:
    """The sketch of a page that somebody made with grafanalib."""
    rows: list[Json] = [{"title": "", "collapsed": False, "panels": []}]
    for panel in page.get("panels", ()):
        if panel.get("type") == "row":
            inside = [_panel_of_json(one) for one in panel.get("panels", ())]
            rows.append({"title": panel.get("title"), "collapsed": bool(panel.get("collapsed")), "panels": inside})
        else:
            rows[-1]["panels"].append(_panel_of_json(panel))
    variables = [str(one.get("name")) for one in page.get("templating", {}).get("list", ())]
    return {
        "uid": page.get("uid"),
        "title": page.get("title"),
        "folder": "",
        "place": placed.place,
        "description": page.get("description", ""),
        "variables": variables,
        "rows": [row for row in rows if row["title"] or row["panels"]],
    }


def _panel_of_json(panel: Mapping[str, Any]) -> Json:
    defaults = panel.get("fieldConfig", {}).get("defaults", {})
    steps = defaults.get("thresholds", {}).get("steps", ())
    targets = panel.get("targets", ())
    return {
        "title": panel.get("title", ""),
        "kind": panel.get("type", ""),
        "unit": defaults.get("unit", ""),
        "limits": [f"{one['color']} from {one['value']:g}" for one in steps if one.get("value") is not None],
        "queries": [{"query": one.get("expr", ""), "legend": one.get("legendFormat", "")} for one in targets],
    }


def page_lines(page: Json) -> Iterator[str]:
    """The page for a terminal."""
    yield f"{page['title']}  ({page['uid']})" + (f"  in {page['folder']}" if page["folder"] else "")
    yield f"  {page['place']}"
    if page["description"]:
        yield f"  {page['description']}"
    if page["variables"]:
        yield "  variables: " + ", ".join(f"${name}" for name in page["variables"])
    for row in page["rows"]:
        yield ""
        yield f"{'▸' if row['collapsed'] else '▾'} {row['title']}".rstrip()
        for panel in row["panels"]:
            about = ", ".join(filter(None, [panel["kind"], panel["unit"], *panel["limits"]]))
            yield f"  [{panel['title']}]  {about}"
            for one in panel["queries"]:
                yield f"      {one['query']}" + (f"   # {one['legend']}" if one["legend"] else "")


def number_sketch(number: Number, queries: Sequence[Query], uses: Sequence[Use], jobs: Mapping[str, str]) -> Json:
    """The number for both readers, its unit, its labels, and where it is used."""
    return {
        "name": number.name,
        "signature": number.signature,
        "place": number.place,
        "about": number.about,
        "queries": [
            {
                "dashboard": to_promql(query.expr, Reader(jobs=jobs)),
                "rule": to_promql(query.expr, in_rule(jobs=jobs)),
                "unit": f"{query.unit} ({query.unit.grafana})",
                "labels": ", ".join(query.labels) or "none",
                "range": _range(query),
            }
            for query in queries
        ],
        "uses": [asdict(use) for use in uses],
    }


def _range(query: Query) -> str:
    low = "" if query.low is None else f"from {query.unit.says(query.low)}"
    high = "" if query.high is None else f"to {query.unit.says(query.high)}"
    return f"{low} {high}".strip()


def number_lines(number: Json) -> Iterator[str]:
    """The number for a terminal."""
    yield f"{number['name']}{number['signature']}  {number['place']}"
    if number["about"]:
        yield f"  {number['about']}"
    for query in number["queries"]:
        yield ""
        yield from (f"  {key:<9}  {value}" for key, value in query.items() if value)
    uses = number["uses"]
    yield ""
    yield "  used by" if uses else "  used nowhere"
    widths = [max((len(use[key]) for use in uses), default=0) for key in ("kind", "what")]
    for use in uses:
        yield f"    {use['kind']:<{widths[0]}}  {use['what']:<{widths[1]}}  {use['place']}"
