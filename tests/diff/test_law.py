"""A build and a Grafana do not differ exactly where a push finds nothing to do."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.command_line import Dash
from tests.diff.conftest import retitled
from tests.push.building import Build, page
from tests.stand_in import StandIn


def _saved_under_a_longer_minimum(_: Build, grafana: StandIn) -> None:
    grafana.require_refresh("1m")
    grafana.edit("one", lambda model: model.update(refresh="1m"))


Arrange = Callable[[Build, StandIn], object]


#: What may have happened since a push of `one` into `AI`, on either side.
SINCE: dict[str, Arrange] = {
    "nothing": lambda *_: None,
    "ours newer": lambda build, _: build.put(page("one", "Newer"), "AI"),
    "edited": lambda _, grafana: grafana.edit("one", retitled),
    "saved as it was": lambda _, grafana: grafana.edit("one", lambda _: None),
    "saved with noise": lambda _, grafana: grafana.edit("one", lambda model: model.update(style="dark", editable=True)),
    "moved by hand": lambda _, grafana: grafana.move("one", ""),
    "moved in the source": lambda build, _: build.put(page("one"), "Other"),
    "both the same": lambda build, grafana: (
        build.put(page("one", "Both"), "AI"),
        grafana.edit("one", lambda model: model.update(title="Both")),
    ),
    "deleted": lambda _, grafana: grafana.delete("one"),
    "a longer minimum": lambda _, grafana: grafana.require_refresh("1m"),
    "a longer minimum, and saved": _saved_under_a_longer_minimum,
}


@pytest.mark.parametrize("since", SINCE.values(), ids=SINCE)
def test_nothing_differs_exactly_where_a_push_finds_nothing_to_do(
    dash: Dash, build: Build, grafana: StandIn, since: Arrange
) -> None:
    build.put(page("one", refresh="10s"), "AI")
    dash("push")
    since(build, grafana)

    differs = dash("diff").code
    results: Any = dash("push", "--dry-run", "--output", "json").json["pages"]

    assert (differs == 0) == (results[0]["result"] == "unchanged")
