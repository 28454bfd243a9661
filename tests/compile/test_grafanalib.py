"""Pages of grafanalib's users: `*.dashboard.py` files build unchanged."""

import pytest

from tests.compile.shop import Shop

PAGE = """from grafanalib.core import Dashboard, Target, TimeSeries, GridPos


def page(uid=None, title="Orders"):
    return Dashboard(
        title=title,
        uid=uid,
        panels=[
            TimeSeries(
                title="Rate",
                dataSource="Prometheus",
                unit="reqps",
                gridPos=GridPos(h=8, w=12, x=0, y=0),
                targets=[Target(expr="rate(orders_total[5m])", legendFormat="{{status}}")],
            )
        ],
    ).auto_panel_ids()


"""


@pytest.mark.parametrize(
    ("tail", "uids"),
    [
        ("dashboard = page('mine')", ["mine"]),
        ("dashboard = page()", ["my-orders"]),
        ("dashboards = [page(), page(), page('third')]", ["my-orders", "my-orders-2", "third"]),
        ("def dashboard():\n    return page()", ["my-orders"]),
        ("def dashboards():\n    return [page('a'), page('b')]", ["a", "b"]),
        ("dashboard = lambda: page('x')", ["x"]),
    ],
)
def test_a_dashboard_dashboards_or_a_callable(nothing: Shop, tail: str, uids: list[str]) -> None:
    nothing.write("My Orders.dashboard.py", f"{PAGE}{tail}\n")

    ran = nothing.builds(source=".")

    assert ran.code == 0
    assert list(nothing.pages()) == uids
    assert nothing.page(uids[0])["panels"][0]["targets"][0]["expr"] == "rate(orders_total[5m])"
    assert nothing.page(uids[0])["schemaVersion"] == 41
    assert nothing.manifest()["pages"][0]["source"] == "My Orders.dashboard.py:20"
    assert (
        nothing.builds(source=".").total
        == f"{len(uids)} page{'s' * (len(uids) > 1)}, 0 rule files: {len(uids) + 1} unchanged"
    )


def test_a_folder_of_them_beside_each_other_and_what_they_share(nothing: Shop) -> None:
    nothing.write("pages/shared.py", PAGE)
    for uid in ("one", "two"):
        nothing.write(f"pages/{uid}.dashboard.py", f"from shared import page\n\ndashboard = page('{uid}')\n")
    nothing.write("pages/deep/er/three.dashboard.py", f"{PAGE}dashboard = page()\n")

    assert nothing.builds(source="pages").code == 0
    assert list(nothing.pages()) == ["one", "three", "two"]
    assert nothing.dash("build", "--source", "pages/one.dashboard.py").code == 0
    assert list(nothing.pages()) == ["one"]


def test_nothing_is_changed_silently(nothing: Shop) -> None:
    nothing.write("a.dashboard.py", f"{PAGE}dashboard = page()\n")

    ran = nothing.builds(source=".")

    assert "note: a.dashboard.py: refresh '10s' is grafanalib's own; it is '30s' now\n" in ran.err
    assert nothing.builds(source=".").err == ""


@pytest.mark.parametrize(
    ("tail", "said"),
    [
        ("dashboard = page('no such uid')", "uid"),
        ("dashboard = page('u' * 41)", "uid"),
        ("dashboard = page('x', title='')", "title"),
    ],
)
def test_what_is_wrong_with_one(nothing: Shop, tail: str, said: str) -> None:
    nothing.write("a.dashboard.py", f"{PAGE}{tail}\n")

    ran = nothing.builds(source=".")

    assert ran.code == 3
    assert ran.err.startswith("error: a.dashboard.py:")
    assert said in ran.err.splitlines()[0]
    assert "Traceback" not in ran.err


def test_a_sketch_of_one(nothing: Shop) -> None:
    nothing.write("a.dashboard.py", f"{PAGE}dashboard = page()\n")

    ran = nothing.dash("show", "--source", ".", "a")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == (
        "Orders  (a)\n  a.dashboard.py:20\n\n▾\n  [Rate]  timeseries, reqps\n"
        "      rate(orders_total[5m])   # {{status}}\n"
    )


def test_a_sketch_of_rows(nothing: Shop) -> None:
    rows = [{"type": "row", "title": "More", "collapsed": True, "panels": [{"type": "text", "title": "Inside"}]}]
    nothing.write("a.dashboard.py", f"globals().update(dashboard={{'title': 'Mine', 'panels': {rows!r}}})\n")

    ran = nothing.dash("show", "--source", ".", "a")

    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "Mine  (a)\n  a.dashboard.py:1\n\n▸ More\n  [Inside]  text\n"


def test_a_page_that_is_json_already(nothing: Shop) -> None:
    nothing.write("a.dashboard.py", "dashboard = {'title': 'Mine', 'panels': []}\n")

    assert nothing.builds(source=".").code == 0
    assert nothing.page("a")["title"] == "Mine"
    assert "a.dashboard.py:1  Mine" in nothing.dash("list", "--source", ".").out
