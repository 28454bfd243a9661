"""A page, a rule group or a scrape that somebody made and forgot to give to the build."""

import pytest

from tests.compile.shop import ALERTS, METRICS, NUMBERS, TEN_LINES, Shop

SCRAPE = 'from queries import Role, Scrape\n\n{} = Scrape(Role("shop", "api", job="shop-api"), ["api:80"])\n'
RULES = ALERTS.replace("group = ", "slo_group = ")


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (RULES, "slo_group is a RuleGroup that no build takes: group = slo_group, or groups = [slo_group, ...]"),
        (
            TEN_LINES.replace("dashboard = ", "page = "),
            "page is a Dashboard that no build takes: dashboard = page, or dashboards = [page, ...]",
        ),
        (SCRAPE.format("api"), "api is a Scrape that no build takes: scrape = api, or scrapes = [api, ...]"),
    ],
)
def test_what_no_module_gives_is_said_with_its_line(nothing: Shop, text: str, note: str) -> None:
    nothing.write("src/metrics.py", METRICS)
    nothing.write("src/numbers.py", NUMBERS)
    nothing.write("src/shop.py", text)
    name = note.partition(" ")[0]
    line = next(at for at, said in enumerate(text.splitlines(), start=1) if said.startswith(f"{name} = "))

    ran = nothing.builds()

    assert ran.code == 0
    assert f"src/shop.py:{line}: {note}" in ran.err
    assert "no build takes" not in nothing.builds().err  # the module did not run


@pytest.mark.parametrize(
    "tail",
    ["dashboard = page", "dashboards = {'a': page}", "def dashboards():\n    return [page]", "_page = page\ndel page"],
)
def test_what_is_given_or_private_is_no_news(nothing: Shop, tail: str) -> None:
    nothing.write("src/shop.py", TEN_LINES.replace("dashboard = ", "page = ") + f"\n\n{tail}\n")

    assert "no build takes" not in nothing.builds().err


def test_what_another_module_gives_is_taken(nothing: Shop) -> None:
    nothing.write("src/making.py", TEN_LINES.replace("dashboard = ", "page = "))
    nothing.write("src/giving.py", "from making import page\n\ndashboards = [page]\n")

    assert nothing.builds().err == ""
    nothing.write("src/making.py", TEN_LINES.replace("dashboard = ", "page = ").replace("My shop", "Our shop"))
    assert nothing.builds().err == ""


def test_where_a_module_is_broken_nobody_knows_what_it_takes(nothing: Shop) -> None:
    nothing.write("src/making.py", TEN_LINES.replace("dashboard = ", "page = "))
    nothing.write("src/giving.py", "from making import page\n\ndashboards = [pages]\n")

    ran = nothing.builds()

    assert "pages" in ran.err
    assert "no build takes" not in ran.err


def test_what_only_another_module_made_is_not_said_twice(nothing: Shop) -> None:
    nothing.write("src/making.py", TEN_LINES.replace("dashboard = ", "page = "))
    nothing.write("src/reading.py", "from making import page\n")

    assert nothing.builds().err.count("is a Dashboard that no build takes") == 1
