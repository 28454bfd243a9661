"""Two contexts, of which one puts everything below a folder of its own."""

from pathlib import Path

import pytest

from tests.command_line import Dash
from tests.push.building import Build
from tests.stand_in import StandIn

NOTHING = "no difference\n"


@pytest.fixture
def contexts(grafana: StandIn, another: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """`here` at the root, `there` below a folder."""
    tables = ['project = "shop"']
    for name, server, folder in (("here", grafana, ""), ("there", another, 'folder = "Production"')):
        monkeypatch.setenv(f"TOKEN_{name}", server.token("Admin"))
        tables.append(f'[contexts.{name}]\nurl = "{server.url}"\ntoken = {{env = "TOKEN_{name}"}}\n{folder}')
    Path("dash.toml").write_text("\n".join(tables), encoding="utf-8")


@pytest.mark.usefixtures("contexts")
def test_a_page_outside_that_folder_has_not_moved(dash: Dash, pushed: Build, another: StandIn) -> None:
    """Both have pages that nobody pushed, in the root, where they belong."""
    assert pushed
    assert dash("push", "--context", "there").code == 0

    assert dash("diff", "here", "there").out == NOTHING
    assert dash("diff", "there", "here").out == NOTHING
    another.move("app", "")
    assert "page: moved Production/AI -> the root" in dash("diff", "here", "there").out
