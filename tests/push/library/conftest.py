"""Fixtures for library panels."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.push.building import Build, Push
from tests.push.library.showing import MODEL, Save, showing
from tests.stand_in import StandIn


@pytest.fixture
def shelve(build: Build) -> Save:
    """Write a file of a library panel into the build."""

    def write(uid: str = "lat", *, file: str = "", **more: Any) -> Path:
        folder = build.path / "library"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / (file or f"{uid}.json")
        said = {"uid": uid, "name": "Latency", "folder": "", "model": MODEL, **more}
        path.write_text(json.dumps(said), encoding="utf-8")
        return path

    return write


@pytest.fixture
def edited(build: Build, push: Push, grafana: StandIn, shelve: Save) -> None:
    """A library panel that was pushed with its page, and then edited by hand."""
    shelve()
    build.put(showing())
    push()
    grafana.edit_library_panel("lat", lambda model: model.update(title="p99"))
