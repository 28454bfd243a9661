"""`dash test` as it is typed, in a folder of its own."""

from pathlib import Path

import pytest

from cli.main import main
from cli.prometheus.promtool import Promtool, find
from tests.scenarios.shop import RULES, Dash, Run, put


@pytest.fixture(scope="session")
def promtool() -> Promtool:
    """The one of this machine."""
    return find()


@pytest.fixture
def dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dash:
    """The command line in a folder with the shop's rules; nothing is derived unless it is asked for."""
    monkeypatch.chdir(tmp_path)
    put(tmp_path, shop_yaml=RULES)

    def run(*arguments: str, derived: bool = False) -> Run:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["test", *([] if derived else ["--no-derived"]), *arguments])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Run(int(ended.value.code), said.out, said.err)

    return run
