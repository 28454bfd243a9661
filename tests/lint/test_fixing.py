"""The laws of `dash lint --fix`: only what is meant, nothing else touched, and mending again changes nothing."""

# ruff: noqa: FBT001, ISC004, PLR0917, PTH208, RUF071 - hypothesis passes flags; bytes are compared, not paths

from __future__ import annotations

import errno
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.commands import _lint_fix
from cli.lint import rules
from cli.lint.asked import Asked
from cli.lint.finding import Change
from cli.lint.mended import mended as mended_files
from cli.lint.rule import Fault, Faults
from cli.lint.rules import pql004
from cli.main import main
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
IN_PAGES = (
    *IN_RULES,
    (WITHOUT_RATE.format(BUCKETS), WITHOUT_RATE.format(f"rate({BUCKETS}[$__rate_interval])"), "PQL122"),
)
STYLES = ("plain", "single", "double", "literal", "folded", "flow", "flow quoted")


class Ran(NamedTuple):
    """How it ended, and what it said."""

    code: object
    out: str
    err: str


@contextmanager
def inside(folder: str) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def lint(*arguments: str) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
        main(["lint", "--catalog", "shop.yaml", "--prometheus-version", "3.0", *arguments])
    return Ran(ended.value.code, out.getvalue(), err.getvalue())


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


def _rules(said: Ran) -> list[str]:
    return [one["rule"] for one in json.loads(said.out)["findings"]]


def _errors(said: Ran) -> int:
    return sum(one["severity"] == "error" for one in json.loads(said.out)["findings"])


def _only_there(old: bytes, new: bytes, wrong: str, right: str) -> None:
    """Whatever differs stands where the expression stands."""
    begin = len(os.path.commonprefix([old, new]))
    end = len(os.path.commonprefix([old[begin:][::-1], new[begin:][::-1]]))
    assert len(old) - begin - end <= len(json.dumps(wrong).encode()) + 60
    assert len(new) - begin - end <= len(json.dumps(right).encode()) + 60


def _rule_file(expr: str, style: str, *, crlf: bool, bom: bool, comment: str) -> bytes:
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


COMMENTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(IN_RULES), st.sampled_from(STYLES), st.booleans(), st.booleans(), COMMENTS)
def test_a_rule_file_is_mended_in_its_own_style(
    fault: tuple[str, str, str],
    style: str,
    crlf: bool,
    bom: bool,
    comment: str,
) -> None:
    wrong, right, rule = fault
    old = _rule_file(wrong, style, crlf=crlf, bom=bom, comment=comment)
    try:
        (before,) = yaml.safe_load(old.removeprefix(BOM))["groups"][0]["rules"]
    except yaml.YAMLError:
        return  # not every expression can be written in every style
    if "".join(str(before["expr"]).split()) != "".join(wrong.split()):
        return
    new, left = mended("rules.yml", old)

    (after,) = yaml.safe_load(new.removeprefix(BOM))["groups"][0]["rules"]
    assert new.startswith(BOM) == bom
    assert new.count(b"\r\n") == old.count(b"\r\n") == (new.count(b"\n") if crlf else 0)
    if new != old:
        assert after == before | {"expr": after["expr"]}
        assert "".join(after["expr"].split()) == "".join(right.split())
        assert rule not in left
        _only_there(old, new, wrong, right)
    else:
        assert style.startswith("fl") or style == "folded", (style, left)


@settings(deadline=None, max_examples=150)
@given(
    st.sampled_from(IN_PAGES),
    st.sampled_from([None, 1, 2, "\t"]),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.text(max_size=8),
)
def test_a_page_is_mended_in_its_own_format(
    fault: tuple[str, str, str],
    indent: Any,
    ascii_: bool,
    crlf: bool,
    bom: bool,
    title: str,
) -> None:
    wrong, right, rule = fault
    source = {"type": "prometheus", "uid": "x"}
    panel = {
        "id": 1,
        "type": "timeseries",
        "title": title,
        "targets": [{"refId": "A", "expr": wrong, "datasource": source}],
    }
    page: dict[str, Any] = {"uid": "u", "title": "T", "schemaVersion": 41, "panels": [panel], "x": [1.50, 1e3, {}]}
    text = json.dumps(page, indent=indent, ensure_ascii=ascii_)
    text = text.replace("\n", "\r\n") if crlf else text
    try:
        old = BOM * bom + text.encode()
    except UnicodeEncodeError:
        return
    new, left = mended("page.json", old)

    after = json.loads(new.removeprefix(BOM))
    assert new != old
    assert new.startswith(BOM) == bom
    assert rule not in left
    target = after["panels"][0]["targets"][0]
    assert target["expr"] == right
    target["expr"] = wrong
    after["panels"][0].pop("fieldConfig", None)  # a panel whose unit is known now gets it
    assert after == page
    if "fieldConfig" not in new.decode():
        _only_there(old, new, wrong, right)


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
    new, left = mended("rules.yml", _rule_file(wrong, "double", crlf=False, bom=False, comment=""))

    (rule,) = yaml.safe_load(new)["groups"][0]["rules"]
    assert rule["expr"] == expr.format(0.95, "handler, le", "=")
    assert not {"PQL004", "PQL113", "PQL114"} & {*left}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text(CATALOG, encoding="utf-8")
    (tmp_path / "rules.yml").write_bytes(_rule_file(IN_RULES[0][0], "literal", crlf=False, bom=False, comment="c"))
    return tmp_path


def test_what_is_shown_is_what_would_be_written(folder: Path) -> None:
    shown = lint("--diff", "rules.yml").out
    lint("--fix", "rules.yml")

    added = [line[1:] for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert added
    assert all(line in (folder / "rules.yml").read_text().splitlines() for line in added)


def test_a_fix_that_does_not_help_is_taken_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def of_query(_: Asked) -> Faults:
        yield Fault("it is as bad as before", change=Change(0, 11, "queue_depth "))

    idle = replace(pql004.RULE, id="XYZ1", nodes=(), of_node=None, even_if_broken=False, of_query=of_query)
    monkeypatch.setattr(rules, "all_rules", lambda: (idle,))
    old = (folder / "rules.yml").read_bytes()
    said = lint("--fix", "rules.yml")

    assert "mended" not in said.err
    assert (folder / "rules.yml").read_bytes() == old


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = (folder / "rules.yml").read_bytes()
    real = os.replace

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    said = lint("--fix", "rules.yml")
    monkeypatch.setattr(os, "replace", real)

    assert said.code == 2
    assert "error: rules.yml: it cannot be written: No space left on device" in said.err
    assert (folder / "rules.yml").read_bytes() == old
    assert sorted(os.listdir(folder)) == ["rules.yml", "shop.yaml"]


def test_a_link_stays_a_link_and_permissions_stay(folder: Path) -> None:
    (folder / "rules.yml").rename(folder / "real.yml")
    (folder / "real.yml").chmod(0o640)
    (folder / "rules.yml").symlink_to("real.yml")
    lint("--fix", "rules.yml")

    assert (folder / "rules.yml").is_symlink()
    assert 'shard="a"' in (folder / "real.yml").read_text()
    assert (folder / "real.yml").stat().st_mode & 0o777 == 0o640


def test_what_somebody_changed_meanwhile_is_not_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = mended_files

    def slow(*said: Any) -> Any:
        files = real(*said)
        (folder / "rules.yml").write_text("groups: []\n")
        return files

    monkeypatch.setattr(_lint_fix, "mended", slow)
    said = lint("--fix", "rules.yml")

    assert said.code == 2
    assert "it was changed while it was judged" in said.err
    assert (folder / "rules.yml").read_text() == "groups: []\n"


@pytest.mark.prometheus
@pytest.mark.parametrize("style", STYLES)
def test_prometheus_still_reads_what_was_mended(style: str, tmp_path: Path) -> None:
    for wrong, _, _ in IN_RULES[:5]:
        old = _rule_file(wrong, style, crlf=False, bom=False, comment="c")
        if _is_read(tmp_path, old):
            assert _is_read(tmp_path, mended("rules.yml", old)[0])


def _is_read(folder: Path, text: bytes) -> bool:
    (folder / "r.yml").write_bytes(text)
    promtool = shutil.which("promtool") or "promtool"
    ran = subprocess.run([promtool, "check", "rules", "r.yml"], cwd=folder, capture_output=True, check=False)  # noqa: S603
    return ran.returncode == 0
