"""Two builds of one folder at the same time: an editor that builds on save, and a person who types `dash build`."""

import os
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.compile.shop import Shop, contents, page, small_shop

ROOT = Path(__file__).parents[2]
#: A build that stops where all of its files lie beside their places, says so, and goes on when it is told to.
STOPPING = """
import atexit, os, sys
replace = os.replace
def stop(*files):
    os.replace = replace
    print("staged", flush=True)
    sys.stdin.readline()
    replace(*files)
os.replace = stop
atexit.register(lambda: print("grafanalib" in sys.modules))
from cli.main import main
main(["build", "--source", "src"])
"""


def _start(shop: Shop) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", STOPPING],
        cwd=shop.path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def _end(build: subprocess.Popen[str]) -> list[str]:
    """What it says when it is told to go on."""
    said, _ = build.communicate("go on\n", timeout=60)
    assert build.returncode == 0, said
    return said.splitlines()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_both_leave_the_bytes_of_a_clean_one(tmp_path: Path, order: tuple[int, int]) -> None:
    shop, clean = small_shop(tmp_path / "twice"), small_shop(tmp_path / "clean")
    for one in shop, clean:
        one.write("dash.toml", "[build]\nstack = []\n")
    assert _end(_start(shop))[-1] == "True", "what grafanalib made of a stat is to be remembered"
    for one in shop, clean:
        one.write("src/pages/api.py", page("api", "Edited"))
        one.write("src/pages/new.py", page("new"))

    with ExitStack() as ended:
        builds = [ended.enter_context(_start(shop)) for _ in order]
        assert [build.stdout and build.stdout.readline() for build in builds] == ["staged\n", "staged\n"]
        said = [_end(builds[number]) for number in order]

    assert [one[-1] for one in said] == ["False", "False"], "one of them did not believe the memory"
    _end(_start(clean))
    assert shop.contents() == clean.contents()
    assert sorted(contents(shop.path / ".dash")) == [".gitignore", "build.json"]
    assert _end(_start(shop))[-2] == "3 pages, 1 rule file: 5 unchanged", "the memory is of another build"
