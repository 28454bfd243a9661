"""What a push says in the history of a page."""

import subprocess

import pytest

from tests.push.building import Build, Push, page
from tests.stand_in import StandIn

SUBJECT = "Count tokens"


def test_the_message_is_the_last_commit(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    git = ["git", "-C", str(build.path.parent), "-c", "user.name=a", "-c", "user.email=a@b"]
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", SUBJECT + "\n\nbody"], check=True)

    push()

    stored = grafana.page("api")
    assert stored
    assert stored.history[-1].message == f"dash {build.digest('api')}: {SUBJECT}"


@pytest.mark.parametrize("path", ["", "/nowhere"])
def test_without_git_the_message_is_the_digest(
    build: Build, push: Push, grafana: StandIn, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(build.path.parent.parent))
    if path:
        monkeypatch.setenv("PATH", path)
    build.put(page("api"))

    push()

    stored = grafana.page("api")
    assert stored
    assert stored.history[-1].message == f"dash {build.digest('api')}"
