"""What nobody can read is said with its place, and nothing that is typed or generated raises."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.lint.subject import Inputs
from tests.lint.reading.given import CORPUS, PROMETHEUS, dashboard, piped, target, value
from tests.lint.reading.second_model import V2
from tests.lint.reading.test_rules import DATA, FILE, MANAGED

KEYS = sorted(
    {
        "apiVersion",
        "kind",
        "spec",
        "data",
        "items",
        "dashboard",
        "model",
        "result",
        "elements",
        "groups",
        "rules",
        "record",
    }
    | {
        "__inputs",
        "__elements",
        "rows",
        "panels",
        "targets",
        "expr",
        "datasource",
        "templating",
        "list",
        "query",
        "layout",
    }
    | {
        "thresholds",
        "fieldConfig",
        "defaults",
        "overrides",
        "type",
        "title",
        "yaxes",
        "libraryPanel",
        "rule_files",
        "uid",
    }
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(
        [
            "",
            "row",
            "up",
            "$x",
            "-- Mixed --",
            "ConfigMap",
            "PrometheusRule",
            "List",
            "Dashboard",
            "dashboard.grafana.app/v2",
        ]
    )
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=40,
)
WHOLE: Any = [
    dashboard(
        __inputs=[{"name": "DS", "pluginId": "prometheus"}],
        annotations={"list": [{"expr": "a", "datasource": PROMETHEUS}]},
        templating={"list": [{"type": "query", "name": "x", "query": {"query": "label_values(up)"}}]},
        panels=[
            {
                "type": "row",
                "collapsed": True,
                "panels": [{"type": "graph", "yaxes": [{"format": "s"}], "thresholds": [{"value": 3}]}],
            },
            {
                "type": "stat",
                "gridPos": {"x": 1, "y": 1, "w": 1, "h": 1},
                "fieldConfig": {
                    "defaults": {"mappings": [{}], "thresholds": {"steps": [{"value": 1}]}},
                    "overrides": [],
                },
                "targets": [target("up")],
                "transformations": [{}],
            },
        ],
    ),
    {"apiVersion": "dashboard.grafana.app/v2", "kind": "Dashboard", "spec": V2},
    {"groups": [{"name": "g", "rules": [MANAGED, {"alert": "A", "expr": "up", "labels": {"a": "b"}}]}]},
    {"rule_files": ["x"], "scrape_configs": [{"job_name": "a"}]},
    {"data": {"x.json": "{}"}, "kind": "ConfigMap", "apiVersion": "v1"},
]


def touch(inputs: Inputs) -> None:
    """All that a rule would look at has a place."""
    for page in inputs.pages:
        for panel in page.panels:
            for one in panel.targets:
                line, column = one.spot.document.position_in(one.spot.below("expr").path, 0)
                assert line > 0
                assert column > 0
    for group in inputs.groups:
        assert all(rule.spot.document.position(rule.spot.path)[0] > 0 for rule in group.rules)
    assert all(one.why for one in inputs.unreadable)


@settings(deadline=None)
@given(VALUES)
def test_any_json_is_read_or_said_to_be_nothing(any_value: Any) -> None:
    touch(value(any_value))


@settings(deadline=None)
@given(st.randoms(use_true_random=False), VALUES)
def test_a_file_with_any_member_changed_is_read(chance: random.Random, other: Any) -> None:
    changed = json.loads(json.dumps(WHOLE))
    for _ in range(chance.randint(1, 4)):
        holder: Any = changed
        while True:
            inner = [
                one
                for one in (holder.values() if isinstance(holder, dict) else holder)
                if one and isinstance(one, dict | list)
            ]
            if not inner or chance.random() < 0.15:
                break
            holder = chance.choice(inner)
        key = chance.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
        holder[key] = json.loads(json.dumps(other))
    touch(piped(json.dumps(changed)))
    touch(piped(yaml.safe_dump(changed)))


@settings(deadline=None)
@given(st.data())
def test_a_text_with_anything_cut_out_or_put_in_is_read_or_said_to_be_broken(data: st.DataObject) -> None:
    whole = data.draw(st.sampled_from([FILE, json.dumps(WHOLE), yaml.safe_dump(WHOLE)]))
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    junk = data.draw(
        st.text(max_size=5) | st.sampled_from(["\t", "\0", "- ", "*a", "&a ", "{", "]", "'", "|\n", "---\n", "<<: "])
    )
    touch(piped((whole[:start] + junk + whole[end:]).encode("utf-8", "replace")))


@settings(deadline=None)
@given(st.binary(max_size=60) | st.text(alphabet="{}[]:-&*|>'\"#!%@\n\t a1?,<", max_size=60).map(str.encode))
def test_any_bytes_are_read_or_said_to_be_broken(raw: bytes) -> None:
    touch(piped(raw))


@pytest.mark.parametrize(
    ("raw", "why", "line", "column"),
    [
        (b'{"panels": [\n  {"a": 1,}\n]}', "this is no JSON: ", 2, 10),
        (b"\xff\xfe{\0}\0", "UTF-16", 1, 1),
        ('{"title": "é"}'.encode("utf-16-be"), "UTF-16", 1, 1),
        (b'{"title":\n "x\xe9"}', "not UTF-8: byte 0xe9", 2, 4),
        (b"groups:\n\t- a: 1\n", "this is no YAML: ", 2, 1),
        (b"groups:\n- a: \0\n", "control characters", 2, 6),
        (b"groups: &a\n- *a\n", "*a stands for nothing that is complete here", 2, 3),
        (b"groups:\n- name: a\n  name: b\n", "the key 'name' stands here twice", 3, 3),
        (b"? [a]\n: b\n", "a list or a mapping is no key", 1, 3),
        (b"[" * 5000 + b"]" * 5000, "nested too deeply", 1, 1026),
        (b"- " * 5000, "nested too deeply", 1, 401),
        (b'{"panels": "a\0b"}', "this is no JSON: ", 1, 14),
        (b"groups:\n- name: {{ .Values.x }}\n  rules: {{ toYaml .Values.y }}\n", "helm template", 2, 10),
    ],
)
def test_what_cannot_be_read_says_why_and_where(raw: bytes, why: str, line: int, column: int) -> None:
    (said,) = piped(raw).unreadable

    assert why in said.why
    assert (said.file, said.line, said.column) == ("<stdin>", line, column)


def test_a_mark_at_the_beginning_is_no_part_of_the_text() -> None:
    mark = b"\xef\xbb\xbf"

    assert piped(mark + json.dumps(dashboard()).encode()).pages
    assert piped(mark + FILE.encode()).groups


def test_yaml_over_the_limit_is_refused_in_one_sentence() -> None:
    text = FILE + "#" * 3_000_000
    (said,) = piped(text).unreadable

    assert said.why.endswith("bytes, and YAML over 2,000,000 is not read")
    assert said.fix == "[lint] most-yaml = 4000000 in dash.toml"
    assert piped(text, most_yaml=4_000_000).groups


@pytest.mark.parametrize("wide", [9, 400])
def test_a_bomb_of_aliases_does_not_go_off(wide: int) -> None:
    depth = 9 if wide == 9 else 3
    bomb = "groups:\n- &a0 {name: g, rules: [{alert: A, expr: up}]}\nx:\n"
    bomb += "".join(f"- &a{n + 1} [{', '.join([f'*a{n}'] * wide)}]\n" for n in range(depth))
    (said,) = piped(bomb).unreadable

    assert "aliases stand for more than 200,000 values" in said.why
    assert said.line > 3


def test_numbers_of_any_length_are_numbers() -> None:
    digits = "9" * 5000
    touch(piped(f'{{"title": "x", "schemaVersion": {digits[:300]}, "panels": [{{"id": {digits[:400]}.5e-3}}]}}'))
    touch(piped(f"groups:\n- name: g\n  interval: {digits}\n  rules: [{{alert: A, expr: {digits}}}]\n"))


def test_a_value_below_what_python_nests_has_a_place() -> None:
    deep = "[" * 980 + "]" * 980
    (page,) = piped(f'{{"title": "x", "deep": {deep},\n "panels": [{{"targets": [{{"expr": "up"}}]}}]}}').pages
    spot = page.panels[0].targets[0].spot

    assert spot.document.position(spot.path)[0] in (1, 2)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="../shared/corpus is not beside the project")
def test_a_public_dashboard_cut_at_any_place_is_said_to_be_broken_there() -> None:
    raw = next(CORPUS.glob("*coreweave*.json")).read_bytes()
    chance = random.Random(4)  # noqa: S311 - no secret
    for _ in range(100):
        at = chance.randrange(10, len(raw) - 10)
        (said,) = piped(raw[:at]).unreadable
        assert "this is no JSON" in said.why
        assert 1 <= said.line <= raw.count(b"\n") + 1


def test_a_condition_that_looks_at_itself_ends() -> None:
    loop = {"refId": "C", "model": {"expression": "$C + $B", "conditions": [{"query": {"params": 3}}]}}
    touch(value([{**MANAGED, "data": [*DATA[:2], loop]}]))
