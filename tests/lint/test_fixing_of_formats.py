"""The laws of `dash lint --fix`: each file is mended in its own style, and nothing else of it is touched."""

# ruff: noqa: FBT001, PLR0917, RUF071 - hypothesis passes flags; bytes are compared, not paths

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lint.fixing import BOM, BUCKETS, IN_RULES, WITHOUT_RATE, mended, rule_file

IN_PAGES = (
    *IN_RULES,
    (WITHOUT_RATE.format(BUCKETS), WITHOUT_RATE.format(f"rate({BUCKETS}[$__rate_interval])"), "PQL122"),
)
STYLES = ("plain", "single", "double", "literal", "folded", "flow", "flow quoted")
COMMENTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=8)


def _only_there(old: bytes, new: bytes, wrong: str, right: str) -> None:
    """Whatever differs stands where the expression stands."""
    begin = len(os.path.commonprefix([old, new]))
    end = len(os.path.commonprefix([old[begin:][::-1], new[begin:][::-1]]))
    assert len(old) - begin - end <= len(json.dumps(wrong).encode()) + 60
    assert len(new) - begin - end <= len(json.dumps(right).encode()) + 60


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
    old = rule_file(wrong, style, crlf=crlf, bom=bom, comment=comment)
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


@pytest.mark.prometheus
@pytest.mark.parametrize("style", STYLES)
def test_prometheus_still_reads_what_was_mended(style: str, tmp_path: Path) -> None:
    for wrong, _, _ in IN_RULES[:5]:
        old = rule_file(wrong, style, crlf=False, bom=False, comment="c")
        if _is_read(tmp_path, old):
            assert _is_read(tmp_path, mended("rules.yml", old)[0])


def _is_read(folder: Path, text: bytes) -> bool:
    (folder / "r.yml").write_bytes(text)
    promtool = shutil.which("promtool") or "promtool"
    ran = subprocess.run([promtool, "check", "rules", "r.yml"], cwd=folder, capture_output=True, check=False)
    return ran.returncode == 0
