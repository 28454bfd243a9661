"""How a module gives its pages and rules: one, many, or a function that makes them."""

import pytest

from tests.compile.shop import ALERTS, METRICS, NUMBERS, TEN_LINES, Shop


@pytest.mark.parametrize(
    "tail",
    [
        "dashboards = [dashboard]",
        "dashboards = {'one': dashboard}",
        "page, dashboard = dashboard, None\n\n\ndef dashboards():\n    return [page]",
        "page, dashboard = dashboard, None\n\n\ndef dashboards():\n    yield page",
        "page = dashboard\n\n\ndef dashboard(uid='x'):\n    return page",
        "dashboard = (dashboard,)",
    ],
)
def test_a_page_a_list_of_pages_or_a_function(nothing: Shop, tail: str) -> None:
    nothing.write("src/page.py", f"{TEN_LINES}\n{tail}\n")

    ran = nothing.builds()

    assert (ran.code, ran.err) == (0, "")
    assert nothing.pages() == {"my-shop": ""}


def test_a_function_that_makes_pages_for_others_is_none(nothing: Shop) -> None:
    made = TEN_LINES.replace("dashboard = Dashboard", "def dashboard(uid):\n  return Dashboard").replace(
        '"my-shop"', "uid"
    )
    nothing.write("src/making.py", made)
    nothing.write("src/page.py", "import making\n\ndashboards = [making.dashboard('a'), making.dashboard('b')]\n")

    assert nothing.builds().err == ""
    assert sorted(nothing.pages()) == ["a", "b"]
    ran = nothing.builds(source="src/making.py")
    assert ran.code == 3
    assert ran.err.startswith("error: src/making.py:7: dashboard() wants arguments, and nobody gives any\n")


def test_rules_of_a_service_are_one_file_named_after_it(nothing: Shop) -> None:
    nothing.write("src/metrics.py", METRICS)
    nothing.write("src/numbers.py", NUMBERS)
    for file, name in {"My_Shop/alerts.py": "One", "My_Shop/rules.py": "Two", "cart.py": "Three"}.items():
        nothing.write(f"src/{file}", ALERTS.replace('name="shop"', f'name="{name}"').replace("ShopErrors", name))

    assert nothing.builds().err == ""
    assert {entry["file"]: entry["groups"] for entry in nothing.manifest()["rules"]} == {
        "rules/cart.yaml": ["Three"],
        "rules/my-shop.yaml": ["One", "Two"],
    }
