"""For a conftest: `pytest_plugins = ["queries.instruments.fixture"]`, and a test takes `exports`.

def test_the_service_exports_its_catalog(exports):
    exports(app, metrics)
"""

from collections.abc import Callable

import pytest

from queries.instrument import assert_exports


@pytest.fixture
def exports() -> Callable[..., None]:
    """`assert_exports`."""
    return assert_exports
