"""What is no Prometheus, or a bad one: a clear word each, nothing that was found is lost, the right exit code."""

import json
import ssl
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn, get_args

import pytest

from cli.exit_codes import Exit
from cli.grafana.no_answer import NoAnswer, Word
from cli.grafana.patience import Patience
from cli.prometheus import line
from tests.command_line import Run
from tests.listening import free_port
from tests.push.odd_server import CERTIFICATE, KEY
from tests.verify.conftest import Verify
from tests.verify.shop import page
from tests.verify.stub import Answering, Stub, stub, vector

HTML = b"<!doctype html><title>Sign in</title>"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(line, "PATIENCE", Patience(tries=2, sleep=lambda *_: None))


@pytest.fixture
def server() -> Iterator[Stub]:
    """Answers `good` well; a test says what else."""
    with stub({"good": vector(1)}) as running:
        yield running


def _asked(verify: Verify, url: str, tmp_path: Path, *exprs: str, more: tuple[str, ...] = ()) -> Run:
    (tmp_path / "page.json").write_text(json.dumps(page(*exprs)), encoding="utf-8")
    return verify("page.json", "--prometheus", url, "--output", "json", "--jobs", "1", *more)


def _status(ran: Run) -> dict[str, tuple[str, str]]:
    return {one["expr"]: (one["status"], one["why"]) for one in json.loads(ran.out)["queries"]}


def test_a_prometheus_that_is_down_is_exit_4(verify: Verify, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    ran = _asked(verify, url, tmp_path, "good")

    assert ran.code == Exit.REMOTE
    assert ran.err.splitlines()[0] == f"error: the Prometheus at {url}: nobody answers"


@pytest.mark.parametrize("word", get_args(Word))
def test_no_answer_is_told_whatever_its_word(
    verify: Verify, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, word: Word
) -> None:
    def ask(*_: object) -> NoReturn:
        raise NoAnswer(word)

    monkeypatch.setattr(line, "ask", ask)
    ran = _asked(verify, "http://127.0.0.1:1", tmp_path, "good")

    assert ran.code == Exit.REMOTE
    assert ran.err.startswith("error: the Prometheus at http://127.0.0.1:1")
    assert "Traceback" not in ran.err


@pytest.mark.parametrize(
    ("answer", "word"),
    [
        (lambda it: it.say(HTML, kind="text/html"), "answers with a web page"),
        (lambda it: it.say(HTML, 503, "text/html"), "has trouble of its own (503: a web page)"),
        (lambda it: it.say(b"Service Unavailable", 503, "text/plain"), "trouble of its own (503: Service Unavailable)"),
        (lambda it: it.say(b'{"status": "success", "data": {"resu'), "half an answer, or none that is JSON"),
        (lambda it: it.say(b'{"status": "succ', length=500), "the connection breaks off"),
        (lambda it: it.say(b'{"status": "success", "data": [1]}'), "answers JSON, but not as a Prometheus does"),
        (lambda it: it.say(b'{"status": "success", "data": {"resultType": "vector", "result": [7]}}'), "not as a Prom"),
        (lambda it: it.say(b"Unauthorized", 401, "text/plain"), "does not let us ask (401: Unauthorized)"),
        (lambda it: it.say(b"", 302), "sends us on, which is not followed"),
        (lambda it: it.say(b"404 page not found", 404, "text/plain"), "has no API of a Prometheus (404"),
        (lambda it: it.hang_up(), "the connection breaks off"),
    ],
)
def test_what_is_found_until_it_goes_wrong_is_told(
    server: Stub, verify: Verify, tmp_path: Path, answer: Answering, word: str
) -> None:
    server.answers["bad"] = answer
    ran = _asked(verify, server.url, tmp_path, "good", "bad", "later")
    said = _status(ran)

    assert ran.code == Exit.REMOTE
    assert word in ran.err
    assert said["good"] == ("ok", "")
    assert said["later"][0] == "error"
    assert "not asked any more" in said["later"][1]
    assert ran.err.count("\n") <= 2


@pytest.mark.parametrize(
    ("answer", "status", "word"),
    [
        (lambda it: it.drip(5), "slow", "no answer within 2.3 s"),
        (lambda it: it.server.over.wait(3), "slow", "no answer within 2.3 s"),
        (lambda it: it.flood(1 << 30), "too-many-series", "the answer is larger than 32 MB"),
        (
            lambda it: it.say(b'{"status":"error","errorType":"timeout","error":"query timed out"}', 503),
            "slow",
            "timed",
        ),
        (
            lambda it: it.say(b'{"status":"error","errorType":"execution","error":"too many samples in memory"}', 422),
            "too-many-series",
            "too many samples in memory",
        ),
        (lambda it: it.say(b'{"status":"error","errorType":"bad_data","error":"no \\u001b[31m"}', 400), "error", "no "),
    ],
)
def test_a_query_that_fails_alone_leaves_the_others_as_they_are(
    server: Stub, verify: Verify, tmp_path: Path, *, answer: Answering, status: str, word: str
) -> None:
    server.answers |= {"bad": answer, "later": vector(2)}
    patience = "0.3" if "no answer" in word else "30"  # what is large takes its time on a busy machine
    ran = _asked(verify, server.url, tmp_path, "good", "bad", "later", more=("--timeout", patience))
    said = _status(ran)

    assert ran.code == Exit.NO
    assert (said["bad"][0], word in said["bad"][1], said["bad"][1]) == (status, True, said["bad"][1])
    assert (said["good"][0], said["later"][0]) == ("ok", "ok")
    assert "\x1b" not in ran.out


def test_bytes_that_are_no_utf_8_lose_nothing_and_are_noted(server: Stub, verify: Verify, tmp_path: Path) -> None:
    body = json.dumps(vector(1, 2)).encode().replace(b'"n": "0"', b'"n": "\xff\xfe"')
    server.answers["odd"] = lambda it: it.say(body)
    ran = _asked(verify, server.url, tmp_path, "odd")
    [one] = json.loads(ran.out)["queries"]

    assert (ran.code, one["status"], one["series"]) == (0, "ok", 2)
    assert "no UTF-8" in one["why"]


def test_warnings_and_infos_of_prometheus_3_are_shown(server: Stub, verify: Verify, tmp_path: Path) -> None:
    notes = {"warnings": ["the warning"], "infos": ["metric might not be a counter"]}
    server.answers["odd"] = vector(1, **notes)
    ran = _asked(verify, server.url, tmp_path, "odd")
    plain = verify("page.json", "--prometheus", server.url)

    assert _status(ran)["odd"] == ("ok", "the warning; metric might not be a counter")
    assert "metric might not be a counter" in plain.out
    assert (ran.code, plain.code) == (0, 0)


def test_an_answer_that_did_not_come_is_asked_for_again(server: Stub, verify: Verify, tmp_path: Path) -> None:
    answers = iter([(b"", 502), (json.dumps(vector(3)).encode(),)])
    server.answers["odd"] = lambda it: it.say(*next(answers))
    ran = _asked(verify, server.url, tmp_path, "odd")

    assert _status(ran)["odd"] == ("ok", "")
    assert sum(said.get("query") == ["odd"] for _, said, _ in server.asked) == 2


def test_types_and_units_other_than_the_targets_say_are_told(server: Stub, verify: Verify, tmp_path: Path) -> None:
    def meta(kind: str, unit: str = "") -> list[dict[str, str]]:
        return [{"type": kind, "unit": unit, "help": ""}]

    server.answers["metadata"] = {
        "status": "success",
        "data": {
            "shop_queue": meta("counter"),
            "shop_share": meta("gauge", "bytes"),
            "shop_requests": meta("counter"),
            "unheard_of": meta("gauge"),
        },
    }
    exprs = [
        "shop_queue",
        "shop_share",
        "rate(shop_requests_total[5m])",
        "rate(unheard_of[5m])",
        "delta(unheard_of[5m])",
    ]
    server.answers |= dict.fromkeys(exprs, vector(0.5))
    (tmp_path / "page.json").write_text(json.dumps(page(*exprs)), encoding="utf-8")
    ran = verify("page.json", "--prometheus", server.url, "--catalog", "shop.catalog.yaml", "--output", "json")

    assert {expr: (status, why.partition(" (page")[0]) for expr, (status, why) in _status(ran).items()} == {
        "shop_queue": ("wrong-type", "shop_queue is a counter to its targets, and a gauge to the catalog"),
        "shop_share": ("wrong-unit", "shop_share is in bytes to its targets, and in ratio to the catalog"),
        "rate(shop_requests_total[5m])": ("ok", ""),
        "rate(unheard_of[5m])": ("wrong-type", "unheard_of is a gauge to its targets, and rate() is for counters"),
        "delta(unheard_of[5m])": ("ok", ""),
    }


@pytest.mark.parametrize(("announced", "status"), [("till_errors", "ok"), ("till_faults", "empty")])
def test_a_metric_that_its_targets_announce_is_not_gone(
    server: Stub, verify: Verify, tmp_path: Path, announced: str, status: str
) -> None:
    up = {"metric": {"job": "till", "instance": "b:1"}, "value": [1, "1"]}
    drawn = {"metric": {}, "values": [[1, "1"]]}
    server.answers |= {
        "metadata": {"status": "success", "data": {announced: [{"type": "counter", "unit": "", "help": ""}]}},
        "values": {"status": "success", "data": ["till"]},
        'min_over_time(up{job="till"}[5m])': {"status": "success", "data": {"resultType": "vector", "result": [up]}},
    }
    lately = {"status": "success", "data": {"resultType": "matrix", "result": [drawn]}}
    server.answers["till_errors_total"] = lambda it: it.say(
        json.dumps(lately if "query_range" in it.path else vector()).encode()
    )
    ran = _asked(verify, server.url, tmp_path, "till_errors_total")

    assert _status(ran)["till_errors_total"][0] == status


def test_a_certificate_that_nobody_trusts_is_said_and_ca_names_who_does(verify: Verify, tmp_path: Path) -> None:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(CERTIFICATE, KEY)
    with stub({"good": vector(1)}, tls) as server:
        url = server.url.replace("http://127.0.0.1", "https://localhost")
        strange = _asked(verify, url, tmp_path, "good")
        known = _asked(verify, url, tmp_path, "good", more=("--ca", str(CERTIFICATE)))

    assert (strange.code, known.code) == (Exit.REMOTE, 0)
    assert "its certificate is not trusted; --ca FILE" in strange.err
