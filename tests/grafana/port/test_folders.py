"""Folders, and what is found in them."""

import pytest

from cli.errors import Refused
from cli.grafana.failure import Clash
from cli.grafana.model import LibraryPanel
from cli.grafana.port import Grafana
from tests.grafana.port.pages import PAGE, there
from tests.stand_in import PROFILES, ProfileName, StandIn


def test_a_search_finds_by_tag_and_by_folder(grafana: Grafana, server: StandIn) -> None:
    for folder, title in (("f", "Team"), ("g", "Other")):
        server.make_folder(folder, title)
        server.make({**PAGE, "uid": f"in-{folder}", "title": f"In {folder}"}, folder)
    server.make({**PAGE, "uid": "other", "title": "Other one", "tags": ["y"]})
    server.flush()

    assert {one.uid for one in grafana.search(tag="x")} == {"in-f", "in-g"}
    assert [(one.uid, one.title, one.folder, one.folder_title, one.tags) for one in grafana.search(folder="f")] == [
        ("in-f", "In f", "f", "Team", ("x",))
    ]
    assert {"other", "in-f", "prov-open"} <= {one.uid for one in grafana.search()}


def test_folders(grafana: Grafana) -> None:
    made = grafana.create_folder("f", "Team", "")
    other = grafana.create_folder("", "Chosen", "")

    assert (made.uid, made.title, made.parent) == ("f", "Team", "")
    assert other.uid
    assert {*grafana.folders()} == {made, other}
    assert grafana.folder("f") == made
    assert grafana.folder("nope") is None


def test_folders_in_folders(grafana: Grafana, kind: tuple[ProfileName, str]) -> None:
    above = grafana.create_folder("f", "Team", "")
    nests = PROFILES[kind[0]].nested_folders
    assert grafana.cannot_nest("f") != nests
    below = grafana.create_folder("g", "Service", "f")

    assert below.parent == ("f" if nests else "")
    assert grafana.folders("f") == ((below,) if nests else (below, above))
    assert {*grafana.folders()} == ({above} if nests else {above, below})


def test_a_folder_whose_uid_is_taken(grafana: Grafana) -> None:
    grafana.create_folder("f", "Team", "")

    with pytest.raises(Clash, match="cannot be made"):
        grafana.create_folder("f", "Another", "")


def test_a_folder_is_deleted_once(grafana: Grafana) -> None:
    grafana.create_folder("f", "Team", "")
    grafana.delete_folder("f")
    grafana.delete_folder("f")

    assert grafana.folder("f") is None


def test_a_folder_is_empty_until_something_is_in_it(grafana: Grafana, kind: tuple[ProfileName, str]) -> None:
    grafana.create_folder("f", "Team", "")
    assert grafana.is_empty("f")

    grafana.save(PAGE, over=None, folder="f", message="")
    assert not grafana.is_empty("f") or kind[1] == "legacy"  # of the index, only `/apis` knows a way around

    grafana.delete("p", over=there(grafana))
    assert grafana.is_empty("f")
    panel = LibraryPanel("lib", "Lib", {"type": "text", "title": "T"}, "f")
    grafana.save_library_panel(panel, over=None)
    assert not grafana.is_empty("f")


def test_a_folder_with_an_alert_rule_in_it_is_kept(grafana: Grafana, server: StandIn) -> None:
    grafana.create_folder("f", "Team", "")
    server.add_alert_rule("rule", "f")

    assert not grafana.is_empty("f")
    with pytest.raises((Clash, Refused), match=r"rules|not empty"):
        grafana.delete_folder("f")
    assert grafana.folder("f")


def test_a_folder_with_a_folder_in_it_is_not_empty(grafana: Grafana, kind: tuple[ProfileName, str]) -> None:
    if PROFILES[kind[0]].nested_folders:
        grafana.create_folder("f", "Team", "")
        grafana.create_folder("g", "Service", "f")

        assert not grafana.is_empty("f")
