"""`dash verify` as it is typed: whom it asks, what it says, its exit codes."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from cli.exit_codes import Exit
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.stand_in import StandIn, ask
from tests.verify.conftest import Verify
from tests.verify.shop import page
from tests.verify.stub import Stub, stub, vector

GOOD, ABSENT = "shop_queue", "shop_lost"


@pytest.fixture
def server() -> Iterator[Stub]:
    """Knows one metric."""
    with stub({GOOD: vector(1, 2)}) as running:
        yield running


@pytest.fixture(autouse=True)
def _files(tmp_path: Path) -> None:
    (tmp_path / "page.json").write_text(json.dumps(page(GOOD, ABSENT)), encoding="utf-8")
    (tmp_path / "good.json").write_text(json.dumps({**page(GOOD), "uid": "good"}), encoding="utf-8")


def test_the_json_is_what_was_promised(verify: Verify, server: Stub) -> None:
    ran = verify("page.json", "--prometheus", server.url, "--output", "json")
    said: dict[str, Any] = json.loads(ran.out)

    assert ran.code == Exit.NO
    assert list(said) == ["type", "version", "queries", "counts"]
    assert (said["type"], said["version"]) == ("verify", 1)
    assert list(said["queries"][0]) == ["page", "panel", "ref", "expr", "status", "why", "series", "seconds"]
    first = {**said["queries"][0], "seconds": 0}
    assert list(first.values()) == ["shop", "Panel 1", "A", GOOD, "ok", "", 2, 0]
    assert said["counts"] == {
        **dict.fromkeys(
            ("error", "too-many-series", "nan", "out-of-range", "wrong-type", "wrong-unit", "slow"),
            0,
        ),
        "ok": 1,
        "empty": 1,
    }


def test_a_person_is_told_what_is_not_ok_why_and_where(verify: Verify, server: Stub) -> None:
    ran = verify("page.json", "--prometheus", server.url)

    assert ran.out.splitlines() == [
        'empty: shop, "Panel 2" A',
        "  nobody exports shop_lost (page.json:1)",
        "  shop_lost",
        "2 queries: 1 ok, 1 empty",
    ]


def test_markdown_is_a_table_in_which_nothing_breaks_out(verify: Verify, server: Stub, tmp_path: Path) -> None:
    expr = 'shop_lost{a=~"x|`y"}'
    (tmp_path / "page.json").write_text(json.dumps(page(expr, title="<b>|*")), encoding="utf-8")
    ran = verify("page.json", "--prometheus", server.url, "--output", "markdown")
    *_, row = ran.out.rstrip().splitlines()

    assert ran.out.startswith("**dash verify**: 1 query: 1 empty\n")
    assert row == (
        r'| empty | shop, "&lt;b>\|\*" A | nobody exports shop\_lost (page.json:1) | `` shop_lost{a=~"x\|`y"} `` |'
    )


def test_junit_counts_what_makes_the_answer_no(verify: Verify, server: Stub) -> None:
    ran = verify("page.json", "--prometheus", server.url, "--output", "junit")
    [suite] = ET.fromstring(ran.out)  # noqa: S314 - our own

    assert suite.attrib == {"name": "shop", "tests": "2", "failures": "1", "errors": "0"}
    assert [case.get("name") for case in suite] == ["Panel 1 A", "Panel 2 A"]
    assert [case.find("failure") is None for case in suite] == [True, False]


@pytest.mark.parametrize(("fail_on", "code"), [("error", 0), ("empty", 1), ("none", 0), ("nan,empty", 1)])
def test_fail_on_says_what_makes_the_answer_no(verify: Verify, server: Stub, fail_on: str, code: int) -> None:
    assert verify("page.json", "--prometheus", server.url, "--fail-on", fail_on).code == code


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (("--fail-on", "emty"), "did you mean 'empty'?"),
        (("--only", "shpo"), "did you mean 'shop'?"),
        (("--range", "long"), "is no duration"),
        (("--header", "X-Scope-OrgID"), "a header is a name, a colon and a value"),
        (("--ca", "gone.pem"), "there is no file gone.pem"),
        (("--datasource", "a"), "name two doors"),
        (("--password-file", "page.json"), "--password-file needs --user"),
    ],
)
def test_a_slip_is_exit_2_and_nobody_is_asked(verify: Verify, server: Stub, said: tuple[str, ...], words: str) -> None:
    ran = verify("page.json", "--prometheus", server.url, *said)

    assert (ran.code, words in ran.err, ran.err) == (Exit.USAGE, True, ran.err)
    assert server.asked == []


def test_no_prometheus_is_exit_2_and_says_what_to_type(verify: Verify) -> None:
    ran = verify("page.json")

    assert ran.code == Exit.USAGE
    assert "no Prometheus is named" in ran.err
    assert "--prometheus http://localhost:9090" in ran.err


def test_only_asks_for_the_page_that_is_meant(verify: Verify, server: Stub) -> None:
    ran = verify("page.json", "good.json", "--prometheus", server.url, "--only", "good")

    assert (ran.code, ran.out) == (0, "1 query: 1 ok\n")
    assert [said["query"] for path, said, _ in server.asked if path.endswith("/query")] == [[GOOD]]


def test_a_file_that_nobody_can_read_is_exit_3_and_the_others_are_asked(
    verify: Verify, server: Stub, tmp_path: Path
) -> None:
    (tmp_path / "broken.json").write_text('{"panels": [', encoding="utf-8")
    ran = verify("broken.json", "good.json", "--prometheus", server.url)

    assert (ran.code, ran.out) == (Exit.AUTHORING, "1 query: 1 ok\n")
    assert "broken.json" in ran.err


def test_who_asks_goes_with_every_question(
    verify: Verify, server: Stub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text("s3cret\n", encoding="utf-8")
    verify("good.json", "--prometheus", server.url, "--token-file", "token", "--header", "X-Scope-OrgID: a")
    monkeypatch.setenv("PROMETHEUS_URL", server.url)
    monkeypatch.setenv("PROMETHEUS_USER", "me")
    monkeypatch.setenv("PROMETHEUS_PASSWORD", "pass")
    asked = len(server.asked)
    verify("good.json")

    assert {headers["authorization"] for _, _, headers in server.asked[:asked]} == {"Bearer s3cret"}
    assert {headers["x-scope-orgid"] for _, _, headers in server.asked[:asked]} == {"a"}
    assert {headers["authorization"] for _, _, headers in server.asked[asked:]} == {"Basic bWU6cGFzcw=="}


def test_a_secret_for_one_prometheus_or_grafana_is_not_told_to_another(
    verify: Verify, server: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROMETHEUS_URL", "http://elsewhere:9090")
    monkeypatch.setenv("PROMETHEUS_TOKEN", "s3cret")
    monkeypatch.setenv("GRAFANA_TOKEN", "glsa_x")
    ran = verify("good.json", "--prometheus", server.url)

    assert ran.code == 0
    assert not any("authorization" in headers for _, _, headers in server.asked)


@pytest.mark.prometheus
@NEEDS_PROMTOOL
def test_through_a_grafana_its_data_sources_proxy_is_asked_and_never_its_queries(verify: Verify, shop: str) -> None:
    with StandIn() as grafana:
        body = {
            "name": "Shop",
            "type": "prometheus",
            "url": shop,
            "access": "proxy",
            "uid": "shop-ds",
            "isDefault": True,
        }
        ask(grafana, "POST", "/api/datasources", body)
        said = ("--url", grafana.url, "--token", grafana.token(), "--output", "json")
        default = verify("page.json", *said)
        named = verify("page.json", *said, "--datasource", "Shop")
        unknown = verify("page.json", *said, "--datasource", "Shpo")
        asked = [request.path.partition("?")[0] for request in grafana.requests]

    found = json.loads(default.out)["queries"]
    assert [(one["expr"], one["status"]) for one in found] == [(GOOD, "ok"), (ABSENT, "empty")]
    assert [one["status"] for one in json.loads(named.out)["queries"]] == ["ok", "empty"]
    assert (unknown.code, "there are: Shop (shop-ds)" in unknown.err) == (Exit.USAGE, True)
    assert "/api/datasources/proxy/uid/shop-ds/api/v1/query" in asked
    assert not any("ds/query" in path for path in asked)


@pytest.mark.prometheus
@NEEDS_PROMTOOL
def test_a_viewer_who_may_not_list_data_sources_names_one_by_its_uid(verify: Verify, shop: str) -> None:
    with StandIn() as grafana:
        body = {"name": "Shop", "type": "prometheus", "url": shop, "access": "proxy", "uid": "shop-ds"}
        ask(grafana, "POST", "/api/datasources", body)
        said = ("--url", grafana.url, "--token", grafana.token("Viewer", without={"datasources:read"}))
        named = verify("good.json", *said, "--datasource", "shop-ds")
        unnamed = verify("good.json", *said)
        unknown = verify("good.json", *said, "--datasource", "elsewhere")

    assert (named.code, named.out) == (0, "1 query: 1 ok\n")
    assert unnamed.code == unknown.code == Exit.REMOTE
    assert "Unable to find datasource" in unknown.err
