"""What a command need not load, it does not."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from cli.compile import memory
from tests.compile.shop import Shop, page

ROOT = Path(__file__).parents[2]
HEAVY = {
    "asyncio",
    "grafana_client",
    "grafanalib",
    "hashlib",
    "importlib.metadata",
    "jsonschema",
    "niquests",
    "panels",
    "pathlib",
    "promql_parser",
    "queries",
    "tempfile",
    "tomllib",
    "traceback",
    "yaml",
}
#: What reads and writes for every other command takes longer to import than such a build to look.
COMMAND_LINE = {"click", "dataclasses", "inspect", "orjson"}
LOADED = """
import atexit, json, sys
atexit.register(lambda: json.dump(sorted(sys.modules), open({file!r}, "w")))
from cli.main import main
main(sys.argv[1:])
"""


def _loads(folder: Path, *arguments: str) -> set[str]:
    """The modules that a command had loaded when it was done."""
    file = folder.parent / "loaded.json"
    ran = subprocess.run(
        [sys.executable, "-c", LOADED.format(file=str(file)), *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return set(json.loads(file.read_text(encoding="utf-8")))


@pytest.fixture
def old(shop: Shop) -> Shop:
    """A project that was built some time ago."""
    for _ in "built", "and looked at again":
        _loads(shop.path, "build", "--source", "src")
    for path in shop.path.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    return shop


@pytest.fixture
def idle(old: Shop) -> Shop:
    """A project in which a build has nothing to do, and finds that out without reading a file."""
    _loads(old.path, "build", "--source", "src")  # the touch made it read every file once more
    _wait_for_the_clock(old)
    return old


def test_a_build_with_nothing_to_do(idle: Shop) -> None:
    assert not _loads(idle.path, "build", "--source", "src") & (HEAVY | COMMAND_LINE)


def test_a_build_with_nothing_to_do_that_says_more_than_sources_and_a_folder(idle: Shop) -> None:
    assert not _loads(idle.path, "build", "--source", "src", "--output", "json") & HEAVY


def _wait_for_the_clock(shop: Shop) -> None:
    """What changed within two seconds before a look is read at the next look; say that it was long before."""
    path = shop.path / ".dash/build.json"
    said = json.loads(path.read_bytes().partition(b"\n")[2])
    path.write_bytes(memory.dump({**said, "looked": said["looked"] + 10**10}))


def test_help(shop: Shop) -> None:
    assert not _loads(shop.path, "--help") & HEAVY
    assert not _loads(shop.path, "build", "--help") & HEAVY


@pytest.mark.parametrize("arguments", [["--help"], ["build", "--source", "src"]])
def test_what_was_imported_is_not_looked_through_for_garbage_when_the_process_ends(
    idle: Shop, arguments: list[str]
) -> None:
    says = "import atexit, gc; atexit.register(lambda: print(gc.get_freeze_count() > 10 * len(gc.get_objects())))"
    ran = subprocess.run(
        [sys.executable, "-c", f"{says}\nfrom cli.main import main\nmain({arguments})"],
        cwd=idle.path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.endswith("\nTrue\n")


def test_one_page_edited_loads_no_grafanalib_no_yaml_and_no_network(old: Shop) -> None:
    old.write("src/pages/api.py", page("api", "Other"))
    unneeded = {"grafana_client", "grafanalib", "jsonschema", "promql_parser", "subprocess", "traceback", "yaml"}

    assert not _loads(old.path, "build", "--source", "src") & unneeded
    assert not _loads(old.path, "build", "--source", "src") & HEAVY, "nor does the look after it"


@pytest.mark.parametrize("damage", ["nothing", "another tool", "a wrong sum"])
def test_what_grafanalib_made_is_believed_only_of_the_same_tool(old: Shop, damage: str) -> None:
    """A change that grafanalib never made shows whether the memory was asked."""
    path = old.path / ".dash/build.json"
    said = json.loads(path.read_bytes().partition(b"\n")[2])
    said["panels"]["stat"]["options"]["changed"] = True
    if damage == "another tool":
        said["fingerprint"][0] = 0
    path.write_bytes(memory.dump(said).replace(b"\n", b"\n " if damage == "a wrong sum" else b"\n", 1))
    old.write("src/pages/api.py", page("api", "Other"))

    loaded = _loads(old.path, "build", "--source", "src")

    is_believed = damage == "nothing"
    (stat,) = (one for one in old.page("api")["panels"] if one["type"] == "stat")
    assert ("changed" in stat["options"]) == is_believed
    assert ("grafanalib" in loaded) != is_believed


def test_the_version(shop: Shop) -> None:
    assert shop.dash("--version").out.startswith("dash")
