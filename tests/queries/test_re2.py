"""What is said of a regular expression is what Prometheus says of it."""

import json
from pathlib import Path

import pytest

from cli.prometheus.promtool import find
from queries.re2 import refuses
from tests.prometheus.promtool import NEEDS_PROMTOOL

REFUSED = (
    *("a++", "a**", "a*+", "(a?)?*", "a{1001}", "a{2,1001}", "(?x)a", "\\u0041"),
    *("(?x:a)", "(?u:a)", "(?ix)a", "(?R)a", "a{2}+", "a{2}*", "a{2}{3}", "a+{2}", "a+??", "[\\1]", "[\\]\\1]"),
    *("[\\u0041]", "a\\Z", "(?#c)a"),
    *("(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(?>a)", "(a)\\1", "(?P<n>a)(?P=n)", "(a)?(?(1)b|c)"),
)
TAKEN = (
    *("a+", "a{2,1000}", "(?i)a", "(?P<n>a)", "(?:a|b)", "a+?", "[*+]+", "[[:alpha:]]+", "[^]*+]", "\\x{41}"),
    *("\\12", "\\177", "[[:^alpha:]*+]", "a{0001}", "x{12345", "a{2}?", "(?P<a>x)", "(?is)a", "(?s-i:a)"),
    *("\\p{L}+", "\\P{Han}*", "\\x{41}+", "\\p{L}{2}", "{foo}+", "a}+", "a{,5}+", "a{2}b+", "{{{}}}*"),
    *("a\\+\\+", "\\\\1", "[\\d]\\d", "\\(?=a", "[(?!]", "a\\*+", "(a?)?"),
)


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_re2_refuses(pattern: str) -> None:
    assert refuses(pattern)


@pytest.mark.parametrize("pattern", TAKEN)
def test_what_re2_takes(pattern: str) -> None:
    assert not refuses(pattern)


@pytest.mark.prometheus
@NEEDS_PROMTOOL
def test_prometheus_says_the_same(tmp_path: Path) -> None:
    patterns = [*REFUSED, *TAKEN]
    for number, pattern in enumerate(patterns):
        rule = {"record": "a:b", "expr": f'up{{x=~"z|{pattern}"}}'.replace("\\", "\\\\")}
        text = json.dumps({"groups": [{"name": "g", "rules": [rule]}]})
        (tmp_path / f"{number}.yaml").write_text(text, encoding="utf-8")

    told = find().check_rules([f"{number}.yaml" for number, _ in enumerate(patterns)], tmp_path)

    assert {patterns[int(name.removesuffix(".yaml"))] for name in told} == set(REFUSED)
