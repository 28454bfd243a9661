"""Instruments of a small service, strict and not."""

import pytest

from queries.instrument import Instruments
from tests.instrument import shop


@pytest.fixture
def inst() -> Instruments:
    """As a test has them: what the catalog does not allow is raised."""
    return Instruments(shop, strict=True)


@pytest.fixture
def calm() -> Instruments:
    """As in production."""
    return Instruments(shop)
