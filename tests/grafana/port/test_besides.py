"""Library panels, marks, permissions, data sources, and which server it is."""

import pytest

from cli.grafana.failure import Clash
from cli.grafana.model import LibraryPanel
from cli.grafana.port import Grafana
from tests.grafana.port.pages import PAGE
from tests.stand_in import PROFILES, ProfileName, StandIn


def test_library_panels(grafana: Grafana) -> None:
    grafana.create_folder("f", "Team", "")
    panel = LibraryPanel("lib", "Lib", {"type": "text", "title": "T"}, "f")

    assert grafana.library_panel("lib") is None
    assert grafana.save_library_panel(panel, over=None) == 1
    first = grafana.library_panel("lib")
    assert first
    assert (first.name, first.folder, first.version, first.model["title"]) == ("Lib", "f", 1, "T")

    changed = LibraryPanel("lib", "Lib", {"type": "text", "title": "U"}, "f")
    assert grafana.save_library_panel(changed, over=first) == 2
    with pytest.raises(Clash, match="cannot be saved"):
        grafana.save_library_panel(changed, over=first)
    with pytest.raises(Clash, match="cannot be saved"):
        grafana.save_library_panel(changed, over=None)
    second = grafana.library_panel("lib")
    assert second
    assert (second.folder, second.model["title"]) == ("f", "U")


def test_a_mark_is_made_once(grafana: Grafana, server: StandIn) -> None:
    grafana.save(PAGE, over=None, folder="", message="")
    for _ in range(2):
        grafana.annotate("deployed", tags=("deploy", "dash"), page="p", at=1_700_000_000_000)
    grafana.annotate("deployed", tags=("deploy", "dash"), page="p", at=1_700_000_000_001)
    grafana.annotate("another", tags=("deploy", "dash"), page="p", at=1_700_000_000_000)

    told = [one.body for one in server.requests if (one.method, one.path) == ("POST", "/api/annotations")]
    assert [(one["text"], one["time"], one["dashboardUID"]) for one in told] == [
        ("deployed", 1_700_000_000_000, "p"),
        ("deployed", 1_700_000_000_001, "p"),
        ("another", 1_700_000_000_000, "p"),
    ]


def test_what_we_may_do(grafana: Grafana) -> None:
    rights = grafana.permissions()

    assert rights
    assert "dashboards:write" in rights
    assert all(len({*scopes}) == len(scopes) for scopes in rights.values())


def test_who_has_no_data_sources(grafana: Grafana) -> None:
    assert grafana.data_sources() == ()


def test_the_server_says_which_it_is(grafana: Grafana, kind: tuple[ProfileName, str]) -> None:
    said = grafana.hello(edition=True)

    assert said.version == PROFILES[kind[0]].version
    assert said.release
    assert said.release >= (9, 0)
    assert said.edition == "Open Source"
    assert grafana.hello().edition == ""
