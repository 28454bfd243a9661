"""The README does what it says: every block is a file that is written or a command that is typed."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.stand_in import StandIn

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
README = BLOCK.findall((ROOT / "README.md").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Typed:
    """A command, and what the README says that it prints."""

    line: str
    answer: str


def _typed(block: str) -> list[Typed]:
    said = []
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, answer = part.partition("\n")
        said.append(Typed(line, answer))
    return said


def _environment(**more: str) -> dict[str, str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # a make that runs these tests would make the one inside them talk of folders that it enters
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GRAFANA_", "MAKE", "MFLAGS"))}
    return kept | {"PATH": path, "PYTHONPATH": str(ROOT)} | more


def _run(line: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    program = f"{sys.executable} -m cli" if " " not in sys.executable else f"'{sys.executable}' -m cli"
    command = re.sub(r"^dash ", f"{program} ", line)
    return subprocess.run(  # noqa: S602 - the README is ours, and a person types it into a shell
        command, shell=True, cwd=folder, env=environment, stdout=-1, stderr=-2, text=True, check=False
    )


def test_every_file_and_command_of_the_readme_does_what_it_says(tmp_path: Path) -> None:
    with StandIn() as grafana:
        environment = _environment(GRAFANA_URL=grafana.url, GRAFANA_TOKEN=grafana.token("Admin"))
        for language, block in README:
            if language in ("python", "toml", "yaml"):
                name = block.partition("\n")[0].removeprefix("# ")
                (tmp_path / name).parent.mkdir(exist_ok=True)
                (tmp_path / name).write_text(block, encoding="utf-8")
            for typed in _typed(block) if language == "console" else ():
                if typed.line.startswith(("make ", "export ")):
                    continue
                ran = _run(typed.line, tmp_path, environment)
                if typed.answer:
                    assert ran.stdout == typed.answer, typed.line
                else:
                    assert ran.returncode == 0, f"{typed.line}: {ran.stdout}"
        assert grafana.page("checkout") is not None


def test_the_only_commands_that_run_elsewhere_are_known() -> None:
    lines = [typed.line for language, block in README if language == "console" for typed in _typed(block)]
    elsewhere = [line for line in lines if not line.startswith("dash ")]

    assert elsewhere == ["make build", "export GRAFANA_URL=https://grafana.example.com GRAFANA_TOKEN=glsa_..."]
    assert {language for language, _ in README} == {"console", "python", "sh", "toml", "yaml"}


def _not_in_a_checkout(folder: str, names: list[str]) -> set[str]:
    """What was made here, and the tests, which a build does not need."""
    if Path(folder) == ROOT / "build":
        return {name for name in names if name != ".gitignore"}
    made = (".git", ".venv", ".dash", ".hypothesis", "__pycache__", ".*_cache")
    return set(shutil.ignore_patterns(*made, "tests")(folder, names))


def test_make_build_does_everything_in_a_new_folder_with_a_space_in_its_path_twice(tmp_path: Path) -> None:
    if shutil.which("make") is None:
        pytest.skip("no make on this machine")
    copy = tmp_path / "a new folder"
    shutil.copytree(ROOT, copy, ignore=_not_in_a_checkout)
    environment = {key: value for key, value in _environment().items() if key != "PYTHONPATH"}

    first = _run("make build", copy, environment)
    second = _run("make build", copy, environment)

    assert first.returncode == 0, first.stdout
    assert first.stdout.endswith("13 pages, 5 rule files, 33 stack files: 52 written\n")
    assert second.stdout.endswith("13 pages, 5 rule files, 33 stack files: 52 unchanged\n")
    assert (copy / "build" / "dashboards" / "overview.json").is_file()
