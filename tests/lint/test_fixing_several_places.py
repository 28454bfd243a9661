"""Several places at once: fixes that are made in one run, and those that would change more than is meant."""

# ruff: noqa: ISC004 - one text of two lines

from __future__ import annotations

import json

import pytest
import yaml

from tests.lint.fixing import BUCKETS, WITHOUT_RATE, mended, rule_file


@pytest.mark.parametrize(
    "text",
    [
        # an anchor that two rules share is changed for both
        "groups: [{name: g, rules: [{alert: A, expr: &e 'queue_depth{shard=~\"a\"} > 7'}, {alert: B, expr: *e}]}]\n",
        # the second of two members counts, and the first is what a reader of the text finds
        '{"title": "T", "panels": [{"type": "stat", "targets": [{"expr": "queue_depth{shard=~\\"a\\"}", '
        '"expr": "queue_depth{shard=~\\"b\\"}"}]}]}',
    ],
)
def test_where_more_would_change_than_is_meant_nothing_does(text: str) -> None:
    new, left = mended("file.json" if text[0] == "{" else "file.yml", text.encode())

    assert new == text.encode()
    assert "PQL004" in left


def test_fixes_that_overlap_are_made_in_one_run() -> None:
    target = {"expr": WITHOUT_RATE.format(f'{BUCKETS}{{handler=~"a"}}'), "datasource": {"type": "prometheus"}}
    page = {"title": "T", "panels": [{"type": "stat", "targets": [target]}]}
    new, left = mended("page.json", json.dumps(page).encode())

    (panel,) = json.loads(new)["panels"]
    right = WITHOUT_RATE.format(f'rate({BUCKETS}{{handler="a"}}[$__rate_interval])')
    assert panel["targets"][0]["expr"] == right
    assert not {"PQL004", "PQL122"} & {*left}


def test_several_fixes_of_one_expression_are_made_in_one_run() -> None:
    expr = 'histogram_quantile({}, sum by ({}) (rate(http_request_duration_seconds_bucket{{handler{}"a"}}[5m]))) > 3'
    wrong = expr.format(95, "handler", "=~")
    new, left = mended("rules.yml", rule_file(wrong, "double", crlf=False, bom=False, comment=""))

    (rule,) = yaml.safe_load(new)["groups"][0]["rules"]
    assert rule["expr"] == expr.format(0.95, "handler, le", "=")
    assert not {"PQL004", "PQL113", "PQL114"} & {*left}
