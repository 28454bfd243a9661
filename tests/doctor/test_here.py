"""Which `dash` a shell would run."""

import os
import sys
from pathlib import Path

import pytest

from cli.commands._doctor_here import shell


def _program(folder: Path, name: str, text: str, mode: int = 0o755) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    (folder / name).chmod(mode)
    return folder / name


OURS = "#!/usr/bin/python\nfrom cli.main import main\nmain()\n"
SHELL = "\x7fELF a shell"


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of the environment that runs us."""
    monkeypatch.setattr(sys, "executable", str(tmp_path / "mine" / "python"))
    _program(tmp_path / "mine", "dash", OURS)
    _program(tmp_path / "mine", "dashboards-py", OURS)
    return tmp_path / "mine"


@pytest.fixture
def debian(tmp_path: Path) -> Path:
    """A folder with a shell that is called as we are."""
    _program(tmp_path / "bin", "dash", SHELL)
    return tmp_path / "bin"


def test_ours_is_first(mine: Path, debian: Path) -> None:
    check = shell(f"{mine}{os.pathsep}{debian}")

    assert (check.ok, check.said) == (True, f"dash is {mine}/dash")


def test_a_shell_is_first_and_our_other_name_is_free(mine: Path, debian: Path) -> None:
    check = shell(f"{debian}{os.pathsep}{mine}")

    assert check.ok is None
    assert check.said.startswith(f"dash is {debian}/dash, not ours")
    assert check.fix == "dashboards-py"


def test_only_the_shell_is_there(mine: Path, debian: Path) -> None:
    assert shell(str(debian)).fix == f"{mine}/python -m cli"


def test_no_dash_at_all(mine: Path, tmp_path: Path) -> None:
    check = shell(str(tmp_path))

    assert (check.ok, check.said) == (None, "no dash is on the PATH")
    assert check.fix == f"{mine}/python -m cli"
    assert shell("") == check


def test_what_cannot_be_run_is_passed_by(mine: Path, debian: Path) -> None:
    (debian / "dash").chmod(0o644)

    assert shell(f"{debian}{os.pathsep}{mine}").ok


def test_ours_of_another_environment(mine: Path, tmp_path: Path) -> None:
    _program(tmp_path / "other", "dash", OURS)
    check = shell(f"{tmp_path / 'other'}{os.pathsep}{mine}")

    assert check.ok is None
    assert "of another environment" in check.said


def test_an_empty_folder_of_the_path_is_this_one(mine: Path, debian: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(debian)

    assert shell(f"{os.pathsep}{mine}").said.startswith("dash is dash, not ours")
