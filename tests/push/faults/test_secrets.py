"""No secret in any output, whatever goes wrong."""

import traceback

import pytest

from cli.errors import Refused
from cli.main import main
from tests.push.building import Build, page
from tests.push.faults.refusal import HUSH
from tests.stand_in import StandIn


def test_no_half_password_in_a_traceback(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAFANA_URL", f"http://admin:{HUSH}")
    with pytest.raises(SystemExit) as ended:
        main(["--debug", "push", "--build", str(build.path)])

    assert HUSH not in "".join(traceback.format_exception(ended.value))


@pytest.mark.parametrize("flag", [[], ["--debug"]], ids=["plain", "debug"])
def test_no_secret_in_any_output(
    build: Build, grafana: StandIn, monkeypatch: pytest.MonkeyPatch, flag: list[str]
) -> None:
    """Neither in an error, nor in the traceback that --debug shows."""
    build.put(page("api"))
    monkeypatch.setenv("GRAFANA_URL", grafana.url.replace("http://", f"http://admin:{HUSH}@"))
    with pytest.raises((SystemExit, Refused)) as ended:
        main([*flag, "push", "--build", str(build.path)])

    text = "".join(traceback.format_exception(ended.value))
    assert HUSH not in text
    assert HUSH not in repr(ended.value)
