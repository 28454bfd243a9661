"""Pages judged by several processes: the same findings, in the same order, whoever found them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.lint.findings import put

pytestmark = pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="only Linux says how many threads run")
CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
#: A process of its own, for one that runs tests has threads and cannot be copied.
COMPARED = """
import json, os, sys
from cli.lint.check import check
from cli.lint.reading import read
from cli.lint.rules import all_rules
from cli.lint.settings import Settings
from queries.catalog import Catalogs

copies = []
os.register_at_fork(after_in_parent=lambda: copies.append(1))
inputs = read(sys.argv[1:], stdin=bytes, settings=Settings())
documents = {id(page.spot.document) for page in inputs.pages}
said = []
for processes in (1, 2, 5):
    copies.clear()
    checked = check(inputs, Catalogs(), Settings(), all_rules(), processes)
    ours = all(id(one.edit.spot.document) in documents for one in checked.findings if one.edit)
    said.append((len(copies), ours, checked))
alone = said[0][2]
print(json.dumps([len(alone.findings), [one[0] for one in said], all(one[1] and one[2] == alone for one in said)]))
"""
FORKS = """
import os
os.register_at_fork(after_in_parent=lambda: os.write(1, b"a copy was made\\n"))
from cli.main import main
main({arguments})
"""
REMEMBERS = """
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Rule

SEEN = []

def of(page, world):
    SEEN.append(page.title)
    if len(SEEN) == 3:
        yield Fault(", ".join(SEEN))

EXAMPLES = {"wrong": Example("x"), "right": Example("y")}
RULE = Rule(id="SHOP1", title="x", severity=Severity.WARNING, why="x", of_page=of, **EXAMPLES)
"""


def _page(title: str, characters: int) -> str:
    """A page with a query that is wrong, and a description so long."""
    target = {"refId": "A", "expr": "sum(rate(of[]))", "datasource": "prometheus"}
    panel = {"type": "timeseries", "title": "x", "id": 1, "targets": [target], "description": "x" * characters}
    return json.dumps({"title": title, "uid": title, "schemaVersion": 41, "panels": [panel]})


def _compared(*paths: str) -> list[Any]:
    ran = subprocess.run(
        [sys.executable, "-c", COMPARED, *paths], capture_output=True, text=True, check=True, timeout=120
    )
    found: list[Any] = json.loads(ran.stdout)
    return found


@pytest.mark.skipif(not CORPUS.is_dir(), reason=f"the public dashboards are not here: {CORPUS}")
def test_of_public_dashboards_several_find_what_one_finds() -> None:
    found, copies, same = _compared(str(CORPUS))

    assert found > 500
    assert (copies, same) == ([0, 1, 4], True)


def test_a_process_has_enough_to_do_and_a_page_is_judged_as_a_whole(tmp_path: Path) -> None:
    small, great, last = (
        put(tmp_path, f"{number}.json", _page(f"page {number}", size)) for number, size in enumerate((1, 1_100_000, 1))
    )

    assert _compared(small, last)[1] == [0, 0, 0]
    assert _compared(small, great, last)[1:] == [[0, 1, 1], True]
    assert _compared(great)[1:] == [[0, 0, 0], True]


def test_a_text_with_many_pages_counts_once(tmp_path: Path) -> None:
    pages = "\n---\n".join([_page(f"page {number}", 10_000) for number in range(60)])
    found, *rest = _compared(put(tmp_path, "several.yaml", pages))

    assert found >= 60
    assert rest == [[0, 0, 0], True]


def test_what_stands_at_one_place_is_told_in_the_order_of_its_path(tmp_path: Path) -> None:
    # YAML's aliases: every page stands where the first was written
    page = {"title": "x", "schemaVersion": 41, "panels": [{"type": "graph", "id": 1, "description": "x" * 30_000}]}
    path = put(tmp_path, "alias.yaml", yaml.safe_dump([page] * 40, default_flow_style=False))
    put(tmp_path, "long.json", _page("long", 1_100_000))

    assert "*id001" in Path(path).read_text()
    for _ in range(5):
        assert _compared(str(tmp_path))[1:] == [[0, 1, 1], True]


def test_a_house_own_rule_that_remembers_sees_every_page(tmp_path: Path) -> None:
    for number in range(3):
        put(tmp_path, f"{number}.json", _page(f"page {number}", 400_000))
    mine = put(tmp_path, "mine.py", REMEMBERS)

    def said(*more: str) -> str:
        script = FORKS.format(arguments=["lint", str(tmp_path), *more])
        command = [sys.executable, "-c", script]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120).stdout

    told = said("--rules", mine, "--select", "SHOP1")
    assert "warning SHOP1 page 0, page 1, page 2" in told
    assert "a copy" not in told
    if len(os.sched_getaffinity(0)) > 1:
        assert "a copy" in said("--select", "PQL001")
