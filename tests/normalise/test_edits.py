"""What a person does to a page, and how it is told."""

import copy

import pytest

from cli.deploy.normalise import applied, compare, said
from tests.normalise.pages import Json, ours, panel, panels

CHOSEN = 'default {"text":"5","value":"5"} -> {"text":"10","value":"10"}'


def told(base: Json, live: Json) -> list[str]:
    """The edits in words; carried out they make the one page of the other."""
    edits = compare(base, live)
    assert compare(applied(base, edits), live) == ()
    back = compare(live, base)
    assert compare(applied(live, back), base) == ()
    return [said(edit) for edit in edits]


def row_at(page: Json, title: str) -> int:
    """Where a row stands."""
    return next(at for at, one in enumerate(page["panels"]) if one["title"] == title)


def text(number: int, y: int, x: int = 0, w: int = 12, h: int = 4) -> Json:
    """A panel of words."""
    place = {"h": h, "w": w, "x": x, "y": y}
    options = {"mode": "markdown", "content": f"{number} words"}
    return {"id": number, "type": "text", "title": f"Text {number}", "gridPos": place, "options": options}


def closed(number: int, y: int, *inside: Json) -> Json:
    """A closed row."""
    place = {"h": 1, "w": 24, "x": 0, "y": y}
    row = {"id": number, "type": "row", "title": f"Row {number}", "collapsed": True, "gridPos": place}
    return {**row, "panels": list(inside)}


def opened(number: int, y: int) -> Json:
    """An open row."""
    return {**closed(number, y), "collapsed": False}


def page_of(*inside: Json) -> Json:
    """A page."""
    return {"uid": "p", "title": "P", "panels": list(copy.deepcopy(inside))}


def test_a_panel_that_was_dragged_above_others_is_one_edit() -> None:
    base = page_of(*(text(one, 4 * one) for one in range(6)))
    live = page_of(text(5, 0), *(text(one, 4 * one + 4) for one in range(5)))
    assert told(base, live) == ['panel "Text 5": moved']


def test_a_panel_that_was_dragged_aside_is_one_edit() -> None:
    base = page_of(text(1, 0), text(2, 4), text(3, 8))
    live = page_of(text(1, 0, x=12), text(2, 0), text(3, 4))
    assert told(base, live) == ['panel "Text 1": moved']


def test_a_panel_that_was_dragged_over_another_row_is_one_edit() -> None:
    base = page_of(opened(10, 0), text(1, 1), text(2, 5), opened(20, 9), text(3, 10))
    live = page_of(opened(10, 0), text(1, 1), opened(20, 5), text(2, 6), text(3, 10))
    assert told(base, live) == ['panel "Text 2": moved']


def test_a_panel_that_was_dragged_out_of_a_row_that_was_closed_since_is_one_edit_more() -> None:
    base = page_of(opened(10, 0), text(1, 1), text(2, 5), opened(20, 9), text(3, 10))
    live = page_of(closed(10, 0, text(1, 1)), opened(20, 1), text(2, 2), text(3, 6))
    assert told(base, live) == ['row "Row 10": collapsed', 'panel "Text 2": moved']


def test_a_closed_row_that_was_dragged_takes_its_panels_along() -> None:
    base = page_of(closed(10, 0, text(1, 1), text(2, 5)), closed(20, 1, text(3, 2)), closed(30, 2))
    live = page_of(closed(30, 0), closed(10, 1, text(1, 1), text(2, 5)), closed(20, 2, text(3, 2)))
    assert told(base, live) == ['row "Row 30": moved']


def test_a_gap_is_the_edit_of_the_panel_below_it() -> None:
    base = page_of(text(1, 0), text(2, 4), text(3, 8), text(4, 12))
    live = page_of(text(1, 0), text(2, 7), text(3, 11), text(4, 15))
    assert told(base, live) == ['panel "Text 2": moved']


def test_a_taller_panel_only_pushes() -> None:
    base = page_of(text(1, 0), text(2, 4), text(3, 8))
    live = page_of(text(1, 0, h=9), text(2, 9), text(3, 13))
    assert told(base, live) == ['panel "Text 1": resized 12x4 -> 12x9']


def test_a_wider_panel_elsewhere_is_moved_and_resized() -> None:
    assert told(page_of(text(1, 0)), page_of(text(1, 0, x=4, w=20))) == ['panel "Text 1": moved and resized']


def test_the_width_that_grafana_gives_a_repeated_panel_is_no_edit() -> None:
    repeated = {**text(1, 0, w=24), "repeat": "job", "repeatDirection": "h"}
    base, live = page_of(repeated, text(2, 4)), page_of(repeated, text(2, 4))
    live["panels"][0]["gridPos"]["w"] = 4.8
    assert told(base, live) == []
    live["panels"][0]["gridPos"] |= {"w": 8, "h": 5}
    assert told(base, live) == ['panel "Text 1": resized 24x4 -> 8x5']
    live["panels"][0]["gridPos"] = {"x": 0, "y": 0, "w": 9, "h": 4}
    assert told(base, live) == ['panel "Text 1": resized 24x4 -> 9x4']


def test_a_row_removed_with_its_panels_is_one_edit() -> None:
    base = page_of(opened(10, 0), text(1, 1), text(2, 5), opened(20, 9), text(3, 10))
    live = page_of(opened(20, 0), text(3, 1))
    assert told(base, live) == ['row "Row 10": removed']
    assert told(live, base) == ['row "Row 10": added']


def test_a_row_removed_from_around_its_panels_leaves_them_unchanged() -> None:
    base = page_of(closed(10, 0, text(1, 1), text(2, 5)), opened(20, 1), text(3, 2))
    live = page_of(text(1, 0), text(2, 4), opened(20, 8), text(3, 9))
    assert told(base, live) == ['row "Row 10": removed']


def test_a_panel_that_was_cut_and_pasted_is_the_same_panel() -> None:
    base = page_of(text(1, 0), text(2, 4), text(3, 8))
    live = page_of(text(2, 0), text(3, 4), {**text(1, 8), "id": 44})
    assert told(base, live) == ['panel "Text 1": moved']


def test_the_ids_of_a_whole_page_may_be_new() -> None:
    base, live = ours(), ours()
    for number, one in enumerate(panels(live), 1):
        one["id"] = number
    assert told(base, live) == []
    panel(live, "Latency")["title"] = "Latency by hand"
    assert told(base, live) == ['panel "Latency": title "Latency" -> "Latency by hand"']


def test_panels_of_one_title_and_new_ids_are_found_by_what_is_in_them() -> None:
    base = page_of(*({**text(one, 4 * one), "title": "Same"} for one in range(3)))
    live = page_of(*({**text(one, 4 * one), "title": "Same", "id": 9 - one} for one in range(3)))
    assert told(base, live) == []


def test_an_id_may_have_gone_to_a_new_panel() -> None:
    base = page_of(text(1, 0))
    live = page_of({**text(1, 0), "id": 5}, {**text(1, 4), "type": "news", "title": "New"})
    assert told(base, live) == ['panel "New": added']


def test_a_panel_that_somebody_placed_in_a_closed_row_was_moved() -> None:
    base = page_of(text(2, 0), closed(10, 4, text(1, 5)))
    live = page_of(text(2, 0), closed(10, 4, text(1, 9)))
    assert told(base, live) == ['panel "Text 1": moved']


def test_an_id_that_was_dealt_out_again_is_no_edit_of_the_panel_that_had_it() -> None:
    gone = {**text(9, 4), "targets": [{"refId": "A", "expr": "up"}], "type": "stat"}
    assert told(page_of(text(1, 0), gone), page_of(text(1, 0), {**text(9, 4), "title": "New"})) == [
        'panel "Text 9": removed',
        'panel "New": added',
    ]


def test_another_visualisation_is_one_edit() -> None:
    live = ours()
    one = panel(live, "Requests")
    one["type"] = "bargauge"
    one["options"] = {"displayMode": "lcd", "orientation": "horizontal"}
    one["fieldConfig"]["defaults"]["color"] = {"mode": "thresholds"}
    assert told(ours(), live) == ['panel "Requests": visualisation "stat" -> "bargauge"']


def test_another_data_source_of_a_panel_is_one_edit() -> None:
    live = ours()
    one = panel(live, "Latency")
    for thing in (one, *one["targets"]):
        thing["datasource"] = {"type": "prometheus", "uid": "other"}
    (edit,) = told(ours(), live)
    assert edit.startswith('panel "Latency": data source')


def test_a_query_is_shown_by_what_changed_in_it() -> None:
    base = page_of({**text(1, 0), "type": "stat", "targets": [{"refId": "B", "expr": "sum(rate(a_total[5m]))"}]})
    live = copy.deepcopy(base)
    live["panels"][0]["targets"][0]["expr"] = "sum(rate(a_total[1m]))"
    assert told(base, live) == ['query B of panel "Text 1": expression sum(rate(a_total[[-5m-]{+1m+}]))']


def test_a_long_query_is_shown_in_short() -> None:
    one = 'histogram_quantile(0.95, sum by (le) (rate(a_bucket{job=~"$job"}[$__rate_interval])))'
    base = page_of({**text(1, 0), "type": "stat", "targets": [{"refId": "A", "expr": one}]})
    live = copy.deepcopy(base)
    live["panels"][0]["targets"][0]["expr"] = one.replace("0.95", "0.99")
    assert told(base, live) == ['query A of panel "Text 1": expression histogram_quantile([-0.95-]{+0.99+}, sum by …']


def test_a_query_that_was_added_hidden_or_removed_is_one_edit_each() -> None:
    live = ours()
    targets = panel(live, "Latency")["targets"]
    targets.append({**targets[0], "refId": "Z", "expr": "up"})
    targets[1]["hide"] = True
    del targets[2]
    assert sorted(told(ours(), live)) == [
        'query B of panel "Latency": hidden nothing -> true',
        'query C of panel "Latency": removed',
        'query Z of panel "Latency": added',
    ]


def test_an_instant_query_is_one_edit() -> None:
    live = ours()
    panel(live, "Latency")["targets"][0] |= {"instant": True, "range": False}
    assert told(ours(), live) == ['query A of panel "Latency": type false -> true']


@pytest.mark.parametrize(
    ("name", "change", "edit"),
    [
        ("k", {"current": {"text": "10", "value": "10"}}, CHOSEN),
        ("search", {"query": "warn", "current": {"text": "warn", "value": "warn"}}, 'query "error" -> "warn"'),
        ("k", {"label": "How many"}, 'label "Top" -> "How many"'),
        ("job", {"type": "custom"}, 'type "query" -> "custom"'),
        ("search", {"type": "query"}, 'type "textbox" -> "query"'),
        ("k", {"name": "top"}, 'name "k" -> "top"'),
    ],
)
def test_an_edit_of_a_variable_is_one_edit(name: str, change: Json, edit: str) -> None:
    live = ours()
    next(one for one in live["templating"]["list"] if one["name"] == name).update(change)
    assert told(ours(), live) == [f"variable {name}: {edit}"]


def test_a_choice_of_one_may_be_written_as_a_list() -> None:
    live = ours()
    for one in live["templating"]["list"]:
        current = one.get("current", {})
        for key in ("text", "value"):
            if isinstance(current.get(key), list):
                (current[key],) = current[key]
    assert told(ours(), live) == []


def test_things_in_another_order_are_one_edit() -> None:
    live = ours()
    live["templating"]["list"].insert(0, live["templating"]["list"].pop(4))
    assert told(ours(), live) == ["variable instance: moved"]
    live["templating"]["list"].reverse()
    assert told(ours(), live) == ["variables: order"]


def test_a_mark_and_a_link_are_called_by_name() -> None:
    live = ours()
    live["annotations"]["list"][1]["enable"] = False
    live["links"][1]["url"] = "https://example.org/new"
    del live["links"][0]
    assert sorted(told(ours(), live)) == [
        'annotation "Deploys": enabled true -> false',
        'link "Docs": url "https://example.org" -> "https://example.org/new"',
        'link "Pages": removed',
    ]


def test_a_refresh_that_the_server_raised_is_no_edit() -> None:
    base, live = ours(), ours()
    base["refresh"], live["refresh"] = "1s", "5s"
    assert compare(base, live) == compare(live, base) == ()
    assert [said(one) for one in compare(base, live, minimum="1s")] == ['page: refresh "1s" -> "5s"']
    live["refresh"] = "2s"
    assert told(base, live) == ['page: refresh "1s" -> "2s"']
    live["refresh"] = "10s"
    assert told(base, live) == ['page: refresh "1s" -> "10s"']


def test_true_is_not_one() -> None:
    base, live = page_of(text(1, 0)), page_of(text(1, 0))
    base["panels"][0]["options"]["x"], live["panels"][0]["options"]["x"] = True, 1
    assert told(base, live) == ['panel "Text 1": x true -> 1']
    base["panels"][0]["options"]["x"] = 1.0
    assert told(base, live) == []


@pytest.mark.parametrize("odd", [None, 7, "x", [], [None], [7], {}, [{"id": 1}], [{"type": "row", "panels": 3}]])
def test_a_page_may_hold_anything(odd: object) -> None:
    page = {"title": "P", "panels": odd, "links": odd, "annotations": odd, "templating": {"list": odd}, "tags": odd}
    compare(page, ours())
    assert compare(page, copy.deepcopy(page)) == ()
    applied(ours(), compare(ours(), page))
    applied(page, compare(page, ours()))


def test_on_which_panels_an_alert_is_drawn_is_an_edit_like_any_other() -> None:
    live = ours()
    drawn = next(one for one in live["annotations"]["list"] if "filter" in one)
    drawn["filter"]["ids"].append(7)
    (edit,) = told(ours(), live)
    assert edit.startswith(f'annotation "{drawn["name"]}"')
    del drawn["filter"]
    assert len(told(ours(), live)) == 1
