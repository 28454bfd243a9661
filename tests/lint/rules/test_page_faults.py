"""What is wrong with a page as a whole: panels on one another, two of a name, variables that it lacks."""

from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

import orjson
from hypothesis import given
from hypothesis import strategies as st

from cli.lint.check import check
from cli.lint.reading import read
from cli.lint.rule import Example
from cli.lint.sample import page, panel
from cli.lint.settings import Settings
from queries.catalog import Catalogs
from tests.lint.rules.found import found, rule
from tests.queries.laws import LAW

#: x, y, w and h.
Grid: TypeAlias = tuple[int, int, int, int]
sizes = st.integers(1, 6)
grids = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), sizes, sizes), max_size=8)


def _page(*grids: Grid, **said: Any) -> Example:
    made = page(*(panel("up") for _ in grids), **said)
    for one, grid in zip(made["panels"], grids, strict=True):
        one["gridPos"] = dict(zip("xywh", grid, strict=True))
    return Example(page=made)


def _share_a_cell(one: Grid, two: Grid) -> bool:
    return all(one[side] < two[side] + two[side + 2] and two[side] < one[side] + one[side + 2] for side in (0, 1))


@LAW
@given(grids)
def test_each_panel_on_which_a_later_one_lies_is_told_once(grids: list[Grid]) -> None:
    placed = sorted(grids, key=lambda grid: grid[1])
    under = {
        index for index, other in combinations(range(len(placed)), 2) if _share_a_cell(placed[index], placed[other])
    }
    assert len(found("PQL701", _page(*grids))) == len(under)


def test_a_panel_may_lie_on_one_that_began_far_above_it() -> None:
    tall, beside, low = (0, 0, 6, 30), (6, 0, 6, 4), (3, 20, 6, 4)
    (told,) = found("PQL701", _page(tall, beside, low))
    assert told.place.path == "panels[0]"
    assert "panel" in told.message


def test_queries_of_one_name_are_told_once_with_their_number() -> None:
    asked = panel({"expr": "up", "refId": "A"}, {"expr": "down", "refId": "B"}, {"expr": "left", "refId": "A"})
    (told,) = found("PQL700", Example(page=page(asked)))
    assert told.message == "2 queries are called A: only the last one is asked"


def test_what_an_import_asks_for_is_no_variable_that_is_missing() -> None:
    asked = page(panel('up{job="$job", env="${DS_ENV}"}'), __inputs=[{"name": "DS_ENV"}, "nonsense"])
    (told,) = found("PQL005", Example(page=asked))
    assert "'job'" in told.message


def test_pages_of_one_uid_name_the_files_of_all_of_them(tmp_path: Path) -> None:
    for name, uid in {"a": "shop", "b": "shop", "c": "stock"}.items():
        (tmp_path / f"{name}.json").write_bytes(orjson.dumps(page(panel("up"), uid=uid)))
    inputs = read([str(tmp_path)], stdin=bytes, settings=Settings())
    told = check(inputs, Catalogs(), Settings(), [rule("PQL700")]).findings
    listed = f"{tmp_path / 'a.json'}, {tmp_path / 'b.json'}"
    said = f"the uid 'shop' stands in {listed}: the last one that is pushed is left"
    assert [(one.place.file, one.message) for one in told] == [
        (str(tmp_path / "a.json"), said),
        (str(tmp_path / "b.json"), said),
    ]
