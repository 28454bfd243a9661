"""A page, a panel, a variable without what nobody said, each thing written in one way."""

from collections.abc import Mapping
from typing import Any

from cli.deploy.normalise import noise

Json = dict[str, Any]
#: The values of these are found out when the page is opened: options of theirs are a remembered answer.
ASKING = frozenset({"query", "datasource"})
NEVER = 0


def objects(value: Any) -> list[Json]:
    """The objects of a list; a page may come from anybody."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def held(page: Mapping[str, Any], *path: str) -> Any:
    """What stands at a path of names; None where nothing does."""
    value: Any = page
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def normal_page(page: Mapping[str, Any]) -> Json:
    """The page's own members: not its panels, nor what stands in its lists."""
    made = _said(noise.PAGE, page)
    if isinstance(title := made.get("title"), str):
        made["title"] = title.strip()
    if made.get("refresh") is False:
        made["refresh"] = ""
    if isinstance(tags := made.get("tags"), list):
        made["tags"] = [tag for tag in tags if not str(tag).startswith(noise.OURS)]
    for name in ("annotations", "templating"):
        if isinstance(made.get(name), Mapping):
            made[name] = {key: value for key, value in made[name].items() if key != "list"}
    for name in ("panels", "links"):
        if isinstance(made.get(name), list):
            del made[name]
    return made


def normal_panel(panel: Mapping[str, Any]) -> Json:
    """A panel's own members: not its place, nor the queries and the panels in it."""
    row = is_row(panel)
    made = _said(noise.PANEL, panel)
    made.pop("gridPos", None)
    if row:
        made = _said(noise.ROW, made)
    for name in ("targets", "panels") if row else ("targets",):
        if isinstance(made.get(name), list):
            del made[name]
    return made


def normal_target(target: Mapping[str, Any], panel: Mapping[str, Any]) -> Json:
    """A query of a panel, whose data source is the panel's if it names none."""
    made = _said(noise.TARGET, target)
    if made.get("datasource") is None:
        made["datasource"] = panel.get("datasource")
    if made.get("range") is None:
        made["range"] = not made.get("instant")  # as the data source reads it
    return made


def normal_variable(variable: Mapping[str, Any]) -> Json:
    """A variable without what opening the page found out."""
    made = _said(noise.VARIABLE, variable)
    if isinstance(query := made.get("query"), str):
        made["query"] = {"query": query}
    elif isinstance(query, Mapping):
        made["query"] = {key: value for key, value in query.items() if key != "refId"}  # the editor's own name
    if isinstance(current := made.get("current"), Mapping):
        made["current"] = {key: _alone(value) for key, value in current.items() if key != "selected"}
    if made.get("type") in ASKING and made.get("refresh") != NEVER:
        made.pop("options", None)
    elif isinstance(options := made.get("options"), list):
        made["options"] = [
            {key: value for key, value in one.items() if key != "selected"} if isinstance(one, dict) else one
            for one in options
        ]
    return made


def normal_annotation(annotation: Mapping[str, Any]) -> Json:
    """An annotation; Grafana's own data source is named in one way."""
    made = _said(noise.ANNOTATION, annotation)
    if made.get("datasource") in noise.GRAFANA_ITSELF:
        made["datasource"] = noise.BUILT_IN["datasource"]
    return made


def annotations(page: Mapping[str, Any]) -> list[Json]:
    """A page's annotations, with the one that Grafana adds."""
    found = objects(held(page, "annotations", "list"))
    return found if any(one.get("builtIn") for one in found) else [noise.BUILT_IN, *found]


def is_row(panel: Mapping[str, Any]) -> bool:
    """Whether a panel is the title of a row."""
    return panel.get("type") == "row"


def _said(part: str, value: Mapping[str, Any]) -> Json:
    nobody = noise.written(part)
    return {key: one for key, one in value.items() if key not in nobody}


def _alone(value: Any) -> Any:
    """A list of one as its one: a choice of several values may be written either way."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value
