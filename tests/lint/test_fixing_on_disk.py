"""`dash lint --fix` on disk: what was shown is written, or the old file stays as it was."""

# ruff: noqa: PTH208 - names of files are compared, not paths

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from cli.commands import _lint_fix
from cli.lint import rules
from cli.lint.asked import Asked
from cli.lint.finding import Change
from cli.lint.mended import mended as mended_files
from cli.lint.rule import Fault, Faults
from cli.lint.rules import pql004
from tests.lint.fixing import IN_RULES, lint, rule_file
from tests.lint.fuzz.seeds import CATALOG


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shop.yaml").write_text(CATALOG, encoding="utf-8")
    (tmp_path / "rules.yml").write_bytes(rule_file(IN_RULES[0][0], "literal", crlf=False, bom=False, comment="c"))
    return tmp_path


def test_what_is_shown_is_what_would_be_written(folder: Path) -> None:
    shown = lint("--diff", "rules.yml").out
    lint("--fix", "rules.yml")

    added = [line[1:] for line in shown.splitlines() if line.startswith("+") and not line.startswith("+++")]
    assert added
    assert all(line in (folder / "rules.yml").read_text().splitlines() for line in added)


def test_a_fix_that_does_not_help_is_taken_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def of_query(_: Asked) -> Faults:
        yield Fault("it is as bad as before", change=Change(0, 11, "queue_depth "))

    idle = pql004.RULE._replace(id="XYZ1", nodes=(), of_node=None, even_if_broken=False, of_query=of_query)
    monkeypatch.setattr(rules, "called", lambda _: (idle,))
    old = (folder / "rules.yml").read_bytes()
    said = lint("--fix", "rules.yml")

    assert "mended" not in said.err
    assert (folder / "rules.yml").read_bytes() == old


def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = (folder / "rules.yml").read_bytes()
    real = os.replace

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    said = lint("--fix", "rules.yml")
    monkeypatch.setattr(os, "replace", real)

    assert said.code == 2
    assert "error: rules.yml: it cannot be written: No space left on device" in said.err
    assert (folder / "rules.yml").read_bytes() == old
    assert sorted(os.listdir(folder)) == ["rules.yml", "shop.yaml"]


def test_a_link_stays_a_link_and_permissions_stay(folder: Path) -> None:
    (folder / "rules.yml").rename(folder / "real.yml")
    (folder / "real.yml").chmod(0o640)
    (folder / "rules.yml").symlink_to("real.yml")
    lint("--fix", "rules.yml")

    assert (folder / "rules.yml").is_symlink()
    assert 'shard="a"' in (folder / "real.yml").read_text()
    assert (folder / "real.yml").stat().st_mode & 0o777 == 0o640


def test_what_somebody_changed_meanwhile_is_not_lost(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = mended_files

    def slow(*said: Any) -> Any:
        files = real(*said)
        (folder / "rules.yml").write_text("groups: []\n")
        return files

    monkeypatch.setattr(_lint_fix, "mended", slow)
    said = lint("--fix", "rules.yml")

    assert said.code == 2
    assert "it was changed while it was judged" in said.err
    assert (folder / "rules.yml").read_text() == "groups: []\n"
