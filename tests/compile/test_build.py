"""What `dash build` writes, what it leaves alone, and what it says.

Long because every promise of the command has its own test.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.artifact import digest, manifest
from tests.compile.shop import Screen, Shop, contents, page, small_shop

ROOT = Path(__file__).parents[2]


def _age(folder: Path) -> None:
    """Everything was written a while ago."""
    for path in folder.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))


def test_pages_rules_and_a_manifest_that_names_them(shop: Shop) -> None:
    ran = shop.builds()

    assert (ran.code, ran.err) == (0, "")
    assert sorted(shop.contents()) == [
        "dashboards",
        "dashboards/api.json",
        "dashboards/speed.json",
        "manifest.json",
        "rules",
        "rules/shop.yaml",
    ]
    made = manifest.read(shop.build)
    api, speed = made.pages
    assert (api.uid, api.title, api.file, api.source) == ("api", "Api", "dashboards/api.json", "src/pages/api.py:7")
    assert (speed.uid, speed.stale, made.partial, made.project) == ("speed", "", False, "dashboards-py")
    assert api.digest == digest.of(shop.page("api"), "")
    assert [(rule.file, rule.groups, rule.source) for rule in made.rules] == [
        ("rules/shop.yaml", ("shop",), "src/shop/alerts.py:7")
    ]
    assert "alert: ShopErrors" in (shop.build / "rules/shop.yaml").read_text(encoding="utf-8")


def test_each_file_that_changed_is_named_and_all_are_counted(shop: Shop) -> None:
    assert shop.builds().out == (
        "wrote build/dashboards/api.json\n"
        "wrote build/dashboards/speed.json\n"
        "wrote build/manifest.json\n"
        "wrote build/rules/shop.yaml\n"
        "2 pages, 1 rule file: 4 written\n"
    )
    assert shop.builds().out == "2 pages, 1 rule file: 4 unchanged\n"
    shop.write("src/pages/api.py", page("api", "Other"))
    (shop.path / "src/pages/speed.py").unlink()
    assert shop.builds().out == (
        "wrote build/dashboards/api.json\n"
        "wrote build/manifest.json\n"
        "removed build/dashboards/speed.json\n"
        "1 page, 1 rule file: 2 written, 1 removed, 1 unchanged\n"
    )


def test_the_answer_as_json(shop: Shop) -> None:
    shop.write("src/pages/bad.py", "1 / 0\n")

    said = shop.builds("--output", "json").json

    assert said == {
        "type": "build",
        "version": 1,
        "check": False,
        "pages": 2,
        "rules": 1,
        "stale": 0,
        "partial": True,
        "written": ["dashboards/api.json", "dashboards/speed.json", "manifest.json", "rules/shop.yaml"],
        "removed": [],
        "unchanged": 0,
        "notes": [],
        "problems": [
            {
                "where": "src/pages/bad.py:1",
                "what": "it raises ZeroDivisionError: division by zero",
                "fix": "correct that line; `dash --debug build` shows the whole traceback",
                "module": "src/pages/bad.py",
            }
        ],
    }


def test_what_a_page_prints_is_talk_and_not_the_answer(shop: Shop) -> None:
    shop.write("src/pages/loud.py", page("loud", before="print('hello')"))

    ran = shop.builds("--output", "json")

    assert ran.json["pages"] == 3
    assert ran.err == "hello\n"


def test_same_input_same_bytes_wherever_and_however_it_runs(tmp_path: Path) -> None:
    built = []
    for number, name in enumerate(["one", "with a blank"]):
        folder = tmp_path / name
        folder.mkdir()
        small_shop(folder).write("dash.toml", '[build]\nsources = ["src"]\n')
        ran = subprocess.run(
            [sys.executable, "-m", "cli", "build"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": str(number), "TZ": f"UTC{number}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (ran.returncode, ran.stderr) == (0, "")
        built.append(contents(folder / "build"))

    assert built[0] == built[1]
    assert str(tmp_path).encode() not in b"".join(built[0].values())


def test_a_second_build_touches_no_file(shop: Shop) -> None:
    shop.builds()
    _age(shop.build)
    before = {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in shop.build.rglob("*")}

    for _ in "with memory", "without":
        shop.builds()
        shutil.rmtree(shop.path / ".dash")

    assert {path: (path.stat().st_mtime_ns, path.stat().st_ino) for path in shop.build.rglob("*")} == before


def test_a_file_that_changed_is_another_file_and_the_others_are_not(shop: Shop) -> None:
    shop.builds()
    before = {path.name: path.stat().st_ino for path in shop.build.rglob("*.json")}
    held = (shop.build / "dashboards/api.json").open("rb")
    old = (shop.build / "dashboards/api.json").read_bytes()
    shop.write("src/pages/api.py", page("api", "Other"))

    shop.builds()

    after = {path.name: path.stat().st_ino for path in shop.build.rglob("*.json")}
    assert {name for name in after if after[name] != before[name]} == {"api.json", "manifest.json"}
    with held:
        assert held.read() == old, "whoever reads the old file reads it to its end"


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


def test_check_writes_nothing_and_names_what_is_stale(shop: Shop) -> None:
    ran = shop.builds("--check")
    assert (ran.code, ran.total) == (1, "2 pages, 1 rule file: 4 to write")
    assert ran.changes[0] == "would write build/dashboards/api.json"
    assert sorted(path.name for path in shop.path.iterdir()) == ["src"]

    shop.builds()
    before = contents(shop.path)
    assert (shop.builds("--check").code, shop.builds("--check").out) == (0, "2 pages, 1 rule file: 4 unchanged\n")
    assert contents(shop.path) == before

    shop.write("src/pages/api.py", page("api", "Other"))
    (shop.path / "src/pages/speed.py").unlink()
    before = contents(shop.path)
    ran = shop.builds("--check")
    assert ran.code == 1
    assert ran.changes == [
        "would write build/dashboards/api.json",
        "would write build/manifest.json",
        "would remove build/dashboards/speed.json",
    ]
    assert contents(shop.path) == before

    shop.write("src/pages/bad.py", "1 / 0")
    assert shop.builds("--check").code == 3


def test_only_one_page_is_written_and_the_others_are_stale(shop: Shop) -> None:
    shop.builds()
    before = shop.contents()
    for uid in ("api", "speed", "new"):
        shop.write(f"src/pages/{uid}.py", page(uid, "Other"))
    shop.write("src/shop/alerts.py", (shop.path / "src/shop/alerts.py").read_text(encoding="utf-8").replace("5m", "9m"))

    ran = shop.builds("--only", "api")

    assert (ran.code, ran.changes) == (0, ["wrote build/dashboards/api.json", "wrote build/manifest.json"])
    assert ran.total == "2 pages, 1 rule file: 2 written, 2 unchanged, 2 stale"
    why = "it was left out of the last build (--only)"
    assert shop.pages() == {"api": "", "speed": why}
    assert shop.manifest()["rules"][0]["stale"] == why
    assert shop.manifest()["partial"] is True
    after = shop.contents()
    assert {file for file in after if after[file] != before.get(file)} == {"dashboards/api.json", "manifest.json"}
    ran = shop.builds()
    assert ran.code == 0
    assert shop.pages() == {"api": "", "new": "", "speed": ""}
    assert shop.manifest()["partial"] is False


@pytest.mark.parametrize("remembered", [True, False])
def test_what_is_left_out_but_right_is_not_stale(shop: Shop, remembered: bool) -> None:  # noqa: FBT001 - pytest
    shop.builds()
    if not remembered:
        shutil.rmtree(shop.path / ".dash")

    assert shop.builds("--only", "api").code == 0
    assert shop.pages() == {"api": "", "speed": ""}
    assert shop.manifest()["rules"][0]["stale"] == ""


def test_only_removes_nothing(shop: Shop) -> None:
    shop.builds()
    (shop.path / "src/pages/speed.py").unlink()

    shop.builds("--only", "api")

    assert shop.pages()["speed"] != ""
    assert "dashboards/speed.json" in shop.contents()
    shop.builds()
    assert "dashboards/speed.json" not in shop.contents()


def test_check_of_one_page_asks_about_that_page(shop: Shop) -> None:
    shop.builds()
    shop.write("src/pages/speed.py", page("speed", "Other"))

    assert shop.builds("--check", "--only", "api").code == 0
    assert shop.builds("--check", "--only", "speed").changes == ["would write build/dashboards/speed.json"]


def test_only_a_page_that_is_there(shop: Shop) -> None:
    ran = shop.builds("--only", "apis")

    assert ran.code == 2
    assert ran.err == "error: no page has the uid 'apis'\n  try: did you mean 'api'? there are: api, speed\n"
    assert not shop.build.exists()


def test_two_folders_know_nothing_of_each_other(shop: Shop) -> None:
    shop.builds()
    assert shop.builds("--out", "other").code == 0
    assert contents(shop.path / "other") == shop.contents()
    assert shop.builds("--out", f"{shop.path}/deep/in/there").code == 0
    assert contents(shop.path / "deep/in/there") == shop.contents()


def test_a_bar_counts_on_a_terminal_once_somebody_waits(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Screen, "is_terminal", True)
    said = _on_a_terminal(shop, monkeypatch, patience=0)
    assert "[######" in said
    assert "5 of 5 modules" in said
    assert said.endswith("\r\x1b[K")
    assert _on_a_terminal(shop, monkeypatch, patience=60) == ""


def _on_a_terminal(shop: Shop, monkeypatch: pytest.MonkeyPatch, *, patience: float) -> str:
    shutil.rmtree(shop.build, ignore_errors=True)
    monkeypatch.setattr("cli.commands.build.PATIENCE", patience)
    ran = shop.builds()
    assert ran.code == 0
    return ran.err


def test_no_bar_where_nobody_looks(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cli.commands.build.PATIENCE", 0)

    assert shop.builds().err == ""
