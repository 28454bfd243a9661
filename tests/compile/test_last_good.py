"""The last good output of what is broken now stays, and the manifest says that it is stale."""

import shutil

from tests.compile.shop import RECORDING, Shop, page


def test_the_last_good_json_of_a_broken_page_stays(shop: Shop) -> None:
    shop.builds()
    good = (shop.build / "dashboards/api.json").read_bytes()
    shop.write("src/pages/api.py", page("api", "Other") + "\n1 / 0\n")
    shop.write("src/pages/speed.py", page("speed", "Faster"))

    for _ in "once", "and again":
        ran = shop.builds()
        assert ran.code == 3
        assert (shop.build / "dashboards/api.json").read_bytes() == good
        assert shop.pages() == {
            "api": "src/pages/api.py:13: it raises ZeroDivisionError: division by zero",
            "speed": "",
        }
        assert shop.manifest()["partial"] is True
        assert shop.page("speed")["title"] == "Faster"
        shutil.rmtree(shop.path / ".dash")

    shop.write("src/pages/api.py", page("api", "Other"))
    assert shop.builds().code == 0
    assert shop.page("api")["title"] == "Other"
    assert shop.manifest()["partial"] is False


def test_a_page_made_by_a_function_elsewhere_stays_too(shop: Shop) -> None:
    """The line that calls Dashboard is not in the page's module."""
    text = page("api").replace("dashboard = ", "def made():\n    return ")
    shop.write("src/making.py", text)
    shop.write("src/pages/api.py", "from making import made\n\ndashboard = made()\n")
    shop.builds()
    assert shop.manifest()["pages"][0]["source"] == "src/pages/api.py:3"

    shop.write("src/pages/api.py", "1 / 0\n")

    assert shop.builds().code == 3
    assert "dashboards/api.json" in shop.contents()
    assert shop.pages()["api"] == "src/pages/api.py:1: it raises ZeroDivisionError: division by zero"


def test_a_broken_half_of_a_rule_file_keeps_the_whole_file(shop: Shop) -> None:
    shop.write("src/shop/recording.py", RECORDING.replace("RECORD", "shop:orders:rate"))
    shop.builds()
    good = (shop.build / "rules/shop.yaml").read_bytes()
    shop.write("src/shop/recording.py", RECORDING.replace("RECORD", "shop:orders:rate5m"))
    shop.write("src/shop/alerts.py", "1 / 0\n")

    assert shop.builds().code == 3
    assert (shop.build / "rules/shop.yaml").read_bytes() == good
    assert shop.manifest()["rules"][0]["stale"].startswith("src/shop/alerts.py:1: ")
