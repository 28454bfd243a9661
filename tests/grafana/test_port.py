"""What any Grafana answers, whichever adapter asks: every profile over `/api`, and over `/apis` where it has them."""

from collections.abc import Iterator

import pytest

from cli.errors import Refused, UsageError
from cli.grafana.failure import Clash
from cli.grafana.model import LibraryPanel, LivePage
from cli.grafana.port import Grafana
from tests.grafana.conftest import Connect
from tests.stand_in import PROFILES, ProfileName, StandIn

KINDS = [(profile, api) for profile, one in PROFILES.items() for api in ("legacy", *(["apis"] if one.apis else []))]
PAGE = {"uid": "p", "title": "P", "schemaVersion": 41, "panels": [], "tags": ["x"]}


@pytest.fixture(params=KINDS, ids=["-".join(kind) for kind in KINDS])
def kind(request: pytest.FixtureRequest) -> tuple[ProfileName, str]:
    """A profile, and the API that it is asked over."""
    found: tuple[ProfileName, str] = request.param
    return found


@pytest.fixture
def server(kind: tuple[ProfileName, str]) -> Iterator[StandIn]:
    """A Grafana of each kind."""
    with StandIn(kind[0]) as one:
        yield one


@pytest.fixture
def grafana(server: StandIn, kind: tuple[ProfileName, str], connect: Connect) -> Grafana:
    """It, asked over each of its APIs."""
    found = connect(server, kind[1])
    found.hello()
    return found


def _live(grafana: Grafana, uid: str = "p") -> LivePage:
    live = grafana.page(uid)
    assert live
    return live


def test_a_page_that_is_not_there(grafana: Grafana) -> None:
    assert grafana.page("p") is None
    assert grafana.versions("p", 5) == ()
    assert grafana.body_of("p", 1) is None


def test_a_page_is_made_and_read(grafana: Grafana) -> None:
    folder = grafana.create_folder("f", "Team", "")
    version = grafana.save(PAGE, over=None, folder=folder.uid, message="why")
    live = _live(grafana)

    assert version == live.version == 1
    assert {**live.body, "id": 0} == {**PAGE, "id": 0, "version": 1}
    assert live.body["id"]
    assert list(live.body) == sorted(live.body)
    assert (live.folder, live.folder_title) == ("f", "Team")
    assert live.updated_by.startswith("sa-admin")
    assert live.updated[:4].isdecimal()
    assert not live.provisioned
    assert not live.is_folder


def test_a_page_at_the_root(grafana: Grafana) -> None:
    grafana.save(PAGE, over=None, folder="", message="")
    live = _live(grafana)

    assert (live.folder, live.folder_title) == ("", "General")


def test_a_page_is_written_over_what_was_compared(grafana: Grafana) -> None:
    grafana.save(PAGE, over=None, folder="", message="one")
    live = _live(grafana)

    assert grafana.save({**PAGE, "title": "Q"}, over=live, folder="", message="two") == 2
    assert _live(grafana).body["title"] == "Q"


def test_a_page_that_somebody_saved_since_is_not_written(grafana: Grafana, server: StandIn) -> None:
    grafana.save(PAGE, over=None, folder="", message="one")
    live = _live(grafana)
    server.edit("p", lambda page: page.update(title="Theirs"))

    with pytest.raises(Clash, match="somebody saved it") as ended:
        grafana.save({**PAGE, "title": "Ours"}, over=live, folder="", message="two")
    assert ended.value.status == "version-mismatch"
    assert _live(grafana).body["title"] == "Theirs"


def test_that_it_was_read_again_does_not_make_an_old_comparison_new(grafana: Grafana, server: StandIn) -> None:
    grafana.save(PAGE, over=None, folder="", message="one")
    compared = _live(grafana)
    server.edit("p", lambda page: page.update(title="Theirs"))
    assert _live(grafana).body["title"] == "Theirs"

    with pytest.raises(Clash, match="somebody saved it"):
        grafana.save({**PAGE, "title": "Ours"}, over=compared, folder="", message="two")
    assert _live(grafana).body["title"] == "Theirs"


def test_a_page_that_somebody_made_since_is_not_written(grafana: Grafana, server: StandIn) -> None:
    server.make({**PAGE, "title": "Theirs"})

    with pytest.raises(Clash, match="somebody saved it"):
        grafana.save(PAGE, over=None, folder="", message="")
    assert _live(grafana).body["title"] == "Theirs"


def test_a_page_that_somebody_moved_since_is_not_written(grafana: Grafana, server: StandIn) -> None:
    grafana.save(PAGE, over=None, folder="", message="one")
    live = _live(grafana)
    server.make_folder("f", "Team")
    server.move("p", "f")

    with pytest.raises(Clash):
        grafana.save(PAGE, over=live, folder="", message="two")
    assert _live(grafana).folder == "f"


def test_a_page_moves_with_its_history(grafana: Grafana) -> None:
    grafana.create_folder("f", "Team", "")
    grafana.save(PAGE, over=None, folder="", message="one")
    grafana.save(PAGE, over=_live(grafana), folder="f", message="two")

    assert _live(grafana).folder == "f"
    assert [entry.message for entry in grafana.versions("p", 9)] == ["two", "one"]


def test_the_history_is_newest_first_and_says_who_and_when(grafana: Grafana, server: StandIn) -> None:
    for number in range(3):
        grafana.save({**PAGE, "title": f"T{number}"}, over=grafana.page("p"), folder="", message=f"m{number}")
    server.edit("p", lambda page: page.update(title="Theirs"), by="alice", message="by hand")
    newest, *older = grafana.versions("p", 3)

    assert (newest.number, newest.message) == (4, "by hand")
    assert [(one.number, one.message) for one in older] == [(3, "m2"), (2, "m1")]
    assert newest.by in ("alice", "")  # 9 says a number, which says nothing
    assert newest.created[:4].isdecimal()
    assert _live(grafana).updated_by == "alice"


def test_the_first_entry_has_its_own_message(grafana: Grafana) -> None:
    grafana.save(PAGE, over=None, folder="", message="the first")

    assert [one.message for one in grafana.versions("p", 5)] == ["the first"]


def test_a_body_of_the_history(grafana: Grafana, server: StandIn) -> None:
    grafana.save(PAGE, over=None, folder="", message="one")
    server.edit("p", lambda page: page.update(title="Theirs"))
    before, after = grafana.body_of("p", 1), grafana.body_of("p", 2)

    assert before
    assert after
    assert (before["title"], before["schemaVersion"], before["uid"]) == ("P", 41, "p")
    assert after["title"] == "Theirs"
    assert grafana.body_of("p", 3) is None


def test_a_page_is_deleted_once(grafana: Grafana) -> None:
    grafana.save(PAGE, over=None, folder="", message="")
    live = _live(grafana)
    grafana.delete("p", over=live)
    grafana.delete("p", over=live)

    assert grafana.page("p") is None


def test_a_page_is_made_again_after_it_was_deleted(grafana: Grafana) -> None:
    grafana.save(PAGE, over=None, folder="", message="")
    grafana.delete("p", over=_live(grafana))

    assert grafana.save(PAGE, over=None, folder="", message="") == 1
    assert _live(grafana).version == 1


def test_a_page_that_is_deleted_while_we_push_is_not_made_anew(
    grafana: Grafana, server: StandIn, kind: tuple[ProfileName, str]
) -> None:
    grafana.save(PAGE, over=None, folder="", message="")
    live = _live(grafana)
    server.delete("p")
    if kind[1] == "legacy" and PROFILES[kind[0]].apis:
        return  # over /api, 12 and later offer no way to say "only if it is there"

    with pytest.raises(Clash, match="deleted it") as ended:
        grafana.save(PAGE, over=live, folder="", message="")
    assert ended.value.status == "gone"
    assert server.page("p") is None


def test_a_provisioned_page(grafana: Grafana) -> None:
    live = _live(grafana, "prov-locked")

    assert live.provisioned
    with pytest.raises((Clash, Refused), match="file"):
        grafana.save({**PAGE, "uid": "prov-locked"}, over=live, folder="", message="")
    with pytest.raises((Clash, Refused), match="file"):
        grafana.delete("prov-locked", over=live)
    assert not _live(grafana, "prov-open").provisioned


def test_a_refresh_that_is_too_short_is_raised(grafana: Grafana) -> None:
    grafana.save({**PAGE, "refresh": "1s"}, over=None, folder="", message="")

    assert _live(grafana).body["refresh"] == "5s"


def test_a_page_for_a_folder_that_is_not_there(grafana: Grafana) -> None:
    with pytest.raises(Refused, match=r"(?i)folder"):
        grafana.save(PAGE, over=None, folder="nope", message="")
    assert grafana.page("p") is None


@pytest.mark.parametrize("ask", ["page", "folder", "library_panel", "delete_folder", "is_empty"])
@pytest.mark.parametrize("uid", ["../../admin", "a b", "", "x" * 41, "a/b", "%2e", "é"])
def test_a_uid_that_could_leave_its_place(grafana: Grafana, server: StandIn, ask: str, uid: str) -> None:
    before = len(server.requests)
    with pytest.raises(UsageError, match="no uid that Grafana knows"):
        getattr(grafana, ask)(uid)

    assert len(server.requests) == before


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

    grafana.delete("p", over=_live(grafana))
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
