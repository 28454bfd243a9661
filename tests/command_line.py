"""`dash` as a person types it, in this process: what it says, and how it ends."""

import io
import json
import re
import sys
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from typing import Any, NamedTuple, TypeAlias

import pytest

from cli.main import main

#: All that says which Grafana, which Prometheus and who asks.
VARIABLES = (
    "DASH_CONTEXT",
    *("GRAFANA_URL", "GRAFANA_TOKEN", "GRAFANA_USER", "GRAFANA_PASSWORD", "GRAFANA_ORG_ID"),
    *("PROMETHEUS_URL", "PROMETHEUS_TOKEN", "PROMETHEUS_USER", "PROMETHEUS_PASSWORD"),
)
#: What libraries take for the way to it.
PROXIES = (
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"),
    *("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"),
)


class Run(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer of `--output json`."""
        return json.loads(self.out)

    @property
    def results(self) -> dict[str, str]:
        """What became of each page that the text names."""
        lines = [re.match(r"([a-z]+) +(\S+): ", line) for line in self.out.splitlines()]
        return {line[2]: line[1] for line in lines if line}

    @property
    def total(self) -> str:
        """The last line."""
        return self.out.splitlines()[-1]

    def why(self, uid: str) -> str:
        """The line of a page."""
        return next(line for line in self.out.splitlines() if f" {uid}: " in line)


Dash: TypeAlias = Callable[..., Run]


def typed(capture: pytest.CaptureFixture[str], *arguments: str) -> Run:
    """`dash` with these arguments; what was said before does not count."""
    capture.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    sys.stdout.flush()
    said = capture.readouterr()
    assert isinstance(ended.value.code, int)
    return Run(int(ended.value.code), said.out, said.err)


def dash(*arguments: str) -> Run:
    """The same where nobody captures: in the folder where we are."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main(arguments)
    assert isinstance(ended.value.code, int)
    return Run(int(ended.value.code), out.getvalue(), err.getvalue())


def nothing_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """No Grafana and no Prometheus of whoever runs the tests."""
    for name in (*VARIABLES, *PROXIES):
        monkeypatch.delenv(name, raising=False)
