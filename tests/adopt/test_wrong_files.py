"""What somebody's file may have that no Prometheus takes: one sentence and its place, and the rest is done."""

from pathlib import Path

import pytest

from cli.exit_codes import Exit
from tests.adopt.round_trip import as_prometheus_reads, built
from tests.command_line import dash

#: A rule below which a case puts more; another one that must not suffer.
RULE = "groups:\n- name: g\n  rules:\n  - alert: Other\n    expr: up == 1\n  - alert: A\n    expr: up == 0\n"
OTHER = [{"name": "g", "rules": [{"alert": "Other", "expr": "up == 1"}]}]
LEFT_OUT = {
    "for: 1.5h": """8:10: alert 'A': `for`: '1.5h' is no duration (like "5m", "1h" or "7d")""",
    "for: 5": """8:10: alert 'A': `for`: '5' is no duration (like "5m", "1h" or "7d")""",
    "for: 30m1h": """8:10: alert 'A': `for`: '30m1h' is no duration (like "5m", "1h" or "7d")""",
    'for: ""': "8:10: alert 'A': `for` says no duration",
    "for: 9999999y": "8:10: alert 'A': `for`: '9999999y' is longer than Prometheus can count",
    "keep_firing_for: soon": (
        """8:22: alert 'A': `keep_firing_for`: 'soon' is no duration (like "5m", "1h" or "7d")"""
    ),
    "record: b": "6:5: this rule says both `alert` and `record`",
    "labels: [a]": "8:13: alert 'A': `labels` is no mapping",
    "labels: {a: {b: c}}": "8:17: alert 'A': `labels`: a is no text",
    "labels: {__name__: x}": "8:24: alert 'A': no rule may say __name__",
    "annotations: {s: '{{ $labels.x }'}": (
        "8:22: alert 'A': the template of 's' does not parse: unexpected '}' in an action"
    ),
    "uid: x\n    data: []": "6:5: Grafana evaluates this rule, and Prometheus does not",
}
EXPRESSIONS = {
    "up == == 0": "7:11: alert 'A': no PromQL: invalid promql query",
    "up > $limit": "7:11: alert 'A': Prometheus knows no variable $limit",
    "'rate(x[{{ w }}]) > 1'": (
        "7:11: alert 'A': its expression is a template: let the tool that it was written for fill it in first"
    ),
    """'sum(rate({a="b"} |= "c" [5m])) > 1'""": (
        "7:11: alert 'A': this is LogQL, which Loki evaluates and Prometheus does not"
    ),
    "{a: b}": "7:11: alert 'A': `expr` is no text",
    "": "7:10: alert 'A': it has no expression",
}
FILES = {
    "groups:\n- name: g\n\t rules: []\n": "3:1: a tab stands where YAML wants blanks",
    RULE + "    expr: up\n": "8:5: the key 'expr' stands here twice",
    "{{- if .Values.on }}\n" + RULE: (
        "1:3: this is a template, not YAML yet: `helm template CHART | dash import alerts -` reads what it makes"
    ),
    "{% raw %}\n" + RULE: (
        "1:2: this is a template, not YAML yet: let the tool that it was written for fill it in first"
    ),
    RULE + "    annotations:\n      s: {{ $value }}\n": "9:11: a text that begins with {{ must stand in quotes",
    "groups: {a: b}\n": "1:9: `groups` is no list",
    "groups: [5]\n": "1:10: this group is no mapping",
    "groups:\n- name: g\n  rules: {a: b}\n": "3:10: group 'g': `rules` is no list",
    "groups:\n- rules: []\n": "2:3: this group has no name",
    "groups:\n- name: g\n  limit: many\n": "3:10: group 'g': `limit` is no whole number",
    "groups:\n- name: g\n  interval: often\n": (
        """3:13: group 'g': `interval`: 'often' is no duration (like "5m", "1h" or "7d")"""
    ),
    "- alert: A\n  expr: up\n": "1:3: these rules are in none of the `groups:` that Prometheus reads",
    "name: g\nrules: [{alert: A, expr: up}]\n": "1:1: these rules are in none of the `groups:` that Prometheus reads",
    "apiVersion: 1\ngroups: []\n": "1:1: this provisions rules that Grafana evaluates, and Prometheus does not",
    "apiVersion: loki.grafana.com/v1\nkind: AlertingRule\nmetadata: {name: x}\nspec: {groups: []}\n": (
        "1:1: AlertingRule 'x': Loki evaluates it, and Prometheus does not"
    ),
}
NOTHING = {
    "": "there are no rules in it",
    "# only words\n": "there are no rules in it",
    "groups:\n": "there are no rules in it",
    "hello": "it holds no rule groups",
    "rule_files: [a.yml]\nscrape_configs: []\n": "it holds no rule groups",
    "<!DOCTYPE html><html></html>": "this is a web page: the file itself has another address",
}


def _says(text: str, message: str, code: Exit) -> None:
    Path("r.yml").write_text(text, encoding="utf-8")
    said = dash("import", "alerts", "r.yml")
    assert said.err == f"error: r.yml:{message}\n"
    assert said.code == code


@pytest.mark.parametrize(("line", "message"), LEFT_OUT.items())
def test_a_rule_that_prometheus_would_refuse_is_left_out_and_the_others_stay(line: str, message: str) -> None:
    _says(f"{RULE}    {line}\n", message, Exit.PARTIAL)

    assert as_prometheus_reads(built()) == OTHER


@pytest.mark.parametrize(("expr", "message"), EXPRESSIONS.items())
def test_an_expression_that_is_no_promql_leaves_out_its_rule(expr: str, message: str) -> None:
    _says(RULE.replace("up == 0", expr), message, Exit.PARTIAL)

    assert as_prometheus_reads(built()) == OTHER


@pytest.mark.parametrize(("text", "message"), FILES.items())
def test_a_file_that_cannot_be_read_is_refused_with_its_place(text: str, message: str) -> None:
    _says(text, message, Exit.AUTHORING)

    assert not Path("imported").exists()


@pytest.mark.parametrize(("text", "message"), NOTHING.items())
def test_a_file_without_rules_is_no_rule_file(text: str, message: str) -> None:
    _says(text, f" {message}", Exit.AUTHORING)


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (RULE.encode("utf-16"), "1:1: this is UTF-16; save it as UTF-8"),
        (RULE.replace("Other", "Ö").encode("latin-1"), "4:12: this is not UTF-8: byte 0xd6"),
    ],
)
def test_a_file_that_is_not_utf_8_is_refused(raw: bytes, message: str) -> None:
    Path("r.yml").write_bytes(raw)

    said = dash("import", "alerts", "r.yml")

    assert (said.code, said.err) == (Exit.AUTHORING, f"error: r.yml:{message}\n")


def test_a_rule_is_not_left_out_with_what_prometheus_knows_no_name_for() -> None:
    Path("r.yml").write_text(f"{RULE}    fro: 5m\n    team: x\n".replace("- name: g", "- name: g\n  tenant: y"))

    said = dash("import", "alerts", "r.yml")

    assert said.code == Exit.PARTIAL
    assert said.err.splitlines() == [
        "error: r.yml:3:3: group 'g': Prometheus knows no 'tenant' here, it is left out",
        "error: r.yml:9:5: alert 'A': Prometheus knows no 'fro' here, it is left out; did you mean 'for'?",
        "error: r.yml:10:5: alert 'A': Prometheus knows no 'team' here, it is left out",
    ]
    assert [rule["alert"] for rule in built()[0]["rules"]] == ["Other", "A"]


def test_a_group_whose_rules_are_called_otherwise_is_not_taken_over() -> None:
    Path("r.yml").write_text(RULE.replace("rules:", "rule:"))

    said = dash("import", "alerts", "r.yml")

    assert said.code == Exit.AUTHORING
    where = next(at for at, line in enumerate(RULE.splitlines(), start=1) if "rules:" in line)
    assert said.err.splitlines()[0] == (
        f"error: r.yml:{where}:3: group 'g': Prometheus knows no 'rule' here, it is left out; did you mean 'rules'?"
    )
    assert not Path("imported").exists()


def test_groups_that_are_called_otherwise_are_said_and_taken_over() -> None:
    Path("r.yml").write_text(RULE.replace("groups:", "group:"))

    said = dash("import", "alerts", "r.yml")

    assert said.code == Exit.PARTIAL
    assert said.err.splitlines() == ["error: r.yml:1:1: Prometheus knows no `group` here; did you mean `groups`?"]
    assert [rule["alert"] for rule in built()[0]["rules"]] == ["Other", "A"]


def test_a_recording_has_neither_for_nor_annotations() -> None:
    Path("r.yml").write_text("groups:\n- name: g\n  rules:\n  - record: a:b\n    expr: up\n    for: 5m\n")

    said = dash("import", "alerts", "r.yml")

    assert (said.code, said.err) == (Exit.AUTHORING, "error: r.yml:6:10: recording 'a:b': a recording has no `for`\n")


def test_of_two_groups_with_one_name_the_first_stays() -> None:
    Path("r.yml").write_text(f"{RULE}- name: g\n  rules: []\n")

    said = dash("import", "alerts", "r.yml")

    assert said.code == Exit.PARTIAL
    assert said.err == "error: r.yml:8:3: two groups of one file are called 'g': the first one stays\n"


def test_a_broken_file_does_not_keep_back_the_next_one() -> None:
    Path("bad.yml").write_text("groups: [")
    Path("good.yml").write_text(RULE)

    said = dash("import", "alerts", "bad.yml", "gone.yml", "good.yml")

    assert said.code == Exit.PARTIAL
    assert [line.partition(": this")[0] for line in said.err.splitlines()] == [
        "error: bad.yml:1:10",
        "error: gone.yml: there is no such file",
    ]
    assert [one.name for one in Path("imported").iterdir()] == ["good.py"]
