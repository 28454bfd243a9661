"""What becomes of a page: one of six words, and the counts add up."""

from tests.push.building import Build, Push, page
from tests.push.traffic import writes
from tests.stand_in import StandIn


def test_dry_run_says_what_would_happen_and_writes_nothing(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"), "AI/Serving")
    build.put(page("app"))
    push("--only", "app")
    build.put(page("app", "Changed"), "New")
    before = len(grafana.requests)

    said = push("--dry-run")

    assert said.results == {"api": "created", "app": "updated"}
    assert said.total == "dry run, nothing is written: 2 pages: 1 created, 1 updated"
    assert not writes(grafana.requests[before:])
    assert push("--dry-run", "--output", "json").json["dry_run"] is True


def test_json_says_every_page_once_and_the_counts_add_up(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("new"))
    build.put(page("same"))
    build.put(page("edited"))
    build.put(page("ours"))
    build.put(page("old"), stale="pages.py:3 does not load")
    push("--only", "same", "--only", "edited", "--only", "ours")
    grafana.edit("edited", lambda model: model.update(title="By hand"))
    build.put(page("ours", "Next"))

    said = push("--output", "json")

    answer = said.json
    assert (answer["type"], answer["version"], answer["dry_run"]) == ("push", 1, False)
    assert {one["uid"]: one["result"] for one in answer["pages"]} == {
        "edited": "conflict",
        "new": "created",
        "old": "skipped",
        "ours": "updated",
        "same": "unchanged",
    }
    counts = {result: count for result, count in answer["counts"].items() if count}
    assert counts == {"created": 1, "updated": 1, "unchanged": 1, "conflict": 1, "skipped": 1}
    assert sum(answer["counts"].values()) == len(answer["pages"])
    assert answer["pages"][0].keys() == {"uid", "title", "result", "why", "edits", "url"}
    assert answer["pages"][0]["edits"] == ['page: title "Edited" -> "By hand"']
    assert answer["pages"][0]["url"] == f"{grafana.url}/d/edited"
    assert said.code == 5


def test_a_stale_page_is_skipped_and_says_why(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("old"), stale="pages.py:3: name 'x' is not defined")
    build.put(page("good"))

    said = push()

    assert said.code == 3
    assert "pages.py:3: name 'x' is not defined" in said.why("old")
    assert said.results == {"old": "skipped", "good": "created"}
    assert grafana.page("old") is None


def test_only_these(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))
    build.put(page("app"))

    assert push("--only", "app").results == {"app": "created"}
    assert grafana.page("api") is None


def test_only_what_is_there(build: Build, push: Push, grafana: StandIn) -> None:
    build.put(page("api"))

    said = push("--only", "apl")

    assert said.code == 2
    assert "--only api" in said.err
    assert not grafana.requests
