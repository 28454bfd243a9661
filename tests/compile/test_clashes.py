"""Two pages, alerts or groups that cannot both be: both are named, and their neighbours are built."""

from tests.compile.shop import ALERTS, RECORDING, Shop, page


def test_two_pages_with_one_uid_are_both_named(shop: Shop) -> None:
    shop.write("src/pages/twin.py", page("api", "Twin"))

    ran = shop.builds()

    assert ran.code == 3
    assert ran.err.splitlines() == [
        "error: src/pages/api.py:7: page 'api' has the uid of another page: 'api' at src/pages/twin.py:7",
        "  try: another uid for one of them",
        "error: src/pages/twin.py:7: page 'api' has the uid of another page: 'api' at src/pages/api.py:7",
        "  try: another uid for one of them",
    ]
    assert list(shop.pages()) == ["speed"]


def test_two_pages_whose_uids_differ_by_capitals_would_be_one_file_on_a_mac(shop: Shop) -> None:
    shop.write("src/pages/twin.py", page("API", "Twin"))

    ran = shop.builds()

    assert ran.code == 3
    assert "page 'api' has the uid of another page: 'API' at src/pages/twin.py:7" in ran.err
    assert list(shop.pages()) == ["speed"]


def test_a_page_that_clashes_does_not_keep_back_its_neighbour(shop: Shop) -> None:
    text = page("api", "Twin") + '\nimport dataclasses\n\ndashboards = [dataclasses.replace(dashboard, uid="fine")]\n'
    shop.write("src/pages/twin.py", text)

    assert shop.builds().code == 3
    assert sorted(shop.pages()) == ["fine", "speed"]


def test_two_alerts_with_one_identity(shop: Shop) -> None:
    shop.write("src/shop/rules.py", ALERTS.replace('name="shop"', 'name="more"'))

    ran = shop.builds()

    assert ran.code == 3
    assert ran.err.splitlines() == [
        (
            "error: src/shop/rules.py:7: two alerts are called 'ShopErrors' and have the same labels: "
            "the other is at src/shop/alerts.py:7"
        ),
        "  try: rename one of them",
    ]


def test_two_groups_of_one_file_with_one_name(shop: Shop) -> None:
    shop.write(
        "src/shop/recording.py", RECORDING.replace("RECORD", "shop:orders:rate").replace("shop_recorded", "shop")
    )

    ran = shop.builds()

    assert ran.code == 3
    assert "src/shop/recording.py:7: two rule groups are called 'shop': the other is at src/shop/alerts.py:7" in ran.err
