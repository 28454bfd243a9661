"""What answers and is no page: one clear word each, the right exit code, and nothing half-written."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cli.exit_codes import Exit
from cli.prometheus import fetch as fetching
from tests.catalogs.serving import TEXT, Answer, serving
from tests.command_line import Run, dash

PAGE = b"# TYPE a_total counter\na_total 1\n"
HTML = b"<!DOCTYPE html><html><body>Log in</body></html>"
WRITTEN = "domain: c\nmetrics: [{name: mine, type: gauge}]\n"

BAD = {
    "a web page": (Answer(HTML, "text/html; charset=utf-8"), "answers with a web page"),
    "a web page that says it is text": (Answer(HTML, TEXT), "answers with a web page"),
    "503": (Answer(b"busy", TEXT, 503), "answers 503 Service Unavailable"),
    "protobuf": (
        Answer(b"\x9c\x01\x0a\x0dgo", "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily"),
        "answers protobuf, although it was asked for text",
    ),
    "JSON": (Answer(b'{"status": "ok"}', "application/json"), "answers JSON"),
    "a line that is cut": (Answer(b"# TYPE a_total counter\na_total{x="), "/metrics:2:9: "),
    "an end that is cut": (Answer(PAGE.rstrip()), "the last line has no line feed: the page was cut"),
    "OpenMetrics without its end": (
        Answer(b"# TYPE a unknown\na 1\n", "application/openmetrics-text"),
        "the page ends without # EOF",
    ),
    "OpenMetrics by its word only, without its end": (
        Answer(PAGE, "application/openmetrics-text; version=1.0.0; charset=utf-8"),
        "the page ends without # EOF",
    ),
    "gzip that is cut": (Answer(gzip.compress(PAGE * 99)[:-9]), "the gzip stream ends in the middle: it was cut"),
    "fewer bytes than it says": (Answer(PAGE, TEXT, 200, len(PAGE) + 9), "breaks off"),
    "no UTF-8": (Answer(b'# TYPE a gauge\na{x="\xff"} 1\n'), "/metrics:2: this is not UTF-8"),
    "nothing": (Answer(b""), "there is no metric in it"),
}


def _read(answer: Answer, path: str = "/metrics", *more: str) -> Run:
    with serving(lambda asked: answer if asked.path == "/metrics" else Answer(b"", TEXT, answer.status)) as (url, _):
        return dash("catalog", "read", url + path, "--out", "c.yaml", *more)


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.yaml").write_text(WRITTEN)


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_page_is_told_in_a_word_and_nothing_is_written(name: str) -> None:
    answer, says = BAD[name]
    said = _read(answer)

    assert (said.code, said.out) == (Exit.REMOTE, "")
    assert says in said.err
    assert said.err.startswith("error: ")
    assert len(said.err.splitlines()) <= 2
    assert Path("c.yaml").read_text() == WRITTEN
    assert {one.name for one in Path().iterdir()} == {"c.yaml"}


def test_more_than_anybody_exports_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "LARGEST", 1000)
    said = _read(Answer(b"# a comment that is long\n" * 1000))

    assert (said.code, "it is larger than" in said.err) == (Exit.REMOTE, True)


def test_whoever_does_not_answer_is_told_once_with_or_without_a_path() -> None:
    with serving(lambda _: Answer(PAGE)) as (url, _):
        pass
    for path in ("", "/metrics"):
        said = dash("catalog", "diff", url + path, "--catalog", "ai_api")
        assert (said.code, said.out) == (Exit.REMOTE, "")
        assert said.err.count("error: ") == 1
        assert url in said.err


def test_who_is_slow_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from time import sleep  # noqa: PLC0415 - one test waits

    monkeypatch.setattr(fetching, "STEP", 0.2)

    def slow(_: object) -> Answer:
        sleep(0.6)
        return Answer(PAGE)

    with serving(slow) as (url, _):
        said = dash("catalog", "diff", f"{url}/metrics", "--catalog", "ai_api")

    assert (said.code, "does not answer in time" in said.err) == (Exit.REMOTE, True)


@pytest.mark.parametrize("url", ["http://", "http://a b/metrics", "http://host:x/metrics"])
def test_an_address_that_is_none_is_a_slip_of_the_command_line(url: str) -> None:
    said = dash("catalog", "diff", url, "--catalog", "ai_api")

    assert (said.code, said.out) == (Exit.USAGE, "")
    assert said.err.startswith("error: ")


def test_a_password_in_an_address_is_never_shown() -> None:
    with serving(lambda _: Answer(HTML, "text/html", 403)) as (url, asked):
        named = url.replace("://", "://eve:geheim@")
        for path in ("", "/metrics"):
            said = dash("catalog", "read", named + path)
            assert (said.code, "geheim" in said.err + said.out) == (Exit.REMOTE, False)

    assert any("Authorization" in one.headers for one in asked)


@pytest.mark.parametrize("answer", [Answer(HTML, "text/html"), Answer(b"busy", TEXT, 503)])
def test_a_token_in_the_query_of_an_address_is_sent_and_never_shown(answer: Answer) -> None:
    with serving(lambda _: answer) as (url, asked):
        said = dash("catalog", "read", f"{url}/metrics?token=s3cret&x=1")

    assert any("token=s3cret" in one.path for one in asked)
    assert (said.code, "s3cret" in said.out + said.err) == (Exit.REMOTE, False)
    assert "/metrics?token=***&x=1" in said.err
