"""`docs/contexts.md` does what it says."""

import json
import re
from pathlib import Path

import pytest

from cli.commands._doctor_check import Check
from cli.commands._who import OPTIONS
from cli.contexts.table import EXAMPLES
from cli.main import main
from tests.contexts.conftest import Written
from tests.stand_in import StandIn

PAGE = (Path(__file__).parents[2] / "docs" / "contexts.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
[TOML] = [text for kind, text in BLOCKS if kind == "toml"]


def test_the_example_can_be_read_and_shows_every_setting(written: Written) -> None:
    found = written(TOML)

    assert list(found.named) == ["staging", "production", "old"]
    assert found.default == "staging"
    for setting in EXAMPLES:
        assert re.search(rf"^{setting} = ", TOML, re.MULTILINE), setting


def test_every_option_is_named() -> None:
    decorated = OPTIONS[0]
    for option in OPTIONS[1:]:
        decorated = option(decorated)
    names = [name for one in decorated.__click_params__ for name in one.opts]  # type: ignore[attr-defined]

    assert names
    assert not [name for name in names if f"`{name}" not in PAGE]


def test_the_commands_run(
    written: Written, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with StandIn("g11") as grafana:
        written(TOML.replace("https://staging.example.com", grafana.url))
        monkeypatch.setenv("STAGING_TOKEN", grafana.token())
        for line in re.findall(
            r"^\$ dash (.*)$", "".join(text for kind, text in BLOCKS if kind == "console"), re.MULTILINE
        ):
            with pytest.raises(SystemExit) as ended:
                main(line.split())
            assert ended.value.code == 0, capsys.readouterr()

    assert re.search(r"^ok +context +staging$", capsys.readouterr().out, re.MULTILINE)


def test_the_shape_of_the_json_is_ours() -> None:
    [said] = [json.loads(text) for kind, text in BLOCKS if kind == "json"]

    assert list(said) == ["type", "version", "checks"]
    assert [list(check) for check in said["checks"]] == [list(Check.__dataclass_fields__)]
