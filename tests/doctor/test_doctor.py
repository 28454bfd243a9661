"""`dash doctor` says what a push lacks, here and there, and its exit code says whether anything does."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cli.commands._doctor_there import answers
from cli.commands._place import Place
from cli.grafana.address import Address
from cli.grafana.model import Server
from cli.grafana.whoami import Whoami
from tests.doctor.conftest import Doctor
from tests.push.building import Build, page
from tests.push.odd_server import odd_server
from tests.stand_in import PROFILES, ProfileName, StandIn

RIGHTS = (
    "dashboards:read",
    "dashboards:create",
    "dashboards:write",
    "dashboards:delete",
    "folders:read",
    "folders:create",
    "folders:write",
    "folders:delete",
    "datasources:read",
    "annotations:read",
    "annotations:create",
)
PROMETHEUS = {"uid": "prom", "name": "Prometheus", "type": "prometheus", "isDefault": True}
#: What a push can do without.
DETAILS = ("/api/user$", "/api/org", "/permissions", "/api/datasources", "/api/frontend")
VARIABLE = {"type": "datasource", "name": "datasource", "query": "prometheus"}


def _has(grafana: StandIn, *sources: dict[str, Any]) -> None:
    grafana.faults.add("GET", "/api/datasources", status=200, body=list(sources), times=9)


def test_without_a_grafana_it_looks_at_this_machine_and_says_so(doctor: Doctor) -> None:
    said = doctor()

    assert said.code == 0
    assert list(said.checks) == ["program", "shell", "build", "grafana"]
    assert said.ok("grafana") is None
    assert "only this machine was looked at" in said.checks["grafana"]["said"]
    assert "--url" in said.checks["grafana"]["fix"]


def test_a_grafana_that_lacks_nothing(doctor: Doctor, grafana: StandIn, profile: ProfileName, build: Build) -> None:
    build.put(page("api", templating={"list": [VARIABLE]}))
    _has(grafana, PROMETHEUS)

    said = doctor(grafana=grafana)

    assert said.code == 0
    assert all(said.ok(name) is True for name in said.checks if name != "shell")
    assert set(RIGHTS) <= set(said.checks)
    version = PROFILES[profile].version
    assert said.checks["grafana"]["said"] == f"Grafana {version} Open Source at {grafana.url}"
    assert said.checks["organisation"]["said"] == "1 Main Org."
    assert said.checks["who"]["said"] == "we are a service account"
    assert said.checks["data sources"]["said"] == "Prometheus (prometheus)"
    assert said.checks["build"]["said"] == "1 page in build"


def test_nothing_is_written(doctor: Doctor, grafana: StandIn) -> None:
    doctor("--folder", "Team/Service", grafana=grafana)

    assert {request.method for request in grafana.requests} == {"GET"}


def test_a_user_is_named(doctor: Doctor, grafana: StandIn, tmp_path: Path) -> None:
    (tmp_path / "password").write_text("admin\n", encoding="utf-8")

    said = doctor("--url", grafana.url, "--user", "admin", "--password-file", "password")

    assert said.checks["who"]["said"] == "we are the user admin, admin of the server"


def test_a_viewer_lacks_what_a_push_needs(doctor: Doctor, grafana: StandIn) -> None:
    said = doctor(grafana=grafana, role="Viewer")

    assert said.code == 1
    assert said.ok("dashboards:create") is False
    assert said.ok("dashboards:write") is False
    assert "the role Editor" in said.checks["dashboards:write"]["fix"]
    assert said.ok("dashboards:delete") is None
    assert said.checks["dashboards:delete"]["said"] == "not granted; needed for --prune and a rollback"


def test_an_editor_may_push_where_there_is_nothing_yet(doctor: Doctor, grafana: StandIn) -> None:
    said = doctor(grafana=grafana, role="Editor")

    assert said.code == 0
    assert "on what we make, Grafana grants it to us" in said.checks["dashboards:write"]["said"]


def test_a_folder_that_an_editor_may_edit(doctor: Doctor, grafana: StandIn) -> None:
    grafana.make_folder("team", "Team")

    said = doctor("--folder", "Team", grafana=grafana, role="Editor")

    assert said.code == 0
    assert said.checks["folder"]["said"] == "Team"
    assert said.checks["dashboards:write"] == {
        "name": "dashboards:write",
        "ok": True,
        "said": "granted for the folder 'Team'",
        "fix": "",
    }


def test_a_folder_that_a_push_would_make(doctor: Doctor, grafana: StandIn) -> None:
    said = doctor("--folder", "Team", grafana=grafana, role="Editor")

    assert said.code == 0
    assert said.checks["folder"]["said"] == "Team: a push makes it"


def test_a_folder_in_a_folder_has_its_rights_where_there_are_such(
    doctor: Doctor, grafana: StandIn, profile: ProfileName
) -> None:
    grafana.make_folder("team", "Team")

    said = doctor("--folder", "Team/New", grafana=grafana, role="Editor").checks["dashboards:write"]["said"]

    assert (said == "granted for the folder 'Team/New'") is PROFILES[profile].nested_folders


def test_a_folder_that_we_may_not_see(doctor: Doctor, grafana: StandIn) -> None:
    grafana.faults.add("GET", "/api/folders", status=403, body={"message": "Access denied"}, times=99)

    said = doctor("--folder", "Team", grafana=grafana)

    assert said.code == 0
    assert said.checks["folder"]["said"] == "Team: we may not see it"


def test_the_folder_of_the_context(doctor: Doctor, grafana: StandIn, tmp_path: Path) -> None:
    text = f'[contexts.production]\nurl = "{grafana.url}"\nfolder = "Team"\nprotected = true\ntoken = {{file = "t"}}\n'
    (tmp_path / "dash.toml").write_text(text, encoding="utf-8")
    (tmp_path / "t").write_text(grafana.token(), encoding="utf-8")

    said = doctor("--context", "production")

    assert said.code == 0
    assert said.checks["contexts"]["said"] == "production"
    assert said.checks["context"]["said"] == "production, protected: who writes there is asked first"
    assert said.checks["folder"]["said"] == "Team: a push makes it"
    assert "folder" not in doctor("--context", "production", "--folder", "").checks


def test_data_sources_that_the_pages_name_and_nobody_has(doctor: Doctor, grafana: StandIn, build: Build) -> None:
    build.put(page("api", templating={"list": [VARIABLE]}))

    said = doctor(grafana=grafana)

    assert said.code == 1
    assert said.ok("data source prometheus") is False
    assert said.checks["data source prometheus"]["said"].endswith("of the type prometheus, for api")


def test_a_data_source_that_the_context_pins_and_nobody_has(doctor: Doctor, grafana: StandIn, tmp_path: Path) -> None:
    text = f'[contexts.a]\nurl = "{grafana.url}"\ndatasources = {{prometheus = "prom"}}\n'
    (tmp_path / "dash.toml").write_text(text, encoding="utf-8")

    said = doctor("--context", "a", "--token", grafana.token())

    assert said.code == 1
    assert said.checks["data source prometheus"]["said"] == "no data source has the uid 'prom'"


def test_a_token_of_another_organisation(doctor: Doctor, grafana: StandIn) -> None:
    said = doctor("--org", "7", grafana=grafana)

    assert said.code == 4
    assert "organisation 7" in said.checks["grafana"]["said"]


def test_apis_that_are_asked_for_and_not_offered(doctor: Doctor, grafana: StandIn) -> None:
    said = doctor("--api", "apis", grafana=grafana)

    assert said.code == 1
    assert said.checks["api"]["fix"] == "--api auto"


def test_the_newer_api_is_spoken_where_it_is_enough() -> None:
    place = Place(address=Address("http", "localhost", None, ""))
    who = Whoami(apis={"dashboard.grafana.app": ("v1",)}, enough=True)
    checks = answers(place, Server("13.0.0", (13, 0)), who, datetime.now(UTC))

    assert [check.said for check in checks if check.name == "api"] == [
        "a push speaks /apis; of /apis there is dashboard.grafana.app v1"
    ]


@pytest.mark.parametrize(
    ("seconds", "ok", "said"),
    [
        (0, True, "as ours"),
        (60, True, "as ours"),
        (61, None, "Grafana's is 61 s ahead of ours"),
        (-90, None, "Grafana's is 90 s behind ours"),
    ],
)
def test_clocks_that_differ(seconds: int, ok: object, said: str) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    who = Whoami(clock=now + timedelta(seconds=seconds))
    checks = answers(Place(address=Address("http", "localhost", None, "")), Server("9.4.0", (9, 4)), who, now)

    [clock] = [check for check in checks if check.name == "clock"]
    assert (clock.ok, clock.said, bool(clock.fix)) == (ok, said, ok is None)


def test_apis_that_are_offered(doctor: Doctor, grafana: StandIn) -> None:
    for group in ("dashboard", "folder"):
        versions = {"kind": "APIGroup", "versions": [{"version": "v1beta1"}, {"version": "v0alpha1"}]}
        grafana.faults.add("GET", f"/apis/{group}.grafana.app$", status=200, body=versions, times=9)

    said = doctor("--api", "legacy", grafana=grafana)

    groups = "dashboard.grafana.app v1beta1, v0alpha1; folder.grafana.app v1beta1, v0alpha1"
    assert said.checks["api"]["said"] == f"a push speaks legacy; of /apis there is {groups}"


def test_a_grafana_that_does_not_tell_what_we_may(doctor: Doctor, grafana: StandIn) -> None:
    grafana.faults.add("GET", "/permissions", status=404, body={"message": "Not found"}, times=9)

    said = doctor(grafana=grafana)

    assert said.code == 0
    assert said.ok("permissions") is None
    assert "dashboards:read" not in said.checks


@pytest.mark.parametrize("path", DETAILS)
@pytest.mark.parametrize("status", [200, 302, 403, 500, None])
def test_what_does_not_answer_is_not_known_and_nothing_else_is_lost(
    doctor: Doctor, grafana: StandIn, build: Build, path: str, status: int | None
) -> None:
    build.put(page("api"))
    headers = {"Location": "/login"} if status == 302 else {}
    body = "<html>\x1b[31m</html>"
    grafana.faults.add("GET", path, status=status, body=body, headers=headers, drop=status is None, times=99)

    said = doctor(grafana=grafana)

    assert said.code == 0, said.out
    assert said.ok("grafana") is True
    assert said.ok("who") is (None if "user$" in path else True)
    assert "\x1b" not in said.out + said.err


@pytest.mark.parametrize("arguments", [("--url", "http://127.0.0.1:9"), ("--url", "{url}", "--token", "wrong")])
def test_no_grafana(doctor: Doctor, grafana: StandIn, arguments: tuple[str, ...]) -> None:
    said = doctor(*(one.format(url=grafana.url) for one in arguments))

    assert said.code == 4
    assert said.ok("grafana") is False
    assert said.checks["grafana"]["fix"]
    assert "dashboards:read" not in said.checks


def test_what_answers_and_is_no_grafana(doctor: Doctor) -> None:
    with odd_server(lambda _: b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi") as url:
        assert doctor("--url", url).code == 4


def test_a_context_that_cannot_be_read_is_an_error_of_usage(doctor: Doctor, tmp_path: Path) -> None:
    (tmp_path / "dash.toml").write_text("[contexts.a]\n", encoding="utf-8")
    said = doctor("--context", "a")

    assert said.code == 2
    assert "dash.toml:1: contexts.a has no url" in said.err


def test_the_text_says_what_to_do_below_each_lack(doctor: Doctor, grafana: StandIn) -> None:
    lines = doctor(grafana=grafana, role="Viewer", output="text").out.splitlines()
    at = next(number for number, line in enumerate(lines) if " dashboards:create " in line)

    assert lines[at].startswith("lacks  dashboards:create")
    assert lines[at + 1].strip() == "try: give the service account the role Editor"
    assert lines[-1].endswith(" lacking")


@pytest.mark.parametrize("profile", ["g9"], indirect=True)
def test_no_token_is_ever_shown(doctor: Doctor, grafana: StandIn) -> None:
    token = grafana.token("Viewer")

    for output in ("text", "json"):
        said = doctor("--url", grafana.url, "--token", token, output=output)
        assert token not in said.out + said.err
