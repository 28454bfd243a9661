"""Projects as people lay them out: packages, folders and files of their own, and whatever they import.

Long because every layout is written out, file by file.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compile.shop import ALERTS, METRICS, NUMBERS, Shop, page

ROOT = Path(__file__).parents[2]
TEN_LINES = """from panels import Dashboard, row, stat
from queries import REQUESTS, Counter, Role, rate

API = Role("shop", "api", job="shop-api")
ORDERS = Counter("shop_orders_total", "Orders.", REQUESTS, ["status"], role=API)

dashboard = Dashboard(
    uid="my-shop", title="My shop", rows=[row("Does it sell?", stat("Orders", rate(ORDERS)))]
)
"""
MEDDLING = """
import os, sys
from titles import TITLES
sys.path.insert(0, "/nowhere")
os.chdir("/")
"""


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

    assert (ran.code, ran.err) == (0, "")
    assert "taskmaster" in nothing.pages()
    assert nothing.manifest()["pages"][0]["source"].startswith("dashboards_py/ai_api.py:")


@pytest.mark.parametrize("how", [["-m", "cli"], ["-c", "from cli.main import main; main()"]])
def test_the_current_folder_is_no_place_for_libraries(nothing: Shop, how: list[str]) -> None:
    """`python -m cli` would look there, and `dash` would not."""
    nothing.write("shared.py")
    nothing.write("src/page.py", f"import shared\n{TEN_LINES}")

    ran = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, *how, "build", "--source", "src"],
        cwd=nothing.path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONSAFEPATH": "1" if how[0] == "-c" else ""},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 3
    assert "No module named 'shared'" in ran.stderr
    assert nothing.builds(source=".").code == 0


def test_numbers_of_mine_and_numbers_of_python(shop: Shop) -> None:
    """`numbers` is a module of Python's too: mine is mine, and `decimal` and `fractions` go on finding theirs."""
    imports = "import decimal, fractions, statistics, random\nimport numbers as mine\n"
    shop.write("src/pages/api.py", page("api", before=f"{imports}HALF = fractions.Fraction(1, 2)\nmine.orders\n"))
    script = "import sys; from cli.main import main; main(sys.argv[1:])"

    ran = subprocess.run(  # noqa: S603 - our own command line
        [sys.executable, "-c", script, "build", "--source", "src"],
        cwd=shop.path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    before = sys.modules["numbers"]
    assert shop.builds().code == 0
    assert sys.modules["numbers"] is before
    assert "metrics" not in sys.modules


def test_two_sources_with_modules_of_one_name_do_not_mix(nothing: Shop) -> None:
    for folder in ("one", "two"):
        nothing.write(f"{folder}/metrics.py", METRICS.replace("shop-api", f"{folder}-job"))
        nothing.write(f"{folder}/numbers.py", NUMBERS)
        nothing.write(f"{folder}/page.py", page(folder))

    ran = nothing.dash("build", "--source", "one", "--source", "two")

    assert (ran.code, ran.err) == (0, "")
    for folder in ("one", "two"):
        assert f'job=\\"{folder}-job\\"' in (nothing.build / f"dashboards/{folder}.json").read_text(encoding="utf-8")


def test_what_one_page_does_to_a_shared_module_is_not_seen_by_the_next(shop: Shop) -> None:
    shop.write("src/titles.py", "TITLES = []\n")
    for uid in ("api", "speed"):
        before = f"{MEDDLING}TITLES.append('{uid}')\n"
        shop.write(f"src/pages/{uid}.py", page(uid, "TITLE", before=before).replace('"TITLE"', "' '.join(TITLES)"))
    shop.write("src/pages/late.py", f"{MEDDLING}\ndef dashboard():\n    os.chdir('/')\n    1 / 0\n")
    path = list(sys.path)

    assert shop.builds().err.startswith("error: src/pages/late.py:9: it raises ZeroDivisionError")
    assert [shop.page(uid)["title"] for uid in ("api", "speed")] == ["api", "speed"]
    assert sys.path == path


def test_a_page_is_built_once_wherever_it_is_imported(nothing: Shop) -> None:
    nothing.write("src/acme/__init__.py", "from acme.b import dashboard\n")
    nothing.write("src/acme/a.py", "from acme.b import dashboard as one\n\ndashboards = [one]\n")
    nothing.write("src/acme/b.py", TEN_LINES)
    nothing.write("src/acme/c.py", "from acme.a import dashboards\n")
    nothing.write("src/acme/d.py", "def dashboard():\n    from acme.b import dashboard\n\n    return dashboard\n")
    nothing.write("src/acme/e.py", TEN_LINES.replace("dashboard =", "def dashboard(): return").replace("my-shop", "e"))
    nothing.write("src/acme/f.py", "from acme.e import dashboard\n")

    for source in ("src", "src/acme"):
        ran = nothing.builds(source=source)
        assert (ran.code, ran.err) == (0, "")
        sources = [entry["source"] for entry in nothing.manifest()["pages"]]
        assert sources == ["src/acme/e.py:7", "src/acme/b.py:7"]
    assert nothing.builds(source="src/acme/c.py").code == 0
    assert [entry["source"] for entry in nothing.manifest()["pages"]] == ["src/acme/c.py:1"]


@pytest.mark.parametrize("name", ["queries", "panels", "cli", "dashboards_py"])
@pytest.mark.parametrize("kind", ["module", "package", "folder"])
def test_a_module_called_like_ours(nothing: Shop, name: str, kind: str) -> None:
    file = {"module": f"{name}.py", "package": f"{name}/__init__.py", "folder": f"{name}/mine.py"}[kind]
    nothing.write(f"src/{file}")
    where = f"src/{name}.py" if kind == "module" else f"src/{name}"

    ran = nothing.builds()

    assert ran.code == 2
    assert ran.err == (
        f"error: {where}: a module called {name!r} would hide the one of dashboards-py\n"
        f"  try: rename it, for instance to my_{name}\n"
    )


def test_a_module_of_that_name_further_down_hides_nothing(nothing: Shop) -> None:
    nothing.write("src/acme/__init__.py")
    nothing.write("src/acme/queries.py", TEN_LINES)

    assert nothing.builds().code == 0


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


def test_settings_rename_a_roles_job_in_pages_and_rules(shop: Shop) -> None:
    for text in ('[jobs]\n"shop.api" = "new-job"\n', '[jobs.shop]\napi = "new-job"\n'):
        shop.builds()
        shop.write("dash.toml", f'project = "my-shop"\n[build]\nsources = ["src"]\n{text}')

        ran = shop.dash("build")

        assert (ran.code, ran.err) == (0, "")
        for file in ("dashboards/api.json", "dashboards/speed.json", "rules/shop.yaml"):
            made = (shop.build / file).read_text(encoding="utf-8").replace("\\", "")
            assert set(re.findall('job="(.*?)"', made)) == {"new-job"}
        assert shop.manifest()["project"] == "my-shop"
        (shop.path / "dash.toml").unlink()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "project = 'x'\n[built]\n",
            "2: unknown setting built\n  try: one of build, contexts, default_context, jobs, lint, project",
        ),
        ("[build]\nsource = ['x']\n", "2: unknown setting build.source\n  try: one of sources"),
        ("x = 1\ny = = 2\n", "2: this is not TOML: Invalid value (at line 2, column 5)"),
        ("project = 5\n", "1: project is 5\n  try: lower case letters, digits, - and _, at most 39"),
        ("project = 'My Shop'\n", "1: project is 'My Shop'\n"),
        ("build = 5\n", "1: build must be a table\n"),
        ("[build]\nsources = 'x'\n", "2: build.sources must be a list of paths\n"),
        ("[build]\nsources = [1]\n", "2: build.sources must be a list of paths\n"),
        ("[build]\nsources = []\n", "2: build.sources must be a list of paths\n"),
        ("jobs = 5\n", "1: jobs must be a table\n"),
        ("[jobs]\n'shop.api' = 5\n", "2: the job of shop.api must be a name\n"),
        ("[jobs.shop]\napi = ''\n", "2: the job of shop.api must be a name\n"),
        ("[jobs.shop.api]\nx = 'y'\n", "1: the job of shop.api must be a name\n"),
        ("[jobs]\nshop = 'x'\n", "2: 'shop' is no role\n"),
    ],
)
def test_bad_settings(shop: Shop, text: str, said: str) -> None:
    shop.write("dash.toml", text)

    ran = shop.builds()

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"error: dash.toml:{said}")


def test_settings_that_cannot_be_read(shop: Shop) -> None:
    shop.write("dash.toml", b"\xff")
    assert shop.builds().err == "error: dash.toml: it cannot be read: it is not UTF-8\n"
    (shop.path / "dash.toml").unlink()
    (shop.path / "dash.toml").mkdir()
    assert shop.builds().err == "error: dash.toml: it cannot be read: Is a directory\n"
