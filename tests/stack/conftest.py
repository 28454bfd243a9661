"""Fixtures for what a build writes around pages and rules."""

from pathlib import Path

import pytest

from tests.compile.shop import Shop, small_shop

SCRAPE = """
from metrics import API

from queries import Scrape

scrape = Scrape(API, ["api:8000"])
"""


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """The small project, and how it is scraped; built."""
    shop = small_shop(tmp_path)
    shop.write("src/shop/scrape.py", SCRAPE)
    assert shop.builds().code == 0
    return shop
