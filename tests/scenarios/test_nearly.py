"""Files that are nearly rules or tests: each is told, so that nobody takes silence for a pass."""

from pathlib import Path

import orjson
import pytest

from tests.command_line import Dash
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.scenarios.shop import RULES, put
from tests.scenarios.test_command import TEST

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]
MAP = "groups:\n  shop:\n    rules: [{alert: A, expr: up == 0}]\n"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (RULES.replace("groups:", "group:"), "bad.yaml:1:1: Prometheus knows no `group` here; did you mean `groups`?"),
        (RULES.replace("rules:", "rule:"), "bad.yaml:3:3: Prometheus knows no `rule` here; did you mean `rules`?"),
        (MAP, "bad.yaml:2:3: `groups` is no list: a group begins with"),
    ],
)
@pytest.mark.parametrize("path", [".", "bad.yaml"])
def test_a_rule_file_with_a_wrong_key_is_an_error_beside_good_ones(
    dash: Dash, tmp_path: Path, text: str, told: str, path: str
) -> None:
    put(tmp_path, bad_yaml=text, a_test_yaml=TEST)
    ran = dash(path, "a.test.yaml")

    assert ran.code == 3
    assert ran.err.removeprefix("error: ").removeprefix("./").startswith(told), ran.err
    assert "2 scenarios of 2 alerts: 2 passed" in ran.out


def test_other_yaml_in_a_folder_is_passed_over(dash: Dash, tmp_path: Path) -> None:
    put(tmp_path, a_test_yaml=TEST, helm_yaml="groups: {record: yes}\nalerts: {expr: true}\n")

    assert dash(".").code == 0


@pytest.mark.parametrize("files", [{}, {"a_yaml": "groups: []\n"}, {"a_yaml": "groups: [{name: a, rules: []}]\n"}])
def test_a_folder_without_a_rule_or_a_test_is_exit_2_unless_it_is_listed(
    dash: Dash, tmp_path: Path, files: dict[str, str]
) -> None:
    (tmp_path / "here").mkdir()
    put(tmp_path / "here", **files)
    ran = dash("here")

    assert (ran.code, ran.err.splitlines()[0]) == (2, "error: no rule and no test in here")
    assert dash("here", "--list").code == 0


def test_a_rule_file_of_an_older_source_is_named(dash: Dash, tmp_path: Path) -> None:
    entry = {"file": "rules/shop.yaml", "groups": ["shop"], "digest": "", "source": "a.py:1", "stale": "a.py:3: broken"}
    said = {"type": "manifest", "version": 1, "project": "p", "partial": True, "pages": [], "rules": [entry]}
    (tmp_path / "build" / "rules").mkdir(parents=True)
    (tmp_path / "build" / "manifest.json").write_bytes(orjson.dumps(said))
    put(tmp_path / "build" / "rules", shop_yaml=RULES)
    ran = dash("--allow-untested")

    assert ran.code == 0
    assert "note: build/rules/shop.yaml is not what its source says today: a.py:3: broken" in ran.err, ran.err
