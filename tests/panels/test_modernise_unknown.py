"""What today's Grafana does not know in a panel is said, kept or refused, and never lost silently."""

from datetime import date
from pathlib import Path
from typing import Any

import grafanalib.core as lib
import pytest

from panels.grafana import modernise
from queries import Mistake
from tests.panels.grafanalib_pages import PANELS, page, panel
from tests.panels.modern import changes, first, modern


def test_what_a_panel_has_and_grafana_does_not_read_is_said() -> None:
    said = panel(lib.TimeSeries, extraJson={"odd": 1, "fieldConfig": {"defaults": {"strange": 2}}})
    assert "odd is nothing that Grafana reads today" in changes(said)
    assert "fieldConfig.defaults.strange is nothing" in changes(said)
    pie = panel(lib.PieChartv2, thresholds=[{"color": "green"}])
    assert "a piechart has no thresholds" in changes(pie)
    assert "useProxy" not in first(PANELS["News"])["options"]
    assert "no proxy today" in changes(PANELS["News"])
    assert first(PANELS["Text, plain"])["options"]["mode"] == "markdown"


def test_a_plugin_that_nobody_knows_is_kept() -> None:
    class Own(lib.Panel):  # type: ignore[misc]
        def to_json_data(self) -> Any:
            return self.panel_json({"type": "their-plugin", "options": {"shape": "star"}})

    made = first(panel(Own))
    assert (made["type"], made["options"]) == ("their-plugin", {"shape": "star"})
    assert "thresholds" not in made["fieldConfig"]["defaults"]


def test_what_is_no_json_is_a_mistake() -> None:
    with pytest.raises(Mistake, match="a date is nothing that Grafana's JSON can hold"):
        modern(panel(lib.TimeSeries, description=date(2024, 1, 2)))


def test_a_mistake_without_a_class_to_look_for_is_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "own.dashboard.py"
    file.write_text("dashboard = ...")
    with pytest.raises(Mistake, match="a date is nothing") as caught:
        modernise(page(panel(lib.TimeSeries, description=date(2024, 1, 2))), path=str(file))
    assert caught.value.where.path == str(file)


def test_a_panel_without_a_type_is_a_mistake() -> None:
    class Nothing(lib.Panel):  # type: ignore[misc]
        def to_json_data(self) -> Any:
            return self.panel_json({})

    with pytest.raises(Mistake, match="a Nothing has no type"):
        modern(panel(Nothing))
