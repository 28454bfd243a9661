"""The page about catalogs does what it says."""

import re
from pathlib import Path

import pytest

from cli.main import main
from queries.catalogs.file import read_catalog
from queries.catalogs.schema import schema
from queries.catalogs.shipped import NAMES

TEXT = (Path(__file__).parents[2] / "docs" / "catalogs.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL))


def test_the_page_of_the_example_becomes_the_catalog_that_is_written_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("shop.prom").write_text(BLOCKS["text"])
    typed, _, answer = BLOCKS["console"].removeprefix("$ dash ").partition("\n")
    with pytest.raises(SystemExit) as ended:
        main(typed.split())
    read = {one.name: one for one in read_catalog(Path("shop.yaml").read_bytes(), "shop.yaml").metrics}
    written = {one.name: one for one in read_catalog(BLOCKS["yaml"].encode(), "docs").metrics}

    assert (ended.value.code, capsys.readouterr().out) == (0, answer)
    assert read.keys() < written.keys()
    for name, metric in read.items():
        assert metric.kind == written[name].kind
        assert metric.buckets == written[name].buckets
        assert {one.name for one in metric.labels} == {one.name for one in written[name].labels}


def test_the_page_tells_of_every_member_and_every_domain() -> None:
    said = set(re.findall(r"`([a-z_]+)", TEXT))

    assert {*schema()["$defs"]["metric"]["properties"], *NAMES} <= said
    assert {one for one in schema()["properties"] if one in BLOCKS["yaml"]} == set(schema()["properties"])
