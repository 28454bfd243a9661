"""Who asks which Grafana: flags, files, standard input, environment and the URL; and none of it is ever shown."""

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest

from cli.errors import UsageError
from cli.grafana.address import Address, Credentials, address
from tests.push.building import Build, Push, page
from tests.push.odd_server import HEALTH, answer, odd_server
from tests.stand_in import StandIn

HUSH, WRONG = "s3cr3t", "wrong"


@pytest.fixture
def profile() -> str:
    """Who asks is the same everywhere."""
    return "g11"


@pytest.fixture(autouse=True)
def _one_page(build: Build) -> None:
    build.put(page("api"))


def _asked_as(grafana: StandIn) -> set[str]:
    return {one.headers.get("authorization", "") for one in grafana.requests}


def _basic(user: str, password: str) -> str:
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()


def test_a_token_in_the_environment(dash: Push, grafana: StandIn) -> None:
    token = grafana.token()

    assert dash(url=grafana.url, token=token).code == 0
    assert _asked_as(grafana) == {f"Bearer {token}"}


def test_a_token_in_a_file(dash: Push, grafana: StandIn, tmp_path: Path) -> None:
    token = grafana.token()
    file = tmp_path / "token"
    file.write_text(f" {token}\r\n", encoding="utf-8")

    assert dash("--token-file", str(file), url=grafana.url, token=WRONG).code == 0
    assert _asked_as(grafana) == {f"Bearer {token}"}


def test_a_token_on_standard_input(dash: Push, grafana: StandIn) -> None:
    token = grafana.token()

    assert dash("--token-file", "-", "--url", grafana.url, stdin=f"{token}\n").code == 0
    assert _asked_as(grafana) == {f"Bearer {token}"}


def test_a_token_as_a_flag(dash: Push, grafana: StandIn) -> None:
    token = grafana.token()

    assert dash("--token", token, "--url", grafana.url, token=WRONG).code == 0
    assert _asked_as(grafana) == {f"Bearer {token}"}


def test_a_user_and_a_password_file(dash: Push, grafana: StandIn) -> None:
    said = dash("--user", "admin", "--password-file", "-", url=grafana.url, token=WRONG, stdin="admin\n")

    assert said.code == 0
    assert _asked_as(grafana) == {_basic("admin", "admin")}


def test_a_user_and_a_password_in_the_environment(
    dash: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRAFANA_USER", "admin")
    monkeypatch.setenv("GRAFANA_PASSWORD", "admin")

    assert dash(url=grafana.url).code == 0
    assert _asked_as(grafana) == {_basic("admin", "admin")}


def test_a_password_file_for_the_user_in_the_environment(
    dash: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GRAFANA_USER", "admin")
    file = tmp_path / "password"
    file.write_text("admin\n", encoding="utf-8")

    assert dash("--password-file", str(file), url=grafana.url).code == 0


def test_a_user_and_password_in_the_url(dash: Push, grafana: StandIn) -> None:
    url = grafana.url.replace("http://", "http://jos%C3%A9:p%40ss%3Aw%2Frd%C3%BC@")

    said = dash(url=url)

    assert said.code == 4
    assert _asked_as(grafana) <= {_basic("josé", "p@ss:w/rdü"), ""}
    assert "josé" not in said.err
    assert "p@ss" not in said.err
    assert "p%40ss" not in said.err
    assert f"the Grafana at {grafana.url} " in said.err


def test_nobody_is_read_from_a_netrc(
    dash: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login admin password admin\n", encoding="utf-8")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))

    assert dash(url=grafana.url).code == 4
    assert _asked_as(grafana) == {""}


@pytest.mark.parametrize("slash", ["", "/"])
def test_a_grafana_below_a_path(dash: Push, slash: str) -> None:
    asked: list[str] = []

    def say(line: str) -> bytes:
        asked.append(line)
        return answer(HEALTH if "health" in line else b"[]")

    with odd_server(say) as url:
        said = dash("--output", "json", url=f"{url}/graf/ana{slash}", token=HUSH)

        assert all(line.startswith("GET /graf/ana/api") for line in asked)
        assert "GET /graf/ana/api/health HTTP/1.1" in asked
        assert "GET /graf/ana/api/dashboards/uid/api HTTP/1.1" in asked
        assert said.json["pages"][0]["url"] == f"{url}/graf/ana/d/api"


@pytest.mark.parametrize(
    ("arguments", "url", "words"),
    [
        ((), "", "no Grafana is named"),
        ((), "localhost:3000", "does not begin with http://"),
        ((), "ftp://localhost", "does not begin with http://"),
        ((), "http://", "does not begin with http://"),
        ((), "http://localhost:99999", "is not a URL"),
        ((), f"http://admin:{HUSH}", "is not a URL"),
        ((), f"http://admin:{HUSH}/x@localhost", "not percent-encoded"),
        ((), f"http://admin:{HUSH}#x@localhost", "not percent-encoded"),
        ((), f"http://admin:12{HUSH}?x@localhost", "not percent-encoded"),
        ((), "http://localhost/?orgId=1", "ends before ? and #"),
        ((), "http://localhost/gräf", "holds a blank or a foreign letter"),
        (("--token", HUSH, "--user", "x"), "http://localhost", "say who asks in one way"),
        (("--token", HUSH, "--token-file", "-"), "http://localhost", "say who asks in one way"),
        (("--token", HUSH, "--password-file", "-"), "http://localhost", "say who asks in one way"),
        (("--password-file", "-"), "http://localhost", "--password-file needs --user"),
        (("--token-file", "/nowhere/at/all"), "http://localhost", "/nowhere/at/all cannot be read: No such file"),
        (("--token-file", "-"), "http://localhost", "--token-file - is empty"),
        (("--token", f"{HUSH} {HUSH}"), "http://localhost", "a blank, a line break"),
        (("--token", f"{HUSH}ü"), "http://localhost", "a blank, a line break"),
        (("--user", f"{HUSH}:x"), "http://localhost", "a user has no colon"),
        (("--jobs", "0"), "http://localhost", "--jobs"),
    ],
)
def test_what_cannot_be_meant(dash: Push, arguments: tuple[str, ...], url: str, words: str) -> None:
    said = dash(*arguments, url=url)

    assert said.code == 2
    assert words in said.err
    assert HUSH not in said.err
    assert not said.out


def test_a_secret_that_is_not_text(dash: Push, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_bytes(b"\xff\xfe")

    assert "cannot be read: not UTF-8" in dash("--token-file", str(file), url="http://localhost").err


def _address(url: str, said: Credentials | None = None, **variables: str) -> Address:
    environment: Mapping[str, str] = variables
    return address(url, said=said, environment=environment, from_flag=False)


def test_no_secret_in_a_repr() -> None:
    for found in (
        _address(f"http://admin:{HUSH}@localhost"),
        _address("http://localhost", GRAFANA_TOKEN=HUSH),
        _address("http://localhost", said=Credentials(user=HUSH, password=HUSH)),
    ):
        assert found.credentials.kind
        assert HUSH not in f"{found!r} {found!s} {found.url} {found.credentials!r}"


def test_who_is_asked_first() -> None:
    flag, token, user, inside = "flag", "token", "user", "inside"
    url = f"http://{inside}:{HUSH}@localhost"

    def named(*, said: Credentials | None = None, from_flag: bool = False, where: str = url, **variables: str) -> str:
        found = address(where, said=said, environment=variables, from_flag=from_flag).credentials
        return found.token or found.user

    assert named(said=Credentials(token=flag), from_flag=True, GRAFANA_TOKEN=token, GRAFANA_USER=user) == flag
    assert named(from_flag=True, GRAFANA_TOKEN=token, GRAFANA_USER=user) == inside
    assert named(GRAFANA_TOKEN=token, GRAFANA_USER=user) == token
    assert named(GRAFANA_USER=user) == user
    assert named() == inside
    assert not named(where="http://localhost")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("http://localhost:3000/", "http://localhost:3000"),
        ("https://u:p@Grafana.example.com/a/b//", "https://grafana.example.com/a/b"),
        ("http://[::1]:3000", "http://[::1]:3000"),
        (" https://grafana.example.com ", "https://grafana.example.com"),
    ],
)
def test_the_url_that_people_see(url: str, shown: str) -> None:
    assert _address(url).url == shown


def test_a_line_break_in_a_password_is_no_password() -> None:
    with pytest.raises(UsageError):
        Credentials(user="a", password=f"{HUSH}\nX-Evil: 1")
