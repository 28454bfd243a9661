"""Everything that can be wrong with a Grafana: one sentence that says what to do, once, and no secret in it.

Long because every fault has its own test.
"""

import socket
import traceback
from collections.abc import Iterator

import pytest

from cli.errors import Refused
from cli.grafana import wire
from cli.grafana.patience import Patience
from cli.main import main
from tests.push.building import Build, Push, Run, page
from tests.push.odd_server import CERTIFICATE, HEALTH, answer, odd_server
from tests.stand_in import StandIn

TRIES = Patience().tries
HUSH = "glsa_s3cr3t-0f-0urs"


@pytest.fixture
def dash3(build: Build, dash: Push) -> Push:
    """The command line over three pages, so that an error that is said for each of them would show."""
    for uid in ("a", "b", "c"):
        build.put(page(uid))
    return dash


def _once(said: Run, *words: str) -> None:
    """Said once for the whole run, with what to do, and nothing done."""
    assert said.code == 4
    assert not said.out
    first, second = said.err.splitlines()
    assert first.startswith("error: ")
    assert second.startswith("  try: ")
    for word in words:
        assert word in said.err
    assert HUSH not in said.err


def _closed_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def test_nobody_listens(dash3: Push) -> None:
    url = f"http://127.0.0.1:{_closed_port()}"

    _once(dash3(url=url, token=HUSH), f"no Grafana answers at {url}", "is it running")


def test_no_such_name(dash3: Push) -> None:
    _once(dash3(url="http://grafana.invalid", token=HUSH), "no Grafana answers at http://grafana.invalid")


def test_a_certificate_that_nobody_signed(dash3: Push) -> None:
    with odd_server(lambda _: answer(HEALTH), tls=True) as url:
        _once(dash3(url=url, token=HUSH), f"the certificate of {url} is not trusted", "REQUESTS_CA_BUNDLE=")


def test_a_certificate_of_our_own_authority(dash3: Push, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(CERTIFICATE))
    with odd_server(lambda line: answer(HEALTH if "health" in line else b"x"), tls=True) as url:
        _once(dash3(url=url, token=HUSH), "half an answer")


def test_no_tls_where_we_expect_it(dash3: Push) -> None:
    with odd_server(lambda _: answer(HEALTH)) as url:
        _once(dash3(url=url.replace("http:", "https:"), token=HUSH), "no secure connection to https://")


def test_tls_where_we_expect_none(dash3: Push) -> None:
    """What Go says to that."""
    said = b"Client sent an HTTP request to an HTTPS server.\n"
    head = b"HTTP/1.0 400 Bad Request\r\nContent-Type: text/plain\r\n"
    with odd_server(lambda _: answer(said, head=head)) as url:
        _once(dash3(url=url, token=HUSH), said.decode().strip(), "GRAFANA_URL")


def test_too_slow(dash3: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "READ", 0.2)
    grafana.faults.add("GET", "/api/health", times=TRIES, delay=0.6)

    _once(dash3(url=grafana.url, token=HUSH), "took too long")


@pytest.mark.parametrize("profile", ["g11"])
def test_a_save_that_is_too_slow_may_have_happened(
    build: Build, push: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "READ", 0.2)
    build.put(page("api"))
    grafana.faults.add("POST", "/api/dashboards/db", delay=0.6, applied=True)

    assert push().results == {"api": "created"}


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_is_not_followed(dash3: Push, grafana: StandIn, status: int) -> None:
    with StandIn() as other:
        target = f"{other.url}/login?token=s3cr3t"
        grafana.faults.add(".*", "/api/health", status=status, headers={"Location": target})

        said = dash3(url=grafana.url, token=HUSH)

        _once(said, f"sends us on to {other.url}, ", "GRAFANA_URL")
        assert "s3cr3t" not in said.err
        assert not other.requests


@pytest.mark.parametrize("location", ["/login?x=1", "login"])
def test_a_redirect_on_the_same_host(dash3: Push, grafana: StandIn, location: str) -> None:
    grafana.faults.add("GET", "/api/health", status=302, headers={"Location": location})

    _once(dash3(url=grafana.url, token=HUSH), f"{grafana.url} sends us on to a page of its own")


@pytest.mark.parametrize("location", ["", "http://[bad", "http://x:port/", "\x7f://"])
def test_a_redirect_to_nowhere(dash3: Push, grafana: StandIn, location: str) -> None:
    grafana.faults.add("GET", "/api/health", status=302, headers={"Location": location} if location else {})

    _once(dash3(url=grafana.url, token=HUSH))


def test_a_save_that_is_redirected_is_not_taken_for_done(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("POST", "/api/dashboards/db", status=302, headers={"Location": "/login"})

    said = push()

    assert said.results == {"api": "failed"}
    assert grafana.page("api") is None
    assert said.code == 4


@pytest.mark.parametrize("path", ["/api/health", "/api/search"])
def test_a_login_page(dash3: Push, grafana: StandIn, path: str) -> None:
    grafana.faults.add("GET", path, status=200, body="<!DOCTYPE html><html>Sign in</html>")

    _once(dash3(url=grafana.url, token=grafana.token()), "a web page came from", "login page")


def test_a_wrong_token(dash3: Push, grafana: StandIn) -> None:
    said = dash3(url=grafana.url, token=HUSH)

    _once(said, "does not accept this token", "a new token")
    assert "nvalid API key" in said.err


def test_a_wrong_password(dash3: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRAFANA_USER", "admin")
    monkeypatch.setenv("GRAFANA_PASSWORD", HUSH)

    _once(dash3(url=grafana.url), "does not accept this user and password", "GRAFANA_PASSWORD")


def test_nobody_asks(dash3: Push, grafana: StandIn) -> None:
    _once(dash3(url=grafana.url), "wants to know who asks", "GRAFANA_TOKEN")


def test_a_viewer_may_not_write(dash3: Push, grafana: StandIn) -> None:
    said = dash3(url=grafana.url, token=grafana.token("Viewer"))

    assert said.code == 4
    assert said.results == dict.fromkeys("abc", "failed")
    assert "no permission to save the page (needs dashboards:create, dashboards:write)" in said.why("a")
    assert "give the service account the role Editor" in said.why("a")


def test_who_may_not_make_folders(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI")
    why = "You'll need additional permissions to perform this action. Permissions needed: folders:create"
    grafana.faults.add("POST", "/api/folders", status=403, body={"title": "Access denied", "message": why})

    said = push()

    assert said.code == 4
    assert "no permission to create the folder 'AI' (needs folders:create)" in said.why("api")


def test_who_may_not_even_list_folders(build: Build, dash: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI")

    said = dash(url=grafana.url, token=grafana.token("Viewer"))

    assert said.code == 4
    assert "no permission to list folders (needs folders:read)" in said.why("api")


def test_a_page_that_we_may_not_see(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("GET", "/uid/api", status=403, body={"message": "Access denied to this dashboard"})

    said = push()

    assert said.code == 4
    assert "no permission to read the page (needs dashboards:read; Grafana says: Access denied" in said.why("api")


@pytest.mark.parametrize("body", ["", "<h1>nginx</h1>", {"message": "Not found"}, {"detail": "Not Found"}])
def test_something_else_than_grafana(dash3: Push, grafana: StandIn, body: object) -> None:
    grafana.faults.add("GET", "/api/health", status=404, body=body)

    _once(dash3(url=grafana.url, token=HUSH), "has no Grafana API (404")


def test_json_that_is_not_grafanas(dash3: Push, grafana: StandIn) -> None:
    grafana.faults.add("GET", "/api/health", status=200, body={"status": "UP"})

    _once(dash3(url=grafana.url, token=HUSH), "has no Grafana API")


@pytest.mark.parametrize(
    ("status", "headers", "word"),
    [
        (429, {"Retry-After": "17"}, "asks us to wait for 17 (429)"),
        (429, {}, "asks us to wait (429)"),
        (500, {}, "has trouble of its own (500"),
        (502, {}, "has trouble of its own (502"),
        (503, {}, "has trouble of its own (503"),
    ],
)
def test_not_now(dash3: Push, grafana: StandIn, status: int, headers: dict[str, str], word: str) -> None:
    grafana.faults.add("GET", "/api/search", times=TRIES, status=status, headers=headers, body="<html>oh</html>")

    _once(dash3(url=grafana.url, token=grafana.token()), word)


def test_its_database_fails(dash3: Push, grafana: StandIn) -> None:
    sick = {"database": "failing", "version": "9.4.0"}
    grafana.faults.add("GET", "/api/health", times=TRIES, status=503, body=sick)

    _once(dash3(url=grafana.url, token=HUSH), "its database is failing")


def _half() -> Iterator[tuple[bytes, str]]:
    yield answer(HEALTH[:9], length=len(HEALTH)), "broke off"
    yield answer(HEALTH[:9]), "half an answer"
    yield b"", "broke off"
    yield b"\x00\x01\x02", "broke off"
    yield answer(b"[1]"), "no Grafana API"


@pytest.mark.parametrize(("sent", "word"), list(_half()), ids=["cut", "no json", "nothing", "no http", "list"])
def test_half_an_answer(dash3: Push, sent: bytes, word: str) -> None:
    with odd_server(lambda _: sent) as url:
        _once(dash3(url=url, token=HUSH), word)


def test_pages_fail_alone_once_it_has_answered(build: Build, push: Push, grafana: StandIn) -> None:
    for uid in ("a", "b", "c"):
        build.put(page(uid))
    grafana.faults.add("GET", "/uid/b", times=TRIES, drop=True)

    said = push("--jobs", "1")

    assert said.results == {"a": "created", "b": "failed", "c": "created"}
    assert said.code == 6
    assert "broke off" in said.why("b")


def test_an_answer_of_another_shape(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("GET", "/uid/api", status=200, body={"dashboard": [], "meta": None})

    said = push()

    assert said.results == {"api": "failed"}
    assert "half an answer" in said.why("api")


def test_a_page_in_a_folder_that_we_may_not_see_is_no_missing_page(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("GET", "/uid/api", status=404, body={"message": "Folder not found"})

    assert push().results == {"api": "failed"}
    assert grafana.page("api") is None


def test_a_page_in_the_new_format(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    message = "dashboard api version not supported, use /apis/dashboard.grafana.app/v2 instead"
    grafana.faults.add("GET", "/uid/api", status=406, body={"message": message})

    assert message in push().why("api")


def test_a_hostile_message_does_not_reach_the_screen(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    grafana.faults.add("POST", "/db", status=400, body={"message": "no\x1b[2J\x9b" + "x" * 5000})

    said = push()

    assert "\x1b" not in said.out
    assert "\x9b" not in said.out
    assert len(said.out) < 1000


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
