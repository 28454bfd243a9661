"""The page about `dash explain` shows what it says."""

import json
import re
from pathlib import Path

import pytest

from cli.compile.build import Request, build
from cli.config import Config
from cli.main import main

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "explain.md").read_text(encoding="utf-8")
TYPED = re.findall(r"^```console\n\$ dash explain ([^\n]*)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where our own pages and rules were built."""
    folder = tmp_path_factory.mktemp("ours")
    assert build(Request(config=Config(), folder=ROOT, out=folder / "build")).problems == ()
    return folder


@pytest.mark.parametrize(("typed", "answer"), TYPED)
def test_every_example_prints_what_the_page_says(
    typed: str, answer: str, built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(built)
    with pytest.raises(SystemExit) as ended:
        main(["explain", typed.strip("'")])

    assert (ended.value.code, capsys.readouterr().out) == (0, answer)


def test_there_are_examples_and_every_panel_of_ours_can_be_explained(
    built: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(built)
    with pytest.raises(SystemExit):
        main(["explain", 'ai-api/"Errors"', "--output", "json"])
    told = json.loads(capsys.readouterr().out)
    members = set(re.findall(r"`([a-z]+)`", TEXT))

    assert len(TYPED) == 3
    assert told["expressions"][0]["sentence"].startswith("The share of HTTP requests with status 5xx among all")
    assert {*told, *told["expressions"][0], *told["expressions"][0]["nodes"][0], "reads", "each"} <= members | {
        "version"
    }
