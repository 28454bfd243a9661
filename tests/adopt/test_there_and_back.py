"""A rule file that is imported and built says what it said, text by text."""

from pathlib import Path
from typing import Any

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.adopt.round_trip import as_prometheus_reads, there_and_back

#: What somebody may write, and what comes of it must be equal, key by key.
GROUPS = r"""# Rules of the shop.
# They are older than the shop.

groups:
  # Judged twice a minute.
  - name: shop rules (ours) — ü
    interval: 90s
    limit: 10
    rules:
      #no blank
      - record: shop:requests:rate5m
        expr: |
          # all of them; "quoted, 'too
          sum by (job) (
            rate(requests_total{code!~"4..", path='/a"b', raw=`\d{2}%`}[5m])  # behind
          )
        labels:
          team: shop
          level: "1"
      - alert: Shop is down & out 🔥
        expr: up{job="shop"} == 0
        for: 1h30m
        keep_firing_for: 300s
        labels: {severity: page, empty: ""}
        annotations:
          summary: '{{ $labels.job }} of {{ $externalLabels.cluster }} is at {{ $value | humanize }}'
          description: >-
            Folded: {{ with query "up == 0" }}{{ . | first | value }}{{ end }},
            braces {braces} and 100 % and \backslash and "double" and 'single' and ''' and triple quotes.

            A second paragraph which is so long that it does not fit into one line of source, and goes on and on and on.
          runbook: |
            first line
              second, with a tab	in it
            last line
      - alert: NoFor
        expr: absent(up)
      - {alert: NoFor, expr: absent(up)}
  - name: nothing
    rules: []
  - name: of a URL
    interval: 5m
    rules:
      - alert: Long
        expr: https_url{u="https://example.com/LONG"} > 0
        for: "0"
"""


ANCHORED = """groups:
- name: g
  interval: &often 30s
  rules:
  - &a
    alert: A
    expr: &e up == 0
    for: *often
    labels: &l {severity: page}
  - {<<: *a, alert: B, labels: {<<: *l, team: x}}
  - {record: b, expr: *e}
"""


def _same(text: str) -> None:
    text = text.replace("LONG", "a" * 120)
    Path("rules.yml").write_text(text, encoding="utf-8", newline="")
    wanted = yaml.safe_load(text)["groups"]
    assert as_prometheus_reads(there_and_back(Path("rules.yml"))) == as_prometheus_reads(wanted)


def test_every_text_comes_back_as_it_was() -> None:
    _same(GROUPS)


def test_line_breaks_of_another_system_come_back_as_yaml_reads_them() -> None:
    _same(GROUPS.replace("\n", "\r\n"))


def test_numbers_and_words_are_texts_as_they_are_written() -> None:
    Path("rules.yml").write_text(
        "groups:\n- name: 10\n  rules:\n  - alert: 404\n    expr: 1\n    for: 0\n"
        "    labels: {a: 1, b: 1.50, c: True, d: , e: 0x1F, f: 1e3, g: 012, h: 2020-01-01, i: yes, j: ~, k: -0}\n"
    )

    labels = {"a": "1", "b": "1.50", "c": "True", "d": "", "e": "0x1F", "f": "1e3", "g": "012", "h": "2020-01-01"}
    rule = {"alert": "404", "expr": "1", "for": "0", "labels": {**labels, "i": "yes", "j": "", "k": "-0"}}
    assert there_and_back(Path("rules.yml")) == [{"name": "10", "rules": [rule]}]


def test_what_anchors_stand_for_is_taken_over() -> None:
    _same(ANCHORED)


def test_what_is_twice_stays_twice() -> None:
    rule = {"alert": "A", "expr": "a > 1", "labels": {"severity": "page"}}
    _same(yaml.safe_dump({"groups": [{"name": name, "rules": [rule, rule]} for name in "ab"]}))


odd = st.sampled_from("\n\t\"'\\{}%$#:\x85\u2028\ufeff\x7f")
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | odd, max_size=150)
plain = texts.map(lambda text: text.replace("{{", "{").replace("{%", "{").strip("{"))
names = st.from_regex(r"[a-zA-Z_]\w{0,8}", fullmatch=True).filter(str.isascii).filter(lambda one: one != "__name__")
labels = st.dictionaries(names, plain.filter(bool), max_size=3)
durations = st.sampled_from(["0", "0s", "90s", "1h30m", "1d12h", "5m", "1y2w3d4h5m6s7ms"])
blanks = st.sampled_from([" ", "\n", "  # and why\n", "\n\n"])
series = st.sampled_from(["up", "# {{c}} 'x\nfoo", "sum by (job) (up)\n>= 0 unless rate(x[5m])\n and y"])
matched = plain.filter(lambda text: "\\" not in text and '"' not in text and "\n" not in text)
exprs = st.builds('{0}{{x="{1}"}}{2}{3} 1{2}'.format, series, matched, blanks, st.sampled_from([">", "==", "< bool"]))
alerts = st.fixed_dictionaries(
    {"alert": plain.filter(bool), "expr": exprs},
    optional={"for": durations, "keep_firing_for": durations, "labels": labels, "annotations": labels},
)
recordings = st.fixed_dictionaries({"record": names, "expr": exprs}, optional={"labels": labels})
groups = st.fixed_dictionaries(
    {"name": plain.filter(bool), "rules": st.lists(alerts | recordings, max_size=4)},
    optional={"interval": durations, "query_offset": durations, "limit": st.integers(1, 99), "labels": labels},
)
rule_files = st.lists(groups, min_size=1, max_size=3, unique_by=lambda one: one["name"])


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule_files, st.sampled_from([{}, {"default_style": "'"}, {"default_flow_style": True}, {"width": 20}]))
def test_any_rule_file_goes_round_unchanged(said: list[dict[str, Any]], style: dict[str, Any]) -> None:
    if "default_style" in style:  # PyYAML then quotes numbers, too
        said = [{key: value for key, value in one.items() if key != "limit"} for one in said]
    _same(yaml.safe_dump({"groups": said}, allow_unicode=True, **style))
