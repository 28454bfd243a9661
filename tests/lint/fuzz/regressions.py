"""What once broke `dash`, as small as it can be: the file, and what is typed."""

from __future__ import annotations

import json
from typing import Any

from tests.lint.fuzz.trials import FILES, SETTINGS, Trial

DIGITS = "9" * 4400
BLANKS = " " * 15_000


def _rules(expr: str, **members: Any) -> bytes:
    return b"groups: [{name: g, rules: [%s]}]\n" % json.dumps({"alert": "A", "expr": expr} | members).encode()


def _lint(kind: str, expr: str, **members: Any) -> Trial:
    return Trial(kind, ("lint", "broken.yml"), {"broken.yml": _rules(expr, **members)})


def _page(kind: str, query: str) -> Trial:
    """A page with a variable that asks for something."""
    page = {"title": "x", "panels": [], "templating": {"list": [{"type": "query", "name": "v", "query": query}]}}
    return Trial(kind, ("lint", "broken.json"), {"broken.json": json.dumps(page).encode()})


def _read(kind: str, text: str) -> Trial:
    return Trial(kind, ("catalog", "read", "-"), {}, text.encode(), allowed=frozenset({0, 2}))


def _explain(kind: str, expr: str) -> Trial:
    return Trial(kind, ("explain", expr), {}, allowed=SETTINGS)


def _toml(kind: str, text: str) -> Trial:
    return Trial(kind, ("lint", "rules.yml"), {"dash.toml": text.encode(), "rules.yml": _rules("up")}, b"", SETTINGS)


REGRESSIONS = (
    _lint("a duration of more digits than Python counts", "up", **{"for": f"{DIGITS}s"}),
    _lint("digits in a window that never closes", f"rate(a[{DIGITS} 5m]) > 1"),
    _lint("a stand-in for a variable that is none", "__variable_999_ +"),
    _lint("a text in which up begins again and again", "up{" * 15_000),
    _lint("variables that nobody closes", "up + " + "${" * 7_500),
    _lint("blanks before what is no offset", f"(a){BLANKS}+ sum(up) offset 5m"),
    _lint("a word before an offset at the wrong place", f"{'a' * 15_000} + sum(up) offset 5m"),
    _lint("blanks behind offset, and variables", f"up offset{BLANKS}! $x $y $z"),
    _lint("quotes that are all escaped", '"\\' * 30_000),
    _lint("digits in a template that end in a letter", "up > 1", annotations={"summary": "{{ %sx }}" % ("1" * 60_000)}),
    _lint(
        "blanks in the labels of an aggregation",
        f"histogram_quantile(0.9, sum by ({BLANKS}#)\n a) (rate(b_bucket[5m]))) > 1",
    ),
    _page("a variable that asks for blanks", f"label_values({BLANKS * 4}x"),
    _page("a variable that asks for the result of blanks", f"query_result({BLANKS * 4}x"),
    _toml("a TOML list that is too deep", f"a = {'[' * 2000}"),
    _toml("a TOML number of more digits than Python counts", f"[lint]\nretention = {DIGITS}\n"),
    _toml("a hexadecimal TOML number of more digits than Python writes", f"[lint]\nretention = 0x{'f' * 5000}\n"),
    _toml("a catalog whose name is too long to be one", f'[lint]\ncatalogs = ["{"a" * 400}"]\n'),
    _explain("a time so far ahead that milliseconds cannot say it", "predict_linear(a[1h], 1e308) < 0"),
    _explain("a chain whose nodes are each found again", " and on (x) ".join(f"a{k}" for k in range(100))),
    _explain("a tree that is wider than the page", " or ".join(f"a{k}" for k in range(100))),
    Trial(
        "a control character in the name of a series",
        ("catalog", "read", "page.prom"),
        {"page.prom": "requests\x85 1\n".encode()},
        allowed=frozenset({0, 2}),
    ),
    _read("a hexadecimal number that is too large", "m 0x1p99999\n"),
    _read("a hexadecimal number with two points", "m 0x1.2.3\n"),
    Trial("a bomb of gzip", ("catalog", "read", "-"), {}, b"\x1f\x8b\x08" + b"\0" * 40, frozenset({2})),
    Trial(
        "standard input beside a file that is mended",
        ("lint", "--fix", "-", "broken.yml"),
        {"broken.yml": _rules("up")},
        b"",
        FILES,
    ),
)
