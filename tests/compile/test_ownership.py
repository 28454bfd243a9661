"""A build replaces and removes what builds wrote, and nothing else."""

import json
import shutil

import pytest

from tests.compile.shop import Shop


def test_what_an_earlier_build_wrote_is_removed_also_without_its_memory(shop: Shop) -> None:
    shop.builds()
    shutil.rmtree(shop.path / ".dash")
    shutil.rmtree(shop.path / "src/shop")
    (shop.path / "src/pages/speed.py").unlink()

    assert shop.builds().code == 0
    assert sorted(shop.contents()) == ["dashboards", "dashboards/api.json", "manifest.json"]


@pytest.mark.parametrize("file", ["dashboards/api.json", "rules/shop.yaml", "manifest.json"])
def test_what_no_build_wrote_is_never_replaced(shop: Shop, file: str) -> None:
    shop.write(f"build/{file}", "mine")

    ran = shop.builds()

    assert ran.code == 2
    assert ran.err == (
        f"error: build/{file}: no build wrote this file, so no build replaces it\n"
        "  try: move it away, or another --out\n"
    )
    assert [path for path in shop.build.rglob("*") if path.is_file()] == [shop.build / file]
    assert (shop.build / file).read_text(encoding="utf-8") == "mine"
    assert shop.builds("--check").code == 2


def test_what_no_build_wrote_is_never_removed(shop: Shop) -> None:
    for file in ("notes.txt", "dashboards/mine.json", "rules/mine.yaml"):
        shop.write(f"build/{file}", "mine")
    shop.builds()
    (shop.path / "src/pages/speed.py").unlink()
    shutil.rmtree(shop.path / "src/shop")

    assert shop.builds().code == 0
    mine = {file for file, text in shop.contents().items() if text == b"mine"}
    assert mine == {"notes.txt", "dashboards/mine.json", "rules/mine.yaml"}


def test_a_manifest_that_lies_removes_nothing_outside(shop: Shop) -> None:
    shop.builds()
    precious = shop.write("precious.json", "{}")
    said = shop.manifest()
    said["pages"].append({**said["pages"][0], "uid": "x", "file": "../precious.json"})
    shop.write("build/manifest.json", json.dumps(said))

    assert shop.builds().code == 0
    assert precious.exists()


def test_a_file_that_is_right_already_is_nobodys(shop: Shop) -> None:
    shop.builds()
    for path in (shop.path / ".dash/build.json", shop.build / "manifest.json"):
        path.unlink()

    ran = shop.builds()

    assert (ran.code, ran.changes) == (0, ["wrote build/manifest.json"])
