"""`docs/diff.md` says what is: every command in it prints what stands below it."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cli.main import main
from tests.push.building import Build, page
from tests.stand_in import StandIn

TEXT = (Path(__file__).parents[2] / "docs" / "diff.md").read_text(encoding="utf-8")
TYPED = [
    tuple(part.partition("\n")[::2])
    for block in re.findall(r"^```console\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]
]


def _asking(window: str) -> dict[str, Any]:
    asks = f"histogram_quantile(0.99, sum by (le) (rate(latency_bucket[{window}])))"
    place = {"h": 4, "w": 24, "x": 0, "y": 0}
    return {"id": 1, "type": "timeseries", "title": "p99", "gridPos": place, "targets": [{"refId": "A", "expr": asks}]}


@pytest.fixture
def _as_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A build, a Grafana in which somebody edited, and another in which nobody did."""
    build = Build(tmp_path / "build")
    build.put(page("errors"), "AI/Serving")
    build.put(page("latency", panels=[_asking("5m")]), "AI/Serving")
    build.put(page("cost"))
    with StandIn("g11") as staging, StandIn("g11") as production:
        tables = ['project = "shop"']
        for name, grafana in (("staging", staging), ("production", production)):
            monkeypatch.setenv(f"TOKEN_{name}", grafana.token("Admin"))
            tables.append(f'[contexts.{name}]\nurl = "{grafana.url}"\ntoken = {{env = "TOKEN_{name}"}}')
        Path("dash.toml").write_text("\n".join(tables), encoding="utf-8")
        for name in ("production", "staging"):
            monkeypatch.setenv("DASH_CONTEXT", name)
            with pytest.raises(SystemExit, match="0"):
                main(["push"])
        staging.make_folder("playground", "Playground")
        staging.move("errors", "playground")
        staging.edit("latency", lambda model: model["panels"][0].update(title="Slowest 1%"))
        staging.edit("latency", lambda model: model["panels"][0]["targets"][0].update(_asking("1m")["targets"][0]))
        yield


@pytest.mark.usefixtures("_as_told")
def test_every_command_prints_what_stands_below_it(capsys: pytest.CaptureFixture[str]) -> None:
    for line, answer in TYPED:
        capsys.readouterr()
        with pytest.raises(SystemExit, match="1"):
            main(shlex.split(line)[1:])
        said = capsys.readouterr()

        assert (said.out, said.err) == (answer, ""), line


def test_there_are_examples_of_every_output() -> None:
    lines = " ".join(line for line, _ in TYPED)

    assert all(word in lines for word in ("--version", "--stat", "json", "markdown"))


def test_every_option_of_its_own_is_in_the_page() -> None:
    for option in ("--only", "--version", "--folder", "--stat", "--output"):
        assert option in TEXT
