"""Files with a fault that has a fix, and what `dash lint --fix` leaves of them."""

# ruff: noqa: PTH208 - names of files are compared, not paths

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.command_line import Run, dash
from tests.lint.fuzz.seeds import CATALOG

BOM = b"\xef\xbb\xbf"
#: An expression with one fault that has a fix, what it becomes, and the rule that knows.
IN_RULES = (
    ('queue_depth{shard=~"a"} > 7', 'queue_depth{shard="a"} > 7', "PQL004"),
    ('queue_depth{ shard =~ "é\\\\d" , shard=~"a"} > 7', 'queue_depth{ shard =~ "é\\\\d" , shard="a"} > 7', "PQL004"),
    (
        'rate(http_request_duration_seconds_bucket{le="5"}[5m]) > 1',
        'rate(http_request_duration_seconds_bucket{le="5.0"}[5m]) > 1',
        "PQL111",
    ),
    (
        "histogram_quantile(0.9, sum by (handler) (rate(http_request_duration_seconds_bucket[5m]))) > 3",
        "histogram_quantile(0.9, sum by (handler, le) (rate(http_request_duration_seconds_bucket[5m]))) > 3",
        "PQL114",
    ),
    (
        "histogram_quantile(95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 3",
        "histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m]))) > 3",
        "PQL113",
    ),
    ("sum(queue_depth) offset 1d > 7", "sum(queue_depth offset 1d) > 7", "PQL001"),
)
WITHOUT_RATE = "histogram_quantile(0.9, sum by (le) ({}))"
BUCKETS = "http_request_duration_seconds_bucket"


@contextmanager
def inside(folder: str) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def lint(*arguments: str) -> Run:
    return dash("lint", "--catalog", "shop.yaml", "--prometheus-version", "3.0", *arguments)


def mended(name: str, text: bytes) -> tuple[bytes, list[str]]:
    """The file after `--fix`, and the rules that still find something; what holds for every file is asked here."""
    with TemporaryDirectory() as folder, inside(folder):
        Path("shop.yaml").write_text(CATALOG, encoding="utf-8")
        Path(name).write_bytes(text)
        before = lint("--output", "json", name)
        said = lint("--fix", "--output", "json", name)
        after = Path(name).read_bytes()
        again = lint("--fix", name)

        assert said.code in (0, 1), said
        assert ("mended" in said.err) == (after != text)
        assert Path(name).read_bytes() == after
        assert "mended" not in again.err
        assert os.listdir(folder).count(name) == len(os.listdir(folder)) - 1
        # what was hidden behind a fault may be told now, but nothing that cannot be right
        assert _errors(said) <= _errors(before)
        return after, _rules(said)


def _rules(said: Run) -> list[str]:
    return [one["rule"] for one in said.json["findings"]]


def _errors(said: Run) -> int:
    return sum(one["severity"] == "error" for one in said.json["findings"])


def rule_file(expr: str, style: str, *, crlf: bool, bom: bool, comment: str) -> bytes:
    pad = " " * 10
    said = {
        "plain": f" {expr} # {comment}",
        "single": " '" + expr.replace("'", "''") + f"' # {comment}",
        "double": f" {json.dumps(expr)} # {comment}",
        "literal": f" | # {comment}\n{pad}{expr}",
        "folded": f" >- # {comment}\n{pad}" + expr.replace(" (", f"\n{pad}(", 1),
    }
    if style.startswith("flow"):
        quoted = json.dumps(expr) if style == "flow quoted" else expr
        rule = f"  - {{alert: A, expr: {quoted}, for: 5m}} # {comment}\n"
    else:
        rule = f"  - alert: A\n    expr:{said[style]}\n    for:   5m # {comment}\n"
    text = f"# {comment}\ngroups:\n- name: g\n  rules:\n{rule}\n# the end"
    text = text.replace("\n", "\r\n") if crlf else text
    return BOM * bom + text.encode()
