"""What a build wrote around pages and rules is its own, and nothing else; and what a module says of scraping."""

import json
import shutil
from pathlib import Path

from tests.compile.shop import Shop, small_shop
from tests.stack.conftest import SCRAPE

PROMETHEUS = "prometheus/prometheus.yml"


def test_a_role_that_is_scraped_twice_is_a_mistake(shop: Shop) -> None:
    shop.write("src/shop/more.py", SCRAPE)
    ran = shop.builds()

    assert ran.code == 3
    assert "src/shop/scrape.py:6: shop.api is scraped twice: also at src/shop/more.py:6" in ran.err
    assert "try: all targets in one Scrape(...)" in ran.err


def test_a_function_called_scrape_is_somebodys_own(shop: Shop) -> None:
    shop.write("src/pages/tool.py", "def scrape():\n    raise SystemExit('called')\n")

    assert shop.builds().code == 0


def test_a_scrape_of_something_else_says_what_it_must_be(shop: Shop) -> None:
    shop.write("src/shop/scrape.py", "\nscrapes = ['api:8000']\n")
    ran = shop.builds()

    assert ran.code == 3
    assert "src/shop/scrape.py:2: scrapes holds a str" in ran.err
    assert 'try: scrapes = Scrape(ROLE, ["host:port"]), or a list of them' in ran.err


def test_what_no_build_wrote_is_never_replaced(tmp_path: Path) -> None:
    shop = small_shop(tmp_path)
    mine = shop.write(f"build/{PROMETHEUS}", "mine")

    ran = shop.builds()

    assert ran.code == 2
    assert f"error: build/{PROMETHEUS}: no build wrote this file, so no build replaces it" in ran.err
    assert [path for path in shop.build.rglob("*") if path.is_file()] == [mine]


def test_what_no_build_wrote_stays_beside_them(shop: Shop) -> None:
    shop.write("build/prometheus/mine.yml", "mine")
    shop.write("dash.toml", "[build]\nstack = []\n")
    shop.builds()

    assert {file for file in shop.contents() if file.startswith("prometheus/")} == {"prometheus/mine.yml"}


def test_without_its_memory_a_build_still_knows_what_is_its_own(shop: Shop) -> None:
    before = shop.contents()
    shutil.rmtree(shop.path / ".dash")
    (shop.build / PROMETHEUS).write_text("damaged", encoding="utf-8")

    assert shop.builds().changes == [f"wrote build/{PROMETHEUS}"]
    assert shop.contents() == before


def test_a_manifest_that_lies_about_them_removes_nothing_outside(shop: Shop) -> None:
    precious = shop.write("precious.yml", "mine")
    said = shop.manifest()
    for file in ("../precious.yml", "prometheus/../../precious.yml", "prometheus/.hidden"):
        said["stack"].append({"file": file, "digest": "", "stale": ""})
    hidden = shop.write("build/prometheus/.hidden", "mine")
    shop.write("build/manifest.json", json.dumps(said))

    assert shop.builds().code == 0
    assert precious.exists()
    assert hidden.exists()
