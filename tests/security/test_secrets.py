"""A secret is sent to its Grafana, and is nowhere else: every command, every ending, every file and every repr."""

import base64
import gc
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from cli.commands._place import Place, Said
from cli.contexts import Context, Contexts
from cli.contexts.secret import Secret
from cli.grafana.address import Address, Credentials
from tests.command_line import Run
from tests.push.building import Build, page
from tests.push.odd_server import answer, odd_server
from tests.security.conftest import Say
from tests.stand_in import StandIn

#: What begins like these is a secret; none of them is in a file of ours, or in what we say.
PASSWORD, PROXY = "Hush-Passw0rd", "Hush-Pr0xy"
COMMANDS = (
    "push --dry-run",
    "plan --out plan.json",
    "push plan.json",
    "push --annotate",
    "push --on-conflict overwrite --prune",
    "status --output json",
    "diff --output markdown",
    "diff build default",
    "doctor --output json",
    "pull",
    "rollback --list",
    "rollback",
    "push --jobs 1",
)
#: How a Grafana can fail: the words of a fault.
FAULTS: tuple[dict[str, Any], ...] = (
    {},
    *({"status": status, "body": {"message": "no"}} for status in (400, 401, 403, 404, 409, 412, 429, 500, 503)),
    {"status": 200, "body": "<html>login</html>"},
    {"status": 302, "headers": {"Location": "http://elsewhere.example"}},
    {"drop": True},
    {"reset": True},
    {"half": "json"},
    {"half": "length"},
)


@pytest.fixture(params=["g9"])
def profile(request: pytest.FixtureRequest) -> str:
    """Who asks is the same everywhere."""
    return str(request.param)


def _as_token(grafana: StandIn, put: pytest.MonkeyPatch) -> list[str]:
    put.setenv("TOKEN", token := grafana.token())
    Path("dash.toml").write_text(_context(grafana.url, "token = {env = 'TOKEN'}"))
    return [token]


def _as_command(grafana: StandIn, put: pytest.MonkeyPatch) -> list[str]:
    put.setenv("TOKEN", token := grafana.token())
    Path("dash.toml").write_text(_context(grafana.url, 'token = {command = "printenv TOKEN"}'))
    return [token]


def _as_file(grafana: StandIn, put: pytest.MonkeyPatch) -> list[str]:
    del put
    Path("../secret").write_text(token := grafana.token())
    Path("dash.toml").write_text(_context(grafana.url, "token = {file = '../secret'}"))
    return [token]


def _as_password(grafana: StandIn, put: pytest.MonkeyPatch) -> list[str]:
    put.setenv("PASSWORD", PASSWORD)  # a wrong one
    Path("dash.toml").write_text(_context(grafana.url, "user = 'admin'\npassword = {env = 'PASSWORD'}"))
    return [PASSWORD]


def _as_url(grafana: StandIn, put: pytest.MonkeyPatch) -> list[str]:
    put.setenv("GRAFANA_URL", grafana.url.replace("//", f"//admin:{PASSWORD}@"))
    return [PASSWORD]


def _through_proxy(grafana: StandIn, put: pytest.MonkeyPatch) -> list[str]:
    put.setenv("http_proxy", grafana.url.replace("//", f"//user:{PROXY}@"))
    put.setenv("TOKEN", token := grafana.token())
    Path("dash.toml").write_text(_context("http://grafana.example", "token = {env = 'TOKEN'}"))
    return [token, PROXY]


def _past_proxy(grafana: StandIn, put: pytest.MonkeyPatch) -> list[str]:
    put.setenv("http_proxy", f"http://user:{PROXY}@127.0.0.1:9")
    put.setenv("TOKEN", token := grafana.token())
    Path("dash.toml").write_text(_context("http://grafana.example", "token = {env = 'TOKEN'}"))
    return [token, PROXY]


def _context(url: str, who: str) -> str:
    return f"default_context = 'default'\n[contexts.default]\nurl = '{url}'\n{who}\n"


WAYS = (_as_token, _as_command, _as_file, _as_password, _as_url, _through_proxy, _past_proxy)


def _leaks(secrets: list[str], said: Run) -> Iterator[str]:
    """Where any secret, or what is left of one in another writing, can be read."""
    written = {one for secret in secrets for one in (secret, base64.b64encode(f"admin:{secret}".encode()).decode())}
    for text in written:
        yield from (name for name, where in (("stdout", said.out), ("stderr", said.err)) if text in where)
        files = [path for path in Path().rglob("*") if path.is_file()]
        yield from (str(path) for path in files if text.encode() in path.read_bytes() or text in path.name)


@pytest.mark.parametrize("way", WAYS)
def test_no_secret_is_said_or_written(
    bare: Say,
    build: Build,
    grafana: StandIn,
    monkeypatch: pytest.MonkeyPatch,
    way: Callable[[StandIn, pytest.MonkeyPatch], list[str]],
) -> None:
    secrets = way(grafana, monkeypatch)
    codes: set[int] = set()
    for number, fault in enumerate(FAULTS):
        build.put(page("api", f"Api {number}"), "Team")
        build.put(page("app", f"App {number}"))
        if fault:
            grafana.faults.add(nth=1 + number % 4, times=30, **fault)
        for words in COMMANDS[number % 3 :: 4] if fault else COMMANDS:
            said = bare(*(("--debug",) if number % 2 else ()), *words.split())
            codes.add(said.code)
            assert not list(_leaks(secrets, said)), (words, fault, said)
            assert said.code in (0, 1, 2, 4, 5, 6), (words, fault, said)
    assert 4 in codes
    assert 0 in codes or way in (_as_password, _as_url, _past_proxy)


@pytest.mark.parametrize(
    "url", ["http://u:{}@h:99999", "http://u:{}@[h", "http://:{}", "http://u:{}@h#", "{}://u", "http://u:{}/x@h"]
)
@pytest.mark.parametrize("where", ["http_proxy", "GRAFANA_URL", "dash.toml", "proxy in dash.toml"])
def test_a_url_that_is_none_keeps_its_password(
    bare: Say, build: Build, monkeypatch: pytest.MonkeyPatch, url: str, where: str
) -> None:
    build.put(page("api"))
    url = url.format(PASSWORD)
    monkeypatch.setenv("GRAFANA_URL", "http://127.0.0.1:9")
    if where.isidentifier():
        monkeypatch.setenv(where, url)
    else:
        more = f"proxy = '{url}'" if where.startswith("proxy") else ""
        Path("dash.toml").write_text(_context("http://127.0.0.1:9" if more else url, more))
    for words in ("push", "--debug push", "--debug doctor", "--debug diff"):
        said = bare(*words.split())
        assert said.code in (2, 4)
        assert PASSWORD not in said.out + said.err


@pytest.mark.parametrize(
    "line",
    [
        "token = 'glsa_Hush'",
        "token = {env = 'glsa_Hush'}",
        "token = {command = 'echo glsa_Hush'}",
        "token = {file = 'glsa_Hush'}",
        "token = {env = 'glsa_Hush', file = 'x'}",
        "token = ['glsa_Hush']",
        "password = 'glsa_Hush'",
        "user = 'u'\npassword = 'glsa_Hush'",
        "token = glsa_Hush",
        "token = 'glsa_Hush",
        "token = {env = 'NOT_SET'}",
    ],
)
def test_a_secret_in_dash_toml_is_not_repeated(
    bare: Say, build: Build, line: str, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("UNUSED", "glsa_Hush")
    build.put(page("api"))
    Path("dash.toml").write_text(_context(grafana.url, line))
    for words in ("push", "--debug push", "--debug doctor"):
        said = bare(*words.split())
        assert said.code == 2, said
        assert "glsa_Hush" not in said.out + said.err


def _refused(head: bytes, body: bytes, _: str) -> bytes:
    return answer(body, head=head)


def test_a_grafana_that_repeats_what_it_was_sent_is_not_believed_to_be_harmless(bare: Say, build: Build) -> None:
    """A proxy that answers with the request's own headers is how tokens come into logs."""
    token = "glsa_Hush0123456789"  # noqa: S105 - of nobody
    build.put(page("api"))
    body = f'{{"message": "Authorization: Bearer {token} is not known"}}'.encode()
    for status in (400, 401, 403, 500):
        head = f"HTTP/1.1 {status} No\r\nContent-Type: application/json\r\nLocation: {token}\r\n".encode()
        with odd_server(partial(_refused, head, body)) as url:
            for words in ("push", "doctor", "--debug push", "diff", "pull", "status"):
                said = bare(*words.split(), "--url", url, "--token", token)
                assert token not in said.out + said.err, said


def test_no_value_shows_a_secret() -> None:
    hush = "Hush"
    credentials = (Credentials(token=hush), Credentials(user="u", password=hush))
    addresses = [Address("http", "h", None, "", one, proxy=f"http://u:{hush}@h") for one in credentials]
    secret = Secret("command", f"echo {hush}", "contexts.a.token", "dash.toml:1")
    context = Context(name="a", where="dash.toml:1", url="http://h", token=secret, password=secret)
    values = [
        *credentials,
        *addresses,
        *(Place(address=one) for one in addresses),
        Said(url=f"http://u:{hush}@h", token=lambda: hush, password=lambda: hush),
        secret,
        context,
        Contexts({"a": context}),
    ]
    for value in values:
        assert hush not in f"{value!r} {value!s}"


def test_nothing_of_a_command_that_ended_shows_a_secret(
    bare: Say, build: Build, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also no value that a debugger or a log would print of what is still there."""
    [token] = _as_token(grafana, monkeypatch)
    build.put(page("api"))
    bare("push")
    ours = [one for one in gc.get_objects() if str(getattr(type(one), "__module__", "")).startswith("cli.")]

    assert not [one for one in ours if token in repr(one)]
