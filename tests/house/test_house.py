"""The laws of the house: names, sizes, first lines, public faces, doors."""

import ast
import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("queries", "panels", "dashboards_py", "cli")
BANNED = {"utils", "util", "helpers", "helper", "common", "base", "core", "manager", "misc"}
MODULES = sorted(path for name in PACKAGES for path in (ROOT / name).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
#: One import that each contract forbids: where it is planted, and what it imports.
PLANTED = {
    "cli and pages know panels, panels know queries, nobody looks back": ("queries/unit.py", "import panels"),
    "Inside cli: commands parse and print, the rest computes": ("cli/exit_codes.py", "import cli.config"),
    "grafanalib has one door: panels.grafana": ("panels/theme.py", "import grafanalib"),
    "promql-parser has one door: queries.parse": ("queries/expr.py", "import promql_parser"),
    "grafana-client and the network have one door: cli.grafana": ("cli/config.py", "import grafana_client"),
    "prometheus_client has one door: queries.instrument": ("queries/metric.py", "import prometheus_client"),
    "click has one door: the command line": ("cli/errors.py", "import click"),
    "A page never imports a page": ("dashboards_py/ai_api.py", "import dashboards_py.overview"),
}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_says_what_it_is_for_and_is_short(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    said = ast.get_docstring(ast.parse(text))

    assert said, "its first line says what it is for"
    assert said.splitlines()[0].endswith((".", "?", ":")) or '"' in said.splitlines()[0]
    assert len(text.splitlines()) <= 300


@pytest.mark.parametrize("module", TESTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_of_tests_is_short_too(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 300


def test_no_name_describes_nothing() -> None:
    parts = {part for path in (*MODULES, *TESTS) for part in path.relative_to(ROOT).with_suffix("").parts}

    assert not parts & BANNED


@pytest.mark.parametrize("package", ["queries.words", "panels"])
def test_a_public_face_is_sorted_and_whole(package: str) -> None:
    face = importlib.import_module(package)
    shown = {name for name, value in vars(face).items() if not name.startswith("_") and not _is_module(value)}

    assert set(face.__all__) == shown
    assert face.__all__ == sorted(face.__all__, key=_face_order)


def test_the_wheel_has_exactly_our_packages_and_they_are_typed() -> None:
    said = (ROOT / "pyproject.toml").read_text(encoding="utf-8")

    assert 'packages = ["dashboards_py", "panels", "queries", "cli"]' in said
    for package in PACKAGES:
        assert (ROOT / package / "py.typed").is_file()


def test_no_file_names_a_registry_or_a_path_of_this_machine() -> None:
    listed = subprocess.run(
        [shutil.which("git") or "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("no git checkout: nobody knows which files are ours")
    hosts = re.compile("|".join(["py" + "pi\\.org", "pythonho" + "sted", "deb\\.deb" + "ian", "crat" + "es\\.io"]))
    paths = re.compile("/" + "(?:work|farm|root)/")
    for name in filter(None, listed.stdout.split("\0")):
        file = ROOT / name
        if file.suffix in {".py", ".md", ".toml", ".txt", ".yaml", ".yml", ".sh", ""} and file.is_file():
            text = file.read_text(encoding="utf-8", errors="replace")
            assert not hosts.search(text), f"{name} names a registry"
            assert not paths.search(text), f"{name} names a path of this machine"


def test_every_contract_fails_when_it_is_broken(tmp_path: Path) -> None:
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for file, line in PLANTED.values():
        planted = tmp_path / file
        planted.write_text(planted.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")

    lint = "from importlinter.cli import lint_imports; import sys; sys.exit(lint_imports(no_cache=True))"
    ran = subprocess.run([sys.executable, "-c", lint], cwd=tmp_path, capture_output=True, text=True, check=False)

    broken = {" ".join(name.split()) for name in re.findall(r"^(.+?) BROKEN", ran.stdout, re.MULTILINE)}
    assert ran.returncode == 1
    assert broken == set(PLANTED)


def _is_module(value: object) -> bool:
    return type(value).__name__ == "module"


def _face_order(name: str) -> tuple[int, str]:
    return (0 if name.isupper() else 1 if name[0].isupper() else 2, name)
