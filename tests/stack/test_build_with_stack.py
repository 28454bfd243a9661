"""The files around pages and rules in a build: what is wanted is there, and only what changed is written."""

from pathlib import Path
from typing import Any

import pytest

from cli.compile import stackfiles
from cli.lint.reading import files
from cli.stack import every, settings
from cli.stack.whole import Later, Text, Whole
from tests.compile.shop import ALERTS, Shop, page, small_shop
from tests.stack.conftest import SCRAPE

FOLDERS = ("alertmanager", "compose", "grafana", "kubernetes", "prometheus")
PROMETHEUS = "prometheus/prometheus.yml"
#: What no page is part of.
CONFIGURATION = ("prometheus/", "alertmanager/", "compose/")


def _stack(shop: Shop) -> dict[str, str]:
    """Each file of the manifest, and why it is stale."""
    return {one["file"]: one["stale"] for one in shop.manifest()["stack"]}


def _there(shop: Shop) -> set[str]:
    return {file for file in shop.contents() if file.partition("/")[0] in FOLDERS and (shop.build / file).is_file()}


def test_every_kind_is_there_and_the_manifest_names_each_file(shop: Shop) -> None:
    assert {file.partition("/")[0] for file in _there(shop)} == set(FOLDERS)
    assert _stack(shop) == dict.fromkeys(sorted(_there(shop)), "")


def test_a_build_counts_them(shop: Shop) -> None:
    assert (
        shop.builds().total
        == f"2 pages, 1 rule file, {len(_there(shop))} stack files: {len(_there(shop)) + 4} unchanged"
    )


def test_only_those_that_are_wanted_are_there_and_the_others_leave_with_their_folders(shop: Shop) -> None:
    shop.write("dash.toml", '[build]\nstack = ["prometheus"]\n')
    ran = shop.builds()

    assert ran.code == 0
    assert {"removed build/alertmanager/alertmanager.yml", "removed build/compose/compose.yaml"} <= set(ran.changes)
    assert {file.partition("/")[0] for file in shop.contents()} == {
        "dashboards",
        "manifest.json",
        "prometheus",
        "rules",
    }

    shop.write("dash.toml", "[build]\nstack = []\n")
    shop.builds()
    assert {file.partition("/")[0] for file in shop.contents()} == {"dashboards", "manifest.json", "rules"}


def test_a_name_that_is_none_is_an_error_with_its_line(shop: Shop) -> None:
    shop.write("dash.toml", '[build]\nstack = ["prometheus",\n  "helm"]\n')

    ran = shop.builds()

    assert (ran.code, ran.err.splitlines()[0]) == (2, "error: dash.toml:2: build.stack names 'helm'")
    assert "there are: alertmanager, compose, grafana, kubernetes, prometheus" in ran.err


def test_a_page_that_changed_rewrites_what_holds_it_and_nothing_else(shop: Shop) -> None:
    shop.write("src/pages/api.py", page("api", "Other"))
    changes = shop.builds().changes

    assert changes[0] == "wrote build/dashboards/api.json"
    assert len(changes) == 3
    assert "wrote build/manifest.json" in changes
    assert [one for one in changes if one.startswith("wrote build/kubernetes/") and "api" in one]


def test_a_file_that_holds_pages_is_not_even_made_while_they_are_the_same(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    read = stackfiles._page

    def watched(texts: Any, folder: Any, file: str) -> bytes:
        asked.append(file)
        return read(texts, folder, file)

    monkeypatch.setattr(stackfiles, "_page", watched)
    shop.write("src/pages/api.py", page("api", "Other"))
    shop.builds()

    assert asked == ["dashboards/api.json"]


def test_one_that_somebody_damaged_is_made_again_though_nothing_changed(shop: Shop) -> None:
    before = shop.contents()
    (damaged,) = (file for file in before if file.startswith("kubernetes/dashboards/") and "api" in file)
    (shop.build / damaged).write_bytes(b"damaged")

    assert shop.builds().changes == [f"wrote build/{damaged}"]
    assert shop.contents() == before


def test_a_page_of_the_same_digest_and_other_bytes_is_in_what_holds_it(shop: Shop) -> None:
    """A digest leaves out what a push adds: the tag that says whose a page is."""
    for tag in ("dash:one", "dash:two"):
        shop.write("src/pages/json.py", f"dashboard = {{'title': 'J', 'uid': 'j', 'panels': [], 'tags': ['{tag}']}}\n")
        assert shop.builds().code == 0

    (held,) = (
        text for file, text in shop.contents().items() if file.startswith("kubernetes/") and b'"uid": "j"' in text
    )
    assert b"dash:two" in held


def test_other_settings_make_everything_again_whatever_a_maker_says(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A maker that forgets a setting in its key must not leave an old file."""

    def forgetful(whole: Whole) -> dict[str, Text]:
        return {"compose/it": Later(whole.settings.prometheus.scrape_interval.encode, key="the same")}

    monkeypatch.setattr(every, "MAKERS", {"compose": forgetful})
    for interval in ("20s", "40s"):
        shop.write("dash.toml", f'[prometheus]\nscrape_interval = "{interval}"\n')
        shop.builds()

    assert (shop.build / "compose/it").read_bytes() == b"40s"


def test_a_rule_that_changed_is_in_every_file_that_holds_it(shop: Shop) -> None:
    shop.write("src/shop/alerts.py", ALERTS.replace("5m", "9m"))
    changes = shop.builds().changes

    assert "wrote build/rules/shop.yaml" in changes
    assert [one for one in changes if one.startswith("wrote build/kubernetes/") and "shop" in one]
    assert not [one for one in changes if one.removeprefix("wrote build/").startswith(CONFIGURATION)]


def test_a_job_that_is_renamed_is_scraped_by_its_new_name(shop: Shop) -> None:
    shop.write("dash.toml", '[jobs]\n"shop.api" = "new-job"\n')
    shop.builds()

    assert 'job_name: "new-job"' in (shop.build / PROMETHEUS).read_text(encoding="utf-8")


def test_settings_alone_write_their_files_and_no_module_runs(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("cli.compile.rebuild.build")
    shop.write("dash.toml", '[prometheus]\nevaluation_interval = "30s"\n')

    assert shop.builds().changes == ["wrote build/manifest.json", f"wrote build/{PROMETHEUS}"]
    assert shop.builds().changes == []


def test_check_names_them_and_writes_nothing(shop: Shop) -> None:
    before = shop.contents()
    shop.write("dash.toml", '[prometheus]\nevaluation_interval = "30s"\n')

    ran = shop.builds("--check")

    assert (ran.code, ran.changes) == (1, ["would write build/manifest.json", f"would write build/{PROMETHEUS}"])
    assert shop.contents() == before


def test_only_one_page_leaves_them_as_they_were(shop: Shop) -> None:
    before = {file: text for file, text in shop.contents().items() if file.startswith(FOLDERS)}
    shop.write("src/pages/api.py", page("api", "Other"))
    shop.write("src/shop/scrape.py", SCRAPE.replace("8000", "9000"))
    shop.builds("--only", "api")

    assert {file: text for file, text in shop.contents().items() if file.startswith(FOLDERS)} == before
    assert set(_stack(shop).values()) == {"it was left out of the last build (--only)"}
    shop.builds()
    assert set(_stack(shop).values()) == {""}
    assert "api:9000" in (shop.build / PROMETHEUS).read_text(encoding="utf-8")


def test_a_broken_module_leaves_the_last_good_files(shop: Shop) -> None:
    before = {file: text for file, text in shop.contents().items() if file.startswith(FOLDERS)}
    shop.write("src/shop/scrape.py", SCRAPE.replace("api:8000", "http://api:8000"))
    ran = shop.builds()

    assert ran.code == 3
    assert "src/shop/scrape.py:6: scrape of shop.api: a target that is no host:port" in ran.err
    assert {file: text for file, text in shop.contents().items() if file.startswith(FOLDERS)} == before
    assert all("src/shop/scrape.py:6" in stale for stale in _stack(shop).values())


def test_the_first_build_of_something_broken_makes_none(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    shop.write("src/pages/bad.py", "1 / 0\n")

    assert shop.builds().code == 3
    assert (_there(shop), _stack(shop)) == (set(), {})


def test_the_same_project_gives_the_same_bytes(shop: Shop, tmp_path_factory: pytest.TempPathFactory) -> None:
    again = small_shop(tmp_path_factory.mktemp("again"))
    again.write("src/shop/scrape.py", SCRAPE)
    again.builds()

    assert again.contents() == shop.contents()


def test_every_name_that_can_be_asked_for_has_a_maker() -> None:
    assert tuple(every.MAKERS) == settings.MAKERS


def test_pages_alone_get_none_unless_dash_toml_says_anything_of_it(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    (tmp_path / "src/shop/alerts.py").unlink()
    shop.builds()
    assert {file.partition("/")[0] for file in shop.contents()} == {"dashboards", "manifest.json"}

    shop.write("dash.toml", '[kubernetes]\nnamespace = "watch"\n')
    shop.builds()
    assert "kubernetes" in {file.partition("/")[0] for file in shop.contents()}


def test_what_a_build_repeats_for_kubernetes_is_linted_once(shop: Shop) -> None:
    (shop.build / "kubernetes/mine.yaml").write_text((shop.build / "rules/shop.yaml").read_text())

    looked = {str(Path(file).relative_to(shop.build)) for file in files.in_folder(str(shop.build))}

    assert {one for one in looked if one.startswith("kubernetes/")} == {"kubernetes/mine.yaml"}
    assert {"rules/shop.yaml", "dashboards/api.json", "prometheus/prometheus.yml"} <= looked
