"""What `make demo` says: commands that can be typed as they stand, wherever it lies, and what is left out."""

from __future__ import annotations

import re
import shlex
import sys
from pathlib import Path

import pytest

from examples.demo.__main__ import PACKAGES, where
from examples.demo.running import Demo

ALL = {"backend": ["127.0.0.1:1"], **{job: ["127.0.0.1:2"] for job in PACKAGES}}
COMMANDS = r"^(?:verify every query|compare the catalogs): +(.*)$"


@pytest.fixture
def spaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which nobody should have to live, with a Python."""
    folder = tmp_path / "a b"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def said(targets: dict[str, list[str]]) -> str:
    return where(Demo("http://127.0.0.1:9090", targets, "token"), Path("my build"), "the folder")


def test_its_commands_can_be_typed_in_a_folder_with_a_space(spaced: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(spaced / ".venv/bin/python"))
    text = said(ALL)

    words = [shlex.split(one) for one in re.findall(COMMANDS, text, re.MULTILINE)]

    assert [one[:3] for one in words] == [[".venv/bin/python", "-m", "cli"]] * 2
    assert words[0][3:5] == ["verify", "my build"]
    [here] = re.findall(r"^in another terminal: +(.*)$", text, re.MULTILINE)
    assert shlex.split(here) == ["cd", str(spaced)]


def test_a_python_that_lies_elsewhere_has_its_whole_path(spaced: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(spaced.parent / "c d/python"))

    [word, *_] = shlex.split(re.findall(COMMANDS, said(ALL), re.MULTILINE)[0])

    assert word == str(spaced.parent / "c d/python")


def test_what_is_not_installed_is_said_with_its_package() -> None:
    assert "left out" not in said(ALL)
    for job, package in PACKAGES.items():
        text = said({name: at for name, at in ALL.items() if name != job})

        assert re.findall(r"^left out +(.*)$", text, re.MULTILINE) == [f"{job}: apt-get install {package}"]
