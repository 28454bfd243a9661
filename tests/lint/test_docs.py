"""The pages about linting say what is so."""

import re
from collections import defaultdict
from pathlib import Path

from cli.lint import configured
from cli.lint.own_rules import own_rules
from cli.lint.rules import all_rules

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PAGE = dict(BLOCK.findall((DOCS / "lint.md").read_text(encoding="utf-8")))
ROW = re.compile(r"^\| (.+?) \| ((?:PQL\d+(?:, )?)+) \|$", re.MULTILINE)


def test_every_setting_of_the_page_is_one(tmp_path: Path) -> None:
    (tmp_path / "dash.toml").write_text(PAGE["toml"], encoding="utf-8")

    settings = configured.read(str(tmp_path), "", [rule.id for rule in all_rules()]).settings

    assert settings.ignore == ("PQL705",)
    assert settings.prometheus == (2, 42)
    assert settings.retention == 15 * 86400


def test_the_rule_of_the_page_is_one(tmp_path: Path) -> None:
    (tmp_path / "teams.py").write_text(PAGE["python"], encoding="utf-8")

    (rule,) = own_rules([str(tmp_path / "teams.py")], frozenset())

    assert rule.id == "SHOP001"


def test_what_other_linters_check_is_answered_by_those_rules() -> None:
    answered: dict[str, set[str]] = defaultdict(set)
    for rule in all_rules():
        for check in rule.also:
            answered[check.partition(" ")[2]].add(rule.id)
    text = (DOCS / "other-linters.md").read_text(encoding="utf-8")

    told = {check: set(ids.split(", ")) for check, ids in ROW.findall(text)}

    assert {check: ids for check, ids in told.items() if check in answered} == dict(answered)
