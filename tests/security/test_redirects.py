"""A credential goes to the one Grafana that it is for: no redirect, no flag and no context takes it elsewhere."""

from pathlib import Path

import pytest

from tests.push.building import Build, page
from tests.push.odd_server import answer, odd_server
from tests.security.conftest import Say
from tests.security.hostile import clean
from tests.stand_in import StandIn

HUSH = "glsa_Hush0123"
COMMANDS = ("push", "plan --out plan.json", "status", "diff", "pull", "doctor", "rollback")


@pytest.fixture
def other() -> StandIn:
    """A Grafana of somebody else."""
    return StandIn("g9")


@pytest.mark.parametrize("status", [300, 301, 302, 303, 307, 308])
@pytest.mark.parametrize("place", ["{}/api/health", "//{}/"])
def test_a_redirect_takes_nothing_along(bare: Say, build: Build, other: StandIn, status: int, place: str) -> None:
    build.put(page("api"))
    with other:
        target = other.url if place.startswith("{") else other.url.removeprefix("http://")
        head = f"HTTP/1.1 {status} Go\r\nLocation: {place.format(target)}\r\nRefresh: 0; url={other.url}\r\n".encode()
        with odd_server(lambda _: answer(b"", head=head)) as url:
            for words in COMMANDS:
                clean(bare(*words.split(), "--url", url, "--token", HUSH))
        assert not other.requests


@pytest.mark.parametrize("nth", range(1, 8))
def test_a_redirect_in_the_middle_takes_nothing_along(
    say: Say, build: Build, grafana: StandIn, other: StandIn, nth: int
) -> None:
    build.put(page("api"), "Team")
    with other:
        grafana.faults.add(nth=nth, times=100, status=307, headers={"Location": f"{other.url}/api/dashboards/db"})
        assert clean(say("push", "--annotate")).code in (0, 4, 6)
        assert not other.requests


@pytest.mark.parametrize("variable", ["GRAFANA_TOKEN", "GRAFANA_PASSWORD"])
def test_the_environment_is_for_its_own_grafana(  # noqa: PLR0917 - fixtures
    bare: Say, build: Build, grafana: StandIn, other: StandIn, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    build.put(page("api"))
    monkeypatch.setenv("GRAFANA_URL", grafana.url)
    monkeypatch.setenv("GRAFANA_USER", "admin")
    monkeypatch.setenv(variable, HUSH)
    Path("dash.toml").write_text(f'[contexts.other]\nurl = "{other.url}"\n')
    with other:
        for words in COMMANDS:
            for place in (("--url", other.url), ("--context", "other")):
                assert clean(bare(*words.split(), *place)).code == 2, words
        for two in (("diff", other.url), ("diff", "other"), ("diff", "build", other.url)):
            assert clean(bare(*two)).code == 2
        assert not [one for one in other.requests if "authorization" in one.headers]


def test_a_token_of_a_context_goes_to_its_url_only(
    bare: Say, build: Build, grafana: StandIn, other: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    build.put(page("api"))
    monkeypatch.setenv("MINE", grafana.token())
    with other:
        monkeypatch.setenv("THEIRS", other.token("Editor"))
        Path("dash.toml").write_text(
            "default_context = 'mine'\n"
            f"[contexts.mine]\nurl = '{grafana.url}'\ntoken = {{env = 'MINE'}}\n"
            f"[contexts.theirs]\nurl = '{other.url}'\ntoken = {{env = 'THEIRS'}}\n"
        )
        for words in ("push", "push --context theirs", "status", "diff mine theirs", "doctor --context theirs", "pull"):
            assert clean(bare(*words.split())).code in (0, 1)
        for words in COMMANDS:
            clean(bare(*words.split(), "--url", other.url))
            assert clean(bare(*words.split(), "--context", "mine", "--url", other.url)).code == 2

        sent = [{one.headers.get("authorization", "") for one in server.requests} for server in (grafana, other)]
    assert len(sent[0]) == 1
    assert len(sent[1] - {""}) == 1
    assert not sent[0] & sent[1]
