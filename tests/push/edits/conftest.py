"""Fixtures for pages that were edited by hand."""

import pytest

from tests.push.building import Build, Push, three
from tests.push.edits.editing import Change, Editing
from tests.stand_in import StandIn


@pytest.fixture
def by_hand(build: Build, push: Push, grafana: StandIn) -> Editing:
    """Push three panels, and edit the page in the browser."""

    def edit(change: Change) -> None:
        build.put(three())
        assert push().code == 0
        grafana.edit("api", lambda model: _done(change(model)), by="alice", message="for the demo")

    return edit


def _done(_: object) -> None:
    """What a change says is of no use."""
