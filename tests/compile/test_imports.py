"""What a page imports is its own project's: no other's, none of ours, and the same for every page."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compile.shop import METRICS, NUMBERS, TEN_LINES, Shop, page

ROOT = Path(__file__).parents[2]

MEDDLING = """
import os, sys
from titles import TITLES
sys.path.insert(0, "/nowhere")
os.chdir("/")
"""


@pytest.mark.parametrize("how", [["-m", "cli"], ["-c", "from cli.main import main; main()"]])
def test_the_current_folder_is_no_place_for_libraries(nothing: Shop, how: list[str]) -> None:
    """`python -m cli` would look there, and `dash` would not."""
    nothing.write("shared.py")
    nothing.write("src/page.py", f"import shared\n{TEN_LINES}")

    ran = subprocess.run(
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

    ran = subprocess.run(
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
