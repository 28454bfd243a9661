"""The module that is written: what a person would have written, formatted, with the comments that were there."""

import shutil
import sys
from pathlib import Path

import pytest

from cli.prometheus.process import Running
from tests.adopt.test_there_and_back import GROUPS
from tests.command_line import dash

RUFF = shutil.which("ruff", path=f"{Path(sys.executable).parent}:{Path.cwd()}") or shutil.which("ruff")
SMALL = """# Who watches the shop.

groups:
  # Often.
  - name: shop
    interval: 30s
    rules:
      #- alert: Old
      #  expr: old
      - alert: ShopDown
        expr: |
          up{job="shop"} == 0
            unless on (job) maintenance  # nobody is woken
        for: 5m
        labels:
          severity: page
        annotations:
          summary: "{{ $labels.job }} is down, and everybody who wants to buy something goes elsewhere: do something."
"""
MODULE = '''"""Rules from shop.yml."""

# Who watches the shop.

from queries import GivenAlert, RuleGroup

groups = [
    # Often.
    RuleGroup(
        name="shop",
        interval="30s",
        rules=[
            # - alert: Old
            #  expr: old
            GivenAlert(
                alert="ShopDown",
                expr='up{job="shop"} == 0\\n  unless on (job) maintenance  # nobody is woken\\n',
                lasting="5m",
                labels={"severity": "page"},
                annotations={
                    "summary": (
                        "{{ $labels.job }} is down, and everybody who wants to buy something goes elsewhere: do "
                        "something."
                    ),
                },
            ),
        ],
    ),
]
'''


def test_a_module_reads_as_a_person_would_write_it() -> None:
    Path("shop.yml").write_text(SMALL)

    assert dash("import", "alerts", "shop.yml").code == 0

    assert Path("imported/shop.py").read_text() == MODULE


@pytest.mark.skipif(RUFF is None, reason="no ruff beside this Python")
@pytest.mark.parametrize(
    "text", [SMALL, GROUPS, GROUPS.replace("LONG", "a" * 200), GROUPS.replace("paragraph", "日本" * 50)]
)
def test_a_module_is_formatted(text: str) -> None:
    Path("shop.yml").write_text(text)
    dash("import", "alerts", "shop.yml")

    words = [str(RUFF), "format", "--isolated", "--line-length", "120", "--diff", "imported"]
    with Running(words, Path.cwd(), longest=60) as ruff:
        said = ruff.answer()

    assert Path("imported/shop.py").exists()
    assert said.passed, said.text


def test_neither_a_name_nor_a_comment_gets_out_of_its_place() -> None:
    name = 'a"""\\.yml'
    Path(name).write_text("# -*- coding: utf-7 -*-\n" + SMALL.replace("# Often.", "# \u202eOften\xa0import os"))

    assert dash("import", "alerts", name).code == 0

    (module,) = Path("imported").iterdir()
    text = module.read_text()
    assert text.splitlines()[0] == '"""Rules from a\'\'\'\\\\.yml."""'
    assert "# \\u202eOften\\xa0import os" in text
    assert dash("build", "--source", "imported").code == 0


def test_the_comments_of_a_block_are_not_those_of_the_next_rule() -> None:
    Path("a.yml").write_text(
        "groups:\n- name: g\n  rules:\n  - record: a:b\n    expr: |\n      up\n      # of the expression\n"
        "  # of the rule\n  - record: c:d\n    expr: up\n"
    )

    dash("import", "alerts", "a.yml")

    comments = [line.strip() for line in Path("imported/a.py").read_text().splitlines() if line.strip().startswith("#")]
    assert comments == ["# of the rule"]
