"""Sameness: the exact bytes of every page, rule file and configuration that we ship; `make snapshots` renews them."""

from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from cli.artifact import manifest
from cli.compile.build import Request, build
from cli.config import Config

ROOT = Path(__file__).parents[2]


class Page(SingleFileSnapshotExtension):
    """One file a page, byte for byte: syrupy's own JSON would sort and rewrite it."""

    _write_mode = WriteMode.TEXT
    file_extension = "json"


class Rules(SingleFileSnapshotExtension):
    """One file a rule file."""

    _write_mode = WriteMode.TEXT
    file_extension = "yaml"


class Configuration(SingleFileSnapshotExtension):
    """One file for each program."""

    _write_mode = WriteMode.TEXT
    file_extension = "yml"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("shipped") / "build"
    report = build(Request(config=Config(), folder=ROOT, out=out))

    assert report.problems == ()
    return out


def test_every_page_is_what_was_reviewed(built: Path, snapshot: SnapshotAssertion) -> None:
    pages = manifest.read(built).pages

    assert len(pages) >= 12
    for page in pages:
        text = (built / page.file).read_text(encoding="utf-8")
        assert text == snapshot(name=page.uid, extension_class=Page)


def test_every_rule_file_is_what_was_reviewed(built: Path, snapshot: SnapshotAssertion) -> None:
    rules = manifest.read(built).rules

    assert len(rules) >= 5
    for rule in rules:
        text = (built / rule.file).read_text(encoding="utf-8")
        assert text == snapshot(name=Path(rule.file).stem, extension_class=Rules)


def test_what_each_program_is_told_is_what_was_reviewed(built: Path, snapshot: SnapshotAssertion) -> None:
    for program in ("prometheus", "alertmanager"):
        text = (built / program / f"{program}.yml").read_text(encoding="utf-8")
        assert text == snapshot(name=program, extension_class=Configuration)


def test_file_uid_and_output_are_one_name(built: Path) -> None:
    for page in manifest.read(built).pages:
        module = page.source.partition(":")[0]
        assert module == f"dashboards_py/{page.uid.replace('-', '_')}.py"
        assert page.file == f"dashboards/{page.uid}.json"
