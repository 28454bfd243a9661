"""`dash explain` as it is typed: an expression, a panel, a rule, a file of somebody's; and what it says of a slip."""

import json
from pathlib import Path
from typing import Any

import pytest

from cli.artifact.manifest import Manifest, PageEntry, RuleEntry
from cli.commands._explain import _is_at
from cli.lint.reading import read
from cli.lint.sample import page, panel
from cli.lint.settings import Settings
from cli.lint.spot import Spot
from tests.command_line import Dash, Run, typed
from tests.lint.findings import finding, put

HANDLER = {"type": "query", "name": "handler", "query": "label_values(http_requests_total, handler)"}
RULES = """groups:
  - name: api_alerts
    rules:
      - alert: Slow
        expr: histogram_quantile(0.95, sum by (le) (rate(llm_call_duration_seconds_bucket[5m]))) > 15
        for: 5m
      - alert: Gauge
        expr: rate(inference_queue_depth[5m]) > 1
      - record: api:requests:rate5m
        expr: sum(rate(http_requests_total[5m]))
"""


@pytest.fixture
def dash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Dash:
    """The command line in a folder where a page and a rule file were built."""
    monkeypatch.chdir(tmp_path)
    _built(tmp_path / "build")

    def run(*arguments: str) -> Run:
        return typed(capsys, "explain", *arguments)

    return run


def _built(build: Path) -> None:
    chosen = 'sum(rate(http_requests_total{handler=~"$handler"}[$__rate_interval]))'
    dashboard = page(
        panel(chosen, {"expr": f"{chosen} * 2", "legendFormat": "twice"}, title="Requests"),
        panel("rate(inference_queue_depth[$__rate_interval])", title="Queue/depth"),
        panel("", title="Nothing"),
        panel({"expr": '{app="a"}', "datasource": {"type": "loki", "uid": "l"}}, title="Logs"),
        variables=(HANDLER,),
        uid="api",
    )
    put(build, "dashboards/api.json", json.dumps(dashboard))
    put(build, "rules/api.yaml", RULES)
    made = Manifest(
        project="p",
        pages=(PageEntry(uid="api", title="A", folder="", file="dashboards/api.json", digest="", source="a.py:3"),),
        rules=(RuleEntry(file="rules/api.yaml", groups=("api_alerts",), digest="", source="r.py:7"),),
    )
    (build / "manifest.json").write_bytes(made.dump())


def _json(said: Run) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(said.out)
    assert (told["type"], told["version"]) == ("explain", 1)
    return told


def test_an_expression_is_told(dash: Dash) -> None:
    said = dash("sum by (model) (rate(llm_tokens_total[5m]))", "--catalog", "ai_api")

    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == "LLM tokens per second over the last 5 minutes, one line for each model."
    assert "cost: reads at most 2 series for each endpoint, instance, job and model;" in said.out


def test_a_fault_is_found_with_carets(dash: Dash) -> None:
    said = dash("sum(rate(inference_queue_depth[5m])) > 1")

    assert said.code == 0
    assert "\nerror PQL121: " in said.out
    assert "\n    sum(rate(inference_queue_depth[5m])) > 1\n        ^^^^^" in said.out


def test_a_panel_is_told_query_by_query_and_judged_where_it_stands(dash: Dash) -> None:
    said = dash('api/"Requests"')

    assert said.out.startswith('== panel "Requests", query A ==\nHTTP requests per second, as chosen on the page')
    assert '== panel "Requests", query B, twice ==' in said.out
    assert "PQL005" not in said.out
    assert "error PQL121" in dash("api/Queue/depth").out


def test_what_is_wrong_with_a_panel_as_a_whole_is_told_once(dash: Dash) -> None:
    told = _json(dash("api/Requests", "--output", "json"))
    rules = [one["rule"] for one in told["findings"]]

    assert len(told["expressions"]) == 2
    assert rules
    assert len(rules) == len(set(rules))


def test_a_rule_is_told_and_an_alert_is_true_or_not(dash: Dash) -> None:
    assert dash("Slow").out.startswith("== alert Slow ==\nTrue while the slowest 5 % of LLM calls take more than 15 s")
    assert dash("api:requests:rate5m").out.startswith("== recording api:requests:rate5m ==\nHTTP requests per second")
    assert dash("api_alerts/Gauge").out.count("PQL121") == 1


def test_a_recorded_metric_is_known(dash: Dash) -> None:
    told = _json(dash("api:requests:rate5m / 2", "--output", "json"))["expressions"][0]

    assert told["sentence"] == "Requests per second divided by 2 over the last 5 minutes."
    assert told["nodes"][-1]["unit"] == "requests per second"
    assert told["cost"]["reads"] == [{"series": 1, "each": []}]


def test_what_stands_beside_the_place_is_not_told() -> None:
    (document,) = read(["-"], stdin=json.dumps(page()).encode, settings=Settings()).documents
    spot = Spot(document, ("elements", "panel-1"), "")

    assert _is_at(finding(file="<stdin>", path="elements.panel-1.spec"), spot)
    assert _is_at(finding(file="<stdin>", path="elements.panel-1"), spot)
    assert not _is_at(finding(file="<stdin>", path="elements.panel-12"), spot)
    assert not _is_at(finding(path="elements.panel-1", file="y.json"), spot)


def test_a_variable_of_an_expression_that_stands_on_no_page_is_no_fault(dash: Dash) -> None:
    said = dash('sum(rate(http_requests_total{handler=~"$handler"}[5m])) > 5')

    assert "PQL005" not in said.out
    assert said.out.startswith("HTTP requests per second, where they are above 5 over the last 5 minutes, as chosen")


def test_a_panel_or_a_rule_of_any_file(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "mine/page.json", json.dumps(page(panel("up", title="A/B"))))
    put(tmp_path, "mine/rules.yml", RULES)

    assert dash("mine/page.json/A/B").out.startswith('== panel "A/B", query A ==\nWhether the last scrape')
    assert dash("mine/rules.yml/Slow", "--catalog", "ai_api").out.startswith("== alert Slow ==\nTrue while the slow")
    assert "llm_call_duration_seconds_bucket, which no catalog knows" in dash("mine/rules.yml/Slow").out


@pytest.mark.parametrize(
    ("what", "code", "error"),
    [
        ("api", 2, "api has 4 panels: which one?\n  try: dash explain 'api/Requests'; it has: Requests, Queue/depth"),
        ("api/Request", 2, "api has no panel 'Request'\n  try: did you mean 'Requests'?"),
        (
            "apy/Requests",
            2,
            "there is no panel, no rule and no metric 'apy/Requests'\n  try: did you mean 'api/Requests'?",
        ),
        ('apy/"Requests"', 2, "there is no panel and no rule"),
        ("elsewhere/'Requests 5 %'", 2, "try: the pages are api"),
        ("Slo", 2, "did you mean 'Slow'?"),
        ("api_alerts", 2, "api_alerts has 3 rules: which one?\n  try: dash explain 'api_alerts/Slow'"),
        ("api_alerts/Slo", 2, "api_alerts has no rule 'Slo'\n  try: did you mean 'Slow'?"),
        ("api/Nothing", 2, "panel 'Nothing' of api asks nothing in PromQL"),
        ("api/Logs", 2, "panel 'Logs' of api asks nothing in PromQL"),
        ("build/rules/api.yaml", 2, "build/rules/api.yaml has 3 rules: which one?"),
        ("build/dashboards/api.json/Gone", 2, "build/dashboards/api.json has no panel 'Gone'"),
        ("sum(rate(", 3, "this is no PromQL: unclosed left parenthesis"),
        ("", 3, "this is no PromQL: nothing to parse"),
        ("up\0", 3, "this is no PromQL: a NUL byte is no PromQL"),
        ("(" * 200, 3, "this is no PromQL: nested deeper than 100"),
    ],
)
def test_a_slip_is_said_with_what_to_type_instead(dash: Dash, what: str, code: int, error: str) -> None:
    said = dash(what)

    assert said.code == code
    assert error in said.err
    assert said.out == ""


def test_a_file_that_cannot_be_read_is_said(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "broken.yml", "a: [")
    said = dash("broken.yml/A")

    assert said.code == 3
    assert said.err.startswith("error: broken.yml:1:")


def test_a_catalog_that_is_none_is_usage(dash: Dash) -> None:
    said = dash("up", "--catalog", "ai_apii")

    assert said.code == 2
    assert "did you mean 'ai_api'?" in said.err


def test_a_panel_that_asks_no_promql_names_itself(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, "p.json", json.dumps(page(panel("sum(", title="A"))))
    said = dash("p.json/A")

    assert (said.code, said.out) == (3, "")
    assert said.err.startswith('error: panel "A", query A: this is no PromQL')


def test_without_a_build_an_expression_is_still_told(dash: Dash, tmp_path: Path) -> None:
    (tmp_path / "build").rename(tmp_path / "gone")

    assert dash("up").out.startswith("Whether the last scrape worked")


def test_json_has_everything_and_its_shape_is_a_promise(dash: Dash) -> None:
    told = _json(dash("rate(inference_queue_depth[5m]) + foo", "--output", "json"))
    (expression,) = told["expressions"]

    assert set(told) == {"type", "version", "expressions", "findings"}
    assert set(expression) == {"expr", "where", "sentence", "nodes", "cost", "findings"}
    assert expression["nodes"][1] == {
        "depth": 1,
        "head": "rate(...)",
        "promql": "rate(inference_queue_depth[5m])",
        "type": "vector",
        "kind": "rate",
        "unit": "requests per second",
        "labels": "instance, job, model_name",
        "words": "the inference queue depth per second over the last 5 minutes",
        "empty": "",
    }
    assert expression["cost"] == {
        "reads": [{"series": 1, "each": ["instance", "job", "model_name"]}],
        "unknown": ["foo"],
        "sentence": "reads at most 1 series for each instance, job and model_name; the catalog does not say how many "
        "of these there are; and all series of foo, which no catalog knows",
    }
    (gauge,) = (one for one in expression["findings"] if one["rule"] == "PQL121")
    assert set(gauge) == {"rule", "severity", "message", "hint", "span", "file", "line", "source"}
    assert (gauge["severity"], gauge["span"]) == ("error", [0, 31])
