"""`dash catalog diff` and `read` of a running service: what is told, in which form, with which exit code."""

from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from cli.exit_codes import Exit
from queries.catalogs.file import read_catalog
from tests.catalogs.serving import TEXT, Answer, Answering, Asked, page, serving
from tests.command_line import Run, dash

PAGE = '# HELP a_total Things.\n# TYPE a_total counter\na_total{x="1"} 1\na_total{x="2"} 1\n# TYPE b gauge\nb 1\n'
SAME = "domain: c\nmetrics:\n- {name: a_total, type: counter, labels: {x: null}}\n- {name: b, type: gauge}\n"
OPENMETRICS = "# TYPE a counter\na_total 1\na_created 1.7e9\n# EOF\n"


@pytest.fixture(autouse=True)
def _in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("c.yaml").write_text(SAME)


def _diff(answering: Answering, *more: str, path: str = "/metrics") -> Run:
    with serving(answering) as (url, _):
        return dash("catalog", "diff", url + path, "--catalog", "c.yaml", *more)


def test_a_service_that_exports_its_catalog_has_no_difference() -> None:
    with serving(page(PAGE)) as (url, asked):
        said = dash("catalog", "diff", f"{url}/metrics", "--catalog", "c.yaml")

    assert (said.code, said.out) == (Exit.OK, f"{url}/metrics: 2 metrics compared, no difference\n")
    assert [one.path for one in asked] == ["/metrics"]
    assert "openmetrics" in asked[0].headers["Accept"]
    assert "protobuf" not in asked[0].headers["Accept"]


def test_an_address_without_a_path_is_recognised_by_what_it_answers() -> None:
    assert _diff(page(PAGE), path="").code == Exit.OK
    assert _diff(page(PAGE), path="/").code == Exit.OK


def test_a_difference_is_the_answer_no_and_says_what_to_do() -> None:
    said = _diff(page(PAGE.replace("a_total", "as_total")))

    assert said.code == Exit.NO
    first, fix, last = said.out.splitlines()
    assert first == "renamed  as_total is exported, and a_total of the catalog no more: probably renamed"
    assert fix.startswith("  try: name: as_total, renamed_from: a_total in the catalog")
    assert last.endswith("/metrics: 2 metrics compared, 1 difference (1 renamed)")


def test_a_script_and_a_comment_say_the_same() -> None:
    answering = page(PAGE + "c 1\n")
    said = orjson.loads(_diff(answering, "--output", "json").out)
    comment = _diff(answering, "--output", "markdown").out

    assert {key: said[key] for key in ("type", "version", "differences", "unseen", "aside", "counts")} == {
        "type": "catalog-diff",
        "version": 1,
        "differences": [
            {
                "kind": "unknown",
                "metric": "c",
                "job": "",
                "message": "is exported (unknown, 1 series), and no catalog has it",
                "declared": [],
                "exported": ["c"],
            }
        ],
        "unseen": [],
        "aside": {},
        "counts": {"metrics": 2, "differences": 1, "unknown": 1},
    }
    assert "| unknown | `c` |  | is exported (unknown, 1 series), and no catalog has it |\n" in comment


def test_a_value_writes_nothing_of_its_own_into_a_comment_or_a_terminal() -> None:
    Path("c.yaml").write_text(SAME.replace("x: null", "x: [ok]"))
    answering = page('a_total{x="|[a](http://b) @all <img>\\n\x1b[31m"} 1\nb 1\n')
    row = next(one for one in _diff(answering, "--output", "markdown").out.splitlines() if one.startswith("| value"))

    assert "\\|\\[a\\](http://b) @\u200ball \\<img\\>" in row
    assert row.count(" | ") == 3
    assert "\x1b" not in _diff(answering).out


def test_openmetrics_and_gzip_are_read() -> None:
    import gzip  # noqa: PLC0415 - one test needs it

    Path("c.yaml").write_text("domain: c\nmetrics: [{name: a_total, type: counter}]\n")

    assert _diff(page(OPENMETRICS, kind="application/openmetrics-text")).code == Exit.OK
    assert _diff(page(gzip.compress(OPENMETRICS.encode()))).code == Exit.OK


def test_a_counter_without_series_keeps_its_name_in_openmetrics() -> None:
    Path("c.yaml").write_text("domain: c\nmetrics: [{name: a_total, type: counter, labels: {x: null}}]\n")
    said = _diff(page("# TYPE a counter\n# EOF\n"))

    assert (said.code, said.err) == (Exit.OK, "note: not seen yet: a_total: it has no series yet\n")


def test_what_is_ignored_makes_no_difference() -> None:
    assert _diff(page(PAGE + "nv_x 1\n"), "--ignore", "nv_*").code == Exit.OK


def test_only_the_metrics_of_a_job_are_expected_of_its_page() -> None:
    Path("c.yaml").write_text(SAME.replace("metrics:", "jobs: [one, two]\nmetrics:").replace("b,", "b, jobs: [two],"))
    one = page(PAGE.replace("# TYPE b gauge\nb 1\n", ""))

    assert _diff(one, "--job", "one").code == Exit.OK
    assert _diff(one, "--job", "two").code == Exit.NO
    none = _diff(one, "--job", "three")
    assert (none.code, none.err) == (
        Exit.USAGE,
        "error: no catalog has a metric of three\n  try: --job of one, two\n",
    )


def test_a_page_needs_a_catalog_and_that_of_the_configuration_is_one() -> None:
    Path("m.prom").write_text(PAGE)
    unnamed = dash("catalog", "diff", "m.prom")
    Path("dash.toml").write_text('[lint]\ncatalogs = ["c.yaml"]\n')

    assert (unnamed.code, unnamed.out) == (Exit.USAGE, "")
    assert "error: which catalog is this service's?\n  try: --catalog FILE, or of ai_api, " in unnamed.err
    assert dash("catalog", "diff", "m.prom").code == Exit.OK


def test_a_catalog_that_is_broken_or_not_there_is_told() -> None:
    Path("m.prom").write_text(PAGE)
    Path("broken.yaml").write_text("metrics: []\n")

    assert dash("catalog", "diff", "m.prom", "--catalog", "broken.yaml").code == Exit.AUTHORING
    assert dash("catalog", "diff", "m.prom", "--catalog", "ai_ap").code == Exit.USAGE
    assert dash("catalog", "diff", "gone.prom", "--catalog", "c.yaml").code == Exit.USAGE


def test_a_page_is_guarded_and_a_secret_is_never_shown(tmp_path: Path) -> None:
    def guarded(asked: Asked) -> Answer:
        said = (asked.headers.get("Authorization"), asked.headers.get("X-Tenant"))
        return Answer(PAGE.encode()) if said == ("Bearer geheim", "a") else Answer(b"no", TEXT, 401)

    (tmp_path / "token").write_text("geheim\n")
    fine = _diff(guarded, "--token-file", "token", "--header", "X-Tenant: a")
    refused = _diff(guarded, "--token-file", "token")
    wrong = _diff(guarded, "--header", "geheim")

    assert fine.code == Exit.OK
    assert (refused.code, "geheim" in refused.err, " answers 401 " in refused.err) == (Exit.REMOTE, False, True)
    assert (wrong.code, "geheim" in wrong.err) == (Exit.USAGE, False)


def test_what_the_environment_keeps_for_an_address_goes_there(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str | None] = []

    def asked(one: Asked) -> Answer:
        sent.append(one.headers.get("Authorization"))
        return Answer(PAGE.encode())

    monkeypatch.delenv("PROMETHEUS_URL", raising=False)
    monkeypatch.setenv("PROMETHEUS_TOKEN", "geheim")
    with serving(asked) as (url, _):
        dash("catalog", "diff", f"{url}/metrics", "--catalog", "c.yaml")
        monkeypatch.setenv("PROMETHEUS_URL", f"{url}/metrics")
        dash("catalog", "diff", f"{url}/metrics", "--catalog", "c.yaml")

    assert sent == [None, "Bearer geheim"]


def test_a_running_service_becomes_a_catalog_and_is_read_anew() -> None:
    with serving(page(PAGE)) as (url, _):
        first = dash("catalog", "read", f"{url}/metrics", "--out", "new.yaml", "--values", "2")
        text = Path("new.yaml").read_text()
        Path("new.yaml").write_text(text.replace("type: gauge", "type: gauge\n  unit: tokens"))
        again = dash("catalog", "read", url, "--out", "new.yaml")
        shown = dash("catalog", "read", f"{url}/metrics")

    assert (first.code, first.out) == (Exit.OK, "new.yaml: 2 metrics\n")
    assert first.err == "note: 3 series, most of them: a_total 2 (x has 2 values), b 1\n"
    assert again.out == "new.yaml says so already: 2 metrics\n"
    kept = {one.name: one for one in read_catalog(Path("new.yaml").read_bytes(), "new.yaml").metrics}
    assert kept["a_total"].values_of("x") == ("1", "2")
    assert str(kept["b"].unit) == "tokens"
    assert shown.out.startswith("domain: unnamed\nscrape_interval: 15s\nmetrics:\n- name: a_total\n")
    assert "labels: {x: null}" in shown.out
