"""What Grafana 9.4 itself filled in of each kind is in ours too, or is left out for a reason."""

import json
from pathlib import Path
from typing import Any

import pytest

from panels.grafana import to_grafana
from panels.grafana.template import template
from panels.kinds import KINDS
from tests.panels.every_kind import page
from tests.panels.grafana_schemas import panels

SAVED = Path(__file__).parents[3] / "shared" / "oracles" / "grafana-9.4" / "ui_saves" / "panel_defaults.json"
REASONS = {
    "heatmap.options.tooltip.show": "tooltip.mode since 10",
    "table.fieldConfig.defaults.custom.displayMode": "custom.cellOptions since 9.5",
}
#: What is no default but said of that panel.
SAID = {"gridPos", "id", "targets", "title", "type", "datasource", "pluginVersion"}


def leaves(value: Any, path: str = "") -> set[str]:
    """The path of every key."""
    if not isinstance(value, dict):
        return {path}
    found = {path} if path and not value else set()
    return found.union(*(leaves(one, f"{path}.{key}" if path else key) for key, one in value.items()))


def saved() -> dict[str, dict[str, Any]]:
    """One bare panel of each kind after a save in the browser."""
    if not SAVED.is_file():
        pytest.skip(f"what Grafana saved is not there: {SAVED}")
    page = json.loads(SAVED.read_text(encoding="utf-8"))
    return {one["type"]: one for one in page.get("dashboard", page)["panels"]}


def test_every_key_that_grafana_fills_in_is_in_ours() -> None:
    filled = saved()
    missing = []
    for kind in KINDS:
        ours = template(kind)
        made = {
            "options": ours.options,
            "fieldConfig": {"defaults": ours.defaults, "overrides": []},
        }
        theirs = {key: value for key, value in filled[kind].items() if key not in SAID}
        missing += [f"{kind}.{path}" for path in leaves(theirs) - leaves(made)]
    assert sorted(set(missing)) == sorted(REASONS)


def test_every_reason_is_still_needed() -> None:
    filled = saved()
    for path in REASONS:
        kind, _, rest = path.partition(".")
        assert rest in leaves(filled[kind]), path


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_template_is_made_with_grafanalib_once_and_shared(kind: str) -> None:
    assert template(kind) is template(kind)
    assert template(kind).panel == {"type": kind, "pluginVersion": "12.0.0"}


def test_a_page_writes_into_no_template() -> None:
    before = {kind: json.dumps([template(kind).options, template(kind).defaults]) for kind in KINDS}
    to_grafana(page)
    assert before == {kind: json.dumps([template(kind).options, template(kind).defaults]) for kind in KINDS}
    assert len(list(panels(to_grafana(page)))) > len(KINDS)
