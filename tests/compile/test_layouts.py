"""Projects as people lay them out: a file, a folder, a package, elsewhere or installed, under any name."""

import pytest

from cli.compile.links import NO_GRAFANA
from tests.compile.shop import METRICS, NUMBERS, TEN_LINES, Shop, page


def test_a_first_page_of_ten_lines(nothing: Shop) -> None:
    nothing.write("my_shop.py", TEN_LINES)

    ran = nothing.builds(source="my_shop.py")

    assert (ran.code, ran.err) == (0, "")
    assert nothing.pages() == {"my-shop": ""}
    assert nothing.manifest()["pages"][0]["source"] == "my_shop.py:7"
    query = nothing.page("my-shop")["panels"][1]["targets"][0]["expr"]
    assert query == 'sum(rate(shop_orders_total{job="shop-api"}[$__rate_interval]))'


def _package(shop: Shop, at: str) -> None:
    """A package with relative imports."""
    shop.write(f"{at}/__init__.py")
    shop.write(f"{at}/metrics.py", METRICS)
    shop.write(f"{at}/numbers.py", NUMBERS.replace("from metrics", "from .metrics"))
    shop.write(f"{at}/pages/__init__.py")
    shop.write(f"{at}/pages/api.py", page("api").replace("from numbers", "from ..numbers"))


@pytest.mark.parametrize(
    ("source", "built", "shown"),
    [
        ("acme", {"api": ""}, "acme/pages/api.py:7"),
        ("acme/pages", {"api": ""}, "acme/pages/api.py:7"),
        ("acme/pages/api.py", {"api": ""}, "acme/pages/api.py:7"),
        ("./acme/", {"api": ""}, "acme/pages/api.py:7"),
        (".", {"api": ""}, "acme/pages/api.py:7"),
    ],
)
def test_a_package_a_folder_in_it_or_a_file(nothing: Shop, source: str, built: dict[str, str], shown: str) -> None:
    _package(nothing, "acme")

    ran = nothing.builds(source=source)

    assert (ran.code, ran.err) == (0, "")
    assert nothing.pages() == built
    assert nothing.manifest()["pages"][0]["source"] == shown


def test_a_source_elsewhere_is_shown_the_same_on_every_machine(nothing: Shop) -> None:
    _package(nothing, "deep/down/acme")
    nothing.write(
        "other/deep/pages/one.py", page("one").replace("numbers", "math").replace("errors, latency, orders", "pi")
    )
    for folder in ("a/pages", "b/pages"):
        nothing.write(f"{folder}/x.py", TEN_LINES.replace("my-shop", folder[0]))
    here = nothing.path / "here"
    here.mkdir()

    ran = Shop(here).dash(
        "build", *(f"--source={nothing.path}/{one}" for one in ("deep/down/acme", "a/pages", "b/pages"))
    )

    assert (ran.code, ran.err) == (0, "")
    assert [entry["source"] for entry in Shop(here).manifest()["pages"]] == [
        "a/pages/x.py:7",
        "acme/pages/api.py:7",
        "b/pages/x.py:7",
    ]


def test_a_package_that_is_installed(nothing: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    _package(nothing, "lib/acme")
    nothing.write("lib/single.py", TEN_LINES)
    monkeypatch.syspath_prepend(str(nothing.path / "lib"))

    assert nothing.dash("build", "--source", "acme", "--source", "single").code == 0
    assert [entry["source"] for entry in nothing.manifest()["pages"]] == ["acme/pages/api.py:7", "lib/single.py:7"]


def test_our_own_pages_are_what_is_built_when_nothing_is_said(nothing: Shop) -> None:
    ran = nothing.dash("build")

    assert (ran.code, ran.err) == (0, f"note: {NO_GRAFANA}\n")
    assert "taskmaster" in nothing.pages()
    assert nothing.manifest()["pages"][0]["source"].startswith("dashboards_py/ai_api.py:")


def test_what_is_no_page_is_not_run(nothing: Shop) -> None:
    nothing.write("src/page.py", TEN_LINES)
    for file in (
        "setup.py",
        "conftest.py",
        "test_page.py",
        "page_test.py",
        "acme/__main__.py",
        ".hidden/x.py",
        "build/x.py",
        "__pycache__/x.py",
        "venv/lib/x.py",
    ):
        nothing.write(f"src/{file}", "raise SystemExit\n")
    nothing.write("src/venv/pyvenv.cfg")

    assert nothing.builds().err == ""


@pytest.mark.parametrize(
    "name", ["my-page.py", "2024.py", "v1.2.py", "with blank.py", "größe.py", "class.py", "json/x.py"]
)
def test_a_file_may_have_any_name(nothing: Shop, name: str) -> None:
    nothing.write(f"src/{name}", f"import json\n\njson.dumps({{}})\n{TEN_LINES}")

    ran = nothing.builds()

    assert (ran.code, ran.err) == (0, "")
    assert nothing.pages() == {"my-shop": ""}
