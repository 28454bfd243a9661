"""The official dashboards of AI serving systems: their known faults are found, and every error is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import orjson
import pytest
import yaml

from cli.lint.check import check
from cli.lint.finding import Finding, Severity
from cli.lint.reading import read
from cli.lint.rules import all_rules
from cli.lint.sample import page, panel
from cli.lint.settings import Settings
from tests.lint.ai_catalogs import FACTS, ai_catalogs
from tests.lint.test_corpus import CORPUS

pytestmark = pytest.mark.skipif(
    not (CORPUS.is_dir() and FACTS.is_file()), reason=f"the dashboards or their metrics are not here: {CORPUS}, {FACTS}"
)
DASHBOARDS = yaml.safe_load(Path(__file__).with_name("official_dashboards.yaml").read_text(encoding="utf-8"))
SYSTEMS = ("vllm", "sglang", "tgi", "triton", "litellm", "dcgm")


@cache
def _findings(file: str, *systems: str) -> Sequence[Finding]:
    inputs = read([str(CORPUS / file)], stdin=lambda: b"", settings=Settings())
    return check(inputs, ai_catalogs(*systems), Settings(), list(all_rules())).findings


@pytest.mark.parametrize("dashboard", DASHBOARDS, ids=lambda one: one["file"])
def test_the_known_faults_are_found(dashboard: Mapping[str, Any]) -> None:
    found = {(one.where, one.rule) for one in _findings(dashboard["file"], *dashboard["systems"])}
    assert [one for one in dashboard["faults"] if (one["where"], one["rule"]) not in found] == []


@pytest.mark.parametrize("dashboard", DASHBOARDS, ids=lambda one: one["file"])
def test_every_error_is_one_that_was_found_right(dashboard: Mapping[str, Any]) -> None:
    found = _findings(dashboard["file"], *dashboard["systems"])
    errors = Counter((one.where, one.rule) for one in found if one.severity is Severity.ERROR)
    assert errors == Counter((one["where"], one["rule"]) for one in dashboard["errors"])


@pytest.mark.parametrize(
    ("name", "now"),
    [
        ("vllm:gpu_cache_usage_perc", "vllm:kv_cache_usage_perc"),
        ("sglang:queue_time_s_sum", "sglang:queue_time_seconds"),
    ],
)
def test_a_metric_that_is_gone_is_told_with_its_new_name(name: str, now: str) -> None:
    text = orjson.dumps(page(panel(f"max({name})")))
    found = check(read(["-"], stdin=lambda: text, settings=Settings()), ai_catalogs(*SYSTEMS), Settings(), all_rules())
    (gone,) = [one for one in found.findings if one.rule == "PQL100"]
    assert f"{name.removesuffix('_sum')} is gone" in gone.message
    assert now in gone.hint
