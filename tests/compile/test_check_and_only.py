"""Builds that do less: `--check` writes nothing, `--only` writes one page and says what is stale."""

import shutil

import pytest

from tests.compile.shop import Shop, contents, page, small_shop


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
    assert ran.err.splitlines() == [
        f"note: build/dashboards/speed.json is stale: {why}",
        f"note: build/rules/shop.yaml is stale: {why}",
    ]
    assert shop.pages() == {"api": "", "speed": why}
    assert shop.manifest()["rules"][0]["stale"] == why
    assert shop.manifest()["partial"] is True
    after = shop.contents()
    assert {file for file in after if after[file] != before.get(file)} == {"dashboards/api.json", "manifest.json"}
    ran = shop.builds()
    assert ran.code == 0
    assert shop.pages() == {"api": "", "new": "", "speed": ""}
    assert shop.manifest()["partial"] is False


@pytest.mark.parametrize(
    ("many", "last"), [(5, "is stale: it was left out"), (6, "note: 1 more is stale; `dash build`")]
)
def test_at_most_five_are_named(many: int, last: str, nothing: Shop) -> None:
    shop = small_shop(nothing.path)
    for title in ("", "Other"):
        for number in range(many):
            shop.write(f"src/pages/p{number}.py", page(f"p{number}", title))
        ran = shop.builds(*(["--only", "api"] if title else []))

    assert len(ran.err.splitlines()) == many
    assert last in ran.err.splitlines()[-1]


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
