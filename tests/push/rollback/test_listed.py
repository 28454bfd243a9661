"""The pushes that can be taken back, for people and for programs."""

from tests.push.building import Build, Push, page
from tests.stand_in import StandIn


def test_the_list_names_each_push_the_newest_first(build: Build, push: Push, told: Push, grafana: StandIn) -> None:
    assert told("rollback", "--list", "--output", "json").json == {"type": "pushes", "version": 1, "pushes": []}
    build.put(page("api"))
    build.put(page("app"))
    push()
    build.put(page("api", "Next"))
    push()

    said = told("rollback", "--list", "--output", "json").json["pushes"]

    assert [(one["project"], one["grafana"], one["pages"]) for one in said] == [
        ("shop", grafana.url, 1),
        ("shop", grafana.url, 2),
    ]
    names = [one["push"] for one in said]
    assert names == sorted(names, reverse=True)
    assert [line.split()[0] for line in told("rollback", "--list").out.splitlines()] == names
