"""Whoever repeats what we sent, of our credentials nothing is shown."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.grafana.patience import Patience
from cli.prometheus import line
from cli.prometheus.hushed import hushed
from tests.verify.conftest import Verify
from tests.verify.shop import page
from tests.verify.stub import Handler, Stub, stub, vector

SECRETS = ("s3cret/t0ken", "s3cret%2Ft0ken", "hunter22", "bWU6aHVudGVyMjI=", "k3y-of-ours")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    """It repeats who asked, one way or the other."""
    monkeypatch.setattr(line, "PATIENCE", Patience(tries=1))
    with stub() as server:
        yield server


def _asked(it: Handler) -> str:
    return f"{it.headers.get('Authorization')} {it.headers.get('X-Api-Key')} and {' '.join(SECRETS)}"


def _declined(it: Handler) -> None:
    it.say(json.dumps({"status": "error", "errorType": "bad_data", "error": _asked(it)}).encode(), 400)


def _refused(it: Handler) -> None:
    it.say(f"no: {_asked(it)}".encode(), 401, "text/plain")


def _warned(it: Handler) -> None:
    it.say(json.dumps(vector(1, warnings=[_asked(it)], infos=[_asked(it)])).encode())


@pytest.mark.parametrize("answer", [_declined, _refused, _warned])
@pytest.mark.parametrize("who", ["token", "user"])
def test_no_answer_shows_who_asked(server: Stub, verify: Verify, tmp_path: Path, answer: object, who: str) -> None:
    server.answers["odd"] = answer
    (tmp_path / "page.json").write_text(json.dumps(page("odd")), encoding="utf-8")
    (tmp_path / "kept").write_text("s3cret/t0ken" if who == "token" else "hunter22", encoding="utf-8")
    said = ("--token-file", "kept") if who == "token" else ("--user", "me", "--password-file", "kept")
    ran = verify("page.json", "--prometheus", server.url, *said, "--header", "X-Api-Key: k3y-of-ours")

    shown = ran.out + ran.err
    own = SECRETS[:2] if who == "token" else SECRETS[2:4]
    assert "***" in shown, shown
    assert not [one for one in (*own, "k3y-of-ours") if one in shown], shown


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (
            'Get "http://p:9090/api?query=up&token=abc&x=1": refused',
            'Get "http://p:9090/api?query=up&token=***&x=1": refused',
        ),
        ("http://p/?access_token=abc", "http://p/?access_token=***"),
        ("http://p/?u=me&password=a%20b is away", "http://p/?u=me&password=*** is away"),
        ("http://p/?query=rate(llm_tokens_total[5m])", "http://p/?query=rate(llm_tokens_total[5m])"),
    ],
)
def test_what_a_url_says_of_the_kind_is_left_out(said: str, shown: str) -> None:
    assert hushed(said, ()) == shown
