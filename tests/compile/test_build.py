"""What `dash build` writes and says: the same bytes everywhere, and only what changed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from cli.artifact import digest, manifest
from tests.compile.shop import Shop, contents, page, small_shop

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
        "stack": 0,
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


def test_two_folders_know_nothing_of_each_other(shop: Shop) -> None:
    shop.builds()
    assert shop.builds("--out", "other").code == 0
    assert contents(shop.path / "other") == shop.contents()
    assert shop.builds("--out", f"{shop.path}/deep/in/there").code == 0
    assert contents(shop.path / "deep/in/there") == shop.contents()
