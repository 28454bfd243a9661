"""The lines of versions, and how a test asks for some of them."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.stand_in import ProfileName, StandIn

VERSIONS = "/api/dashboards/uid/page/versions"
RESTORE = "/api/dashboards/uid/page/restore"
OLD: tuple[ProfileName, ...] = ("g9", "g11_2")
LEGACY: tuple[ProfileName, ...] = ("g9", "g11_2", "g11", "g12")
UNIFIED: tuple[ProfileName, ...] = ("g13_0", "g13")
NEWER: tuple[ProfileName, ...] = ("g11", "g12", "g13_0", "g13")
NESTED: tuple[ProfileName, ...] = ("g11_2", *NEWER)


def of(*profiles: ProfileName) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("grafana", profiles, indirect=True)


@contextmanager
def each(profiles: tuple[ProfileName, ...]) -> Iterator[list[StandIn]]:
    servers = [StandIn(profile) for profile in profiles]
    for server in servers:
        server.__enter__()
    yield servers
    for server in servers:
        server.__exit__(None, None, None)
