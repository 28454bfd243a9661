"""What pytest finds where this is installed: the fixture `exports`, for the tests of a service.

def test_the_service_exports_its_catalog(exports):
    exports(app, metrics)
"""

from collections.abc import Callable

import pytest


@pytest.fixture
def exports() -> Callable[..., None]:
    """`assert_exports`."""
    from queries.instrument import assert_exports  # noqa: PLC0415 - other tests of the same project need none of it

    return assert_exports
