"""docs/stack.md: what it shows can be written so, and there is nothing that it does not show."""

import re
from pathlib import Path

import pytest

from cli import config
from cli.stack import alertmanager, reading, reading_alertmanager
from cli.stack.settings import MAKERS
from queries import Scrape
from tests.stack import amtool, carried
from tests.stack.test_settings import GOOD

PAGE = (Path(__file__).parents[2] / "docs" / "stack.md").read_text(encoding="utf-8")


def _block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_every_setting_is_shown_and_can_be_meant(tmp_path: Path) -> None:
    (tmp_path / "dash.toml").write_text(_block("toml"), encoding="utf-8")
    said = reading.read(tmp_path, config.read(tmp_path).stack)

    assert said.makers == MAKERS
    assert {one.kind for one in said.alertmanager.receivers} == set(reading_alertmanager.OPTIONS)
    for one in said.alertmanager.receivers:
        known = {*reading_alertmanager.OPTIONS[one.kind], *reading_alertmanager.SECRETS[one.kind]}
        assert {*one.options, *one.secrets} == known
    assert all(
        getattr(said.alertmanager.mute[0], name) for name in ("times", "weekdays", "months", "years", "location")
    )


@amtool.NEEDS_AMTOOL
@pytest.mark.prometheus
@pytest.mark.parametrize("text", [_block("toml"), GOOD], ids=["docs/stack.md", "test_settings"])
def test_alertmanagers_own_tool_has_nothing_against_what_is_shown(text: str, tmp_path: Path) -> None:
    (tmp_path / "dash.toml").write_text(text, encoding="utf-8")
    said = reading.read(tmp_path, config.read(tmp_path).stack)
    files = carried.made(alertmanager.files, carried.whole(settings=said))

    assert amtool.check(amtool.written(files, tmp_path)) == ""


def test_what_is_shown_of_a_scrape_is_one() -> None:
    world: dict[str, object] = {}
    exec(_block("python"), world)  # noqa: S102 - the page is ours

    assert isinstance(world["scrape"], Scrape)
    options = set(Scrape.__dataclass_fields__) - {"role", "targets", "source"}
    assert {name for name in options if f"`{name}=" in PAGE} == options
