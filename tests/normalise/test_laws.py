"""What is true of any page and any change of it."""

import copy
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.deploy.normalise import Edit, applied, compare, said
from cli.deploy.normalise.noise import WRITTEN
from tests.normalise.noisy import noisy
from tests.normalise.pages import Json, Place, leaves, ours, panels, shipped, with_leaf

PAGES = (ours(), *shipped())
#: What nobody says; and the type of a row, for a row that becomes a panel is two edits.
NOBODY = {one.name for one in WRITTEN} - {"datasource", "targets", "key", "index", "error", "state", "global"}
some_page = st.sampled_from(PAGES)
seeds = st.integers(0, 2**32)


def other(value: Any) -> Any:
    """Another value."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int | float):
        return value + 1
    if isinstance(value, str):
        return f"{value}x"
    return 7 if value is None else [*value, "x"] if isinstance(value, list) else {**value, "x": "y"}


def sayable(page: Json) -> list[tuple[Place, Any]]:
    """The places where a person can say something else."""
    return [(path, value) for path, value in leaves(page) if is_said(page, path)]


def is_said(page: Json, path: Place) -> bool:
    """Whether somebody says what stands at a place."""
    if path[-1] in NOBODY or (path[-1] in ("selected", "refId") and "templating" in path) or path[-1] == "panels":
        return False
    if path[:1] == ("panels",) and path[-1] == "type":
        inner: Any = page
        for step in path[:-1]:
            inner = inner[step]
        return bool(inner["type"] != "row")
    # the answers that a variable remembers
    return not (path[0] == "templating" and path[-1] == "options")


SAYABLE = [(page, sayable(page)) for page in PAGES]


def told(edits: tuple[Edit, ...]) -> list[str]:
    """The edits in words."""
    return [said(edit) for edit in edits]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page["uid"])
def test_a_page_equals_itself(page: Json) -> None:
    assert compare(page, copy.deepcopy(page)) == ()


@settings(max_examples=60, deadline=None)
@given(some_page, seeds, seeds)
def test_what_writes_itself_changes_nothing(page: Json, one: int, two: int) -> None:
    assert told(compare(noisy(page, one), noisy(page, two))) == []


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_one_change_is_one_edit_at_its_place(data: st.DataObject) -> None:
    page, places = data.draw(st.sampled_from(SAYABLE))
    path, value = data.draw(st.sampled_from(places))
    live = with_leaf(page, path, other(value))
    shaken = noisy(live, data.draw(seeds))
    for base, now in ((page, live), (page, shaken), (live, page), (shaken, page)):
        edits = compare(base, now)
        assert len(edits) == 1, told(edits)
        assert told(compare(applied(base, edits), now)) == []
    assert compare(page, live)[0].path[0] == path[0]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_the_edits_make_the_one_page_of_the_other(data: st.DataObject) -> None:
    page, places = data.draw(st.sampled_from(SAYABLE))
    live = page
    for path, value in data.draw(st.lists(st.sampled_from(places), max_size=6, unique_by=lambda one: one[0])):
        live = with_leaf(live, path, other(value))
    live = noisy(rearranged(data, live), data.draw(seeds))
    edits = compare(page, live)
    assert told(compare(applied(page, edits), live)) == []
    back = compare(live, page)
    assert told(compare(applied(live, back), page)) == []


def rearranged(data: st.DataObject, page: Json) -> Json:
    """The page with panels added, taken away and closed in rows."""
    page = copy.deepcopy(page)
    for what in data.draw(st.lists(st.sampled_from(["drop", "copy", "close", "open", "shuffle", "drop variable"]))):
        tops = page["panels"]
        if not tops:
            break
        at = data.draw(st.integers(0, len(tops) - 1))
        if what == "drop":
            del tops[at]
        elif what == "copy":
            tops.append({**copy.deepcopy(tops[at]), "id": max(one["id"] for one in panels(page)) + 1, "panels": []})
            if tops[at]["type"] != "row":
                del tops[-1]["panels"]
        elif what == "close" and tops[at]["type"] == "row" and not tops[at]["collapsed"]:
            end = next((n for n in range(at + 1, len(tops)) if tops[n]["type"] == "row"), len(tops))
            tops[at] |= {"collapsed": True, "panels": tops[at + 1 : end]}
            del tops[at + 1 : end]
        elif what == "open" and tops[at].get("collapsed"):
            tops[at + 1 : at + 1] = tops[at]["panels"]
            tops[at] |= {"collapsed": False, "panels": []}
        elif what == "shuffle":
            page["panels"] = data.draw(st.permutations(tops))
        elif what == "drop variable" and page["templating"]["list"]:
            del page["templating"]["list"][0]
    return page
