"""What a push relies on, asked of a real Grafana when GRAFANA_URL and GRAFANA_TOKEN are set, else of the stand-in.

Everything happens in one folder with a random name, which is deleted again with all that is in it.
"""

import json
import os
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from cli.main import main
from tests.push.building import Build, Run, page
from tests.stand_in import StandIn

REAL = bool(os.environ.get("GRAFANA_URL") and os.environ.get("GRAFANA_TOKEN"))


@dataclass(frozen=True)
class Site:
    """A Grafana, real or not, and a part of it that is this test's alone."""

    url: str
    token: str
    mark: str

    def uid(self, name: str) -> str:
        """A uid that nobody else has."""
        return f"{self.mark}-{name}"

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Ask it directly, past the code under test."""
        request = urllib.request.Request(  # noqa: S310 - the URL is the test's own
            f"{self.url.rstrip('/')}{path}",
            None if body is None else json.dumps(body).encode(),
            {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - likewise
            text = answer.read()
        return json.loads(text) if text.strip() else None

    def live(self, name: str) -> Any:
        """A page as it is there now."""
        return self.ask("GET", f"/api/dashboards/uid/{self.uid(name)}")

    def edit(self, name: str, **change: Any) -> None:
        """What a person's save in the browser does."""
        now = self.live(name)
        body = {
            "dashboard": {**now["dashboard"], **change},
            "folderUid": now["meta"]["folderUid"],
            "message": "by hand",
        }
        self.ask("POST", "/api/dashboards/db", body)


@pytest.fixture(params=["real"] if REAL else ["g9", "g11"])
def site(request: pytest.FixtureRequest) -> Iterator[Site]:
    """Each Grafana there is; swept afterwards."""
    mark = f"dash-test-{uuid4().hex[:8]}"
    if request.param == "real":
        found = Site(os.environ["GRAFANA_URL"], os.environ["GRAFANA_TOKEN"], mark)
        yield found
        _sweep(found)
    else:
        with StandIn(request.param) as grafana:
            found = Site(grafana.url, grafana.token(), mark)
            yield found
            _sweep(found)


def _sweep(site: Site) -> None:
    """Delete every folder that bears the mark, and see that nothing bears it any more."""
    for folder in site.ask("GET", "/api/folders?limit=1000"):
        if site.mark in folder["title"]:
            site.ask("DELETE", f"/api/folders/{folder['uid']}")
    titles = [folder["title"] for folder in site.ask("GET", "/api/folders?limit=1000")]
    assert not [title for title in titles if site.mark in title]


class Pusher:
    """`dash push` into one site's own folder."""

    def __init__(self, site: Site, build: Build, capsys: pytest.CaptureFixture[str], patch: pytest.MonkeyPatch) -> None:
        self.site, self.build, self._capsys = site, build, capsys
        patch.setenv("GRAFANA_URL", site.url)
        patch.setenv("GRAFANA_TOKEN", site.token)

    def put(self, name: str, folder: str = "", **more: Any) -> dict[str, Any]:
        """A page of this site's own in the build."""
        return self.build.put(page(self.site.uid(name), f"{self.site.mark} {name}", **more), folder)

    def __call__(self, *arguments: str) -> Run:
        """Push, below the folder that is swept away afterwards."""
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main(["push", "--build", str(self.build.path), "--folder", self.site.mark, "--output", "json", *arguments])
        said = self._capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Run(ended.value.code, said.out, said.err)

    def counts(self, *arguments: str) -> dict[str, int]:
        """Push, and only the counts that are not zero."""
        found: dict[str, int] = self(*arguments).json["counts"]
        return {result: count for result, count in found.items() if count}


@pytest.fixture
def push(site: Site, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Pusher:
    """The command line, into this site."""
    return Pusher(site, Build(tmp_path / "build", f"test-{site.mark[-8:]}"), capsys, monkeypatch)


def test_what_was_pushed_is_read_back_equal(site: Site, push: Pusher) -> None:
    wanted = push.put("api", n=[1, 2.5, None, True, {}, "é<&>"], refresh="30s")

    assert push.counts("--message", "first") == {"created": 1}

    dashboard = site.live("api")["dashboard"]
    server = {"id": dashboard["id"], "version": dashboard["version"]}
    assert dashboard == {**wanted, **server, "tags": ["ai", f"dash:{push.build.project}"]}


def test_a_second_push_makes_no_version(site: Site, push: Pusher) -> None:
    push.put("api", "AI", refresh="1s")
    push.put("app")
    push()
    before = site.live("api")["dashboard"]["version"]

    assert push.counts() == {"unchanged": 2}
    assert site.live("api")["dashboard"]["version"] == before


def test_our_own_pages_are_updated(site: Site, push: Pusher) -> None:
    push.put("api", "AI/Serving")
    push()
    for n in range(3):
        push.put("api", "AI/Serving", n=n)
        assert push.counts() == {"updated": 1}

    assert site.live("api")["dashboard"]["n"] == 2
    assert push.counts() == {"unchanged": 1}


def test_a_page_moves_with_its_source(site: Site, push: Pusher) -> None:
    push.put("api", "One")
    push()
    push.put("api", "Two")

    assert push.counts() == {"updated": 1}
    assert site.live("api")["meta"]["folderTitle"] in ("Two", f"{site.mark} / Two")
    assert site.live("api")["dashboard"]["version"] == 2


def test_a_hand_edit_is_left_alone(site: Site, push: Pusher) -> None:
    push.put("api")
    push()
    site.edit("api", title=f"{site.mark} by hand")
    push.put("api", n=1)

    said = push()

    assert said.code == 5
    assert "changed by hand" in said.json["pages"][0]["why"]
    assert '"by hand"' in said.json["pages"][0]["why"]
    assert site.live("api")["dashboard"]["title"] == f"{site.mark} by hand"


def test_a_page_of_somebody_else_is_left_alone(site: Site, push: Pusher) -> None:
    push.put("first")
    push()
    folder = site.live("first")["meta"]["folderUid"]
    theirs = page(site.uid("api"), f"{site.mark} theirs")
    site.ask("POST", "/api/dashboards/db", {"dashboard": theirs, "folderUid": folder, "message": "mine"})
    push.put("api")

    said = push()

    assert said.code == 5
    assert site.live("api")["dashboard"]["title"] == f"{site.mark} theirs"


def test_a_dry_run_leaves_nothing(site: Site, push: Pusher) -> None:
    push.put("api", "AI")

    assert push.counts("--dry-run") == {"created": 1}
    assert site.mark not in json.dumps(site.ask("GET", "/api/folders?limit=1000"))


def test_many_pages_at_once_in_few_folders(site: Site, push: Pusher) -> None:
    for number in range(24):
        push.put(f"page-{number}", f"Team {number % 3}")

    assert push.counts() == {"created": 24}
    assert push.counts() == {"unchanged": 24}
    titles = [one["title"] for one in site.ask("GET", "/api/folders?limit=1000")]
    assert len(titles) == len(set(titles))
