"""Fixtures for pages that the build no longer has."""

import pytest

from tests.push.building import Build, Push, page, three

PAGE = "/api/dashboards/uid/(del-)?old"


@pytest.fixture
def old(build: Build, push: Push) -> None:
    """Two pages are pushed, and one of them leaves the build."""
    build.put(page("api"))
    build.put(three("old"), "AI/Old")
    assert push().code == 0
    build.drop("old")
