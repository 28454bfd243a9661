"""Where the contract of push is judged: a real Grafana when GRAFANA_URL and GRAFANA_TOKEN are set, else stand-ins.

A real one is left as it was, also by a test that fails; after `kill -9` what is left is called `dash-test-...`.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from cli.deploy import journal
from tests.command_line import nothing_from_outside
from tests.contract.commands import Dash
from tests.contract.site import Site
from tests.contract.sweeping import sweep
from tests.push.building import Build
from tests.stand_in import ProfileName, StandIn

REAL = bool(os.environ.get("GRAFANA_URL") and os.environ.get("GRAFANA_TOKEN"))
PLACES = ["real-legacy", "real-apis"] if REAL else ["g9", "g11", "g12", "g12-apis", "g13", "g13-apis"]


@pytest.fixture(params=PLACES)
def site(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Each Grafana there is, asked in each way that it offers; swept afterwards."""
    place, _, api = str(request.param).partition("-")
    mark = f"dash-test-{uuid4().hex[:8]}"
    if place == "real":
        yield from _real(mark, api)
        return
    nothing_from_outside(monkeypatch)
    profile: ProfileName = place  # type: ignore[assignment] # one of PLACES
    with StandIn(profile) as grafana:
        grafana.add_data_source(f"{mark}-a", f"{mark} A")
        grafana.add_data_source(f"{mark}-b", f"{mark} B")
        grafana.flush()
        found = Site(
            url=grafana.url,
            token=grafana.token("Editor"),
            mark=mark,
            api=api or "legacy",
            real=False,
            flush=grafana.flush,
        )
        before = grafana.state
        yield found
        sweep(found)
        assert grafana.state == before
        assert not grafana.annotations


def _real(mark: str, api: str) -> Iterator[Site]:
    url, token = os.environ["GRAFANA_URL"], os.environ["GRAFANA_TOKEN"]
    found = Site(url=url, token=token, mark=mark, api=api, real=True, flush=lambda: None)
    if api == "apis" and found.ask("GET", "/apis/dashboard.grafana.app")[0] != 200:
        pytest.skip("this Grafana offers no /apis")
    yield found
    sweep(found)


@pytest.fixture
def dash(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Dash:
    """The command line, with this site's credentials in the environment."""
    monkeypatch.setenv("GRAFANA_URL", site.url)
    monkeypatch.setenv("GRAFANA_TOKEN", site.token)
    monkeypatch.delenv("DASH_CONTEXT", raising=False)
    monkeypatch.setattr(journal, "FOLDER", tmp_path / "pushes")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "dash.toml").write_text(f'project = "{site.project}"\n', encoding="utf-8")
    return Dash(site, Build(tmp_path / "build", site.project), capsys)
