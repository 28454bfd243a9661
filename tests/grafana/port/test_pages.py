"""Pages: read, written only over what was compared, deleted, with their history."""

import pytest

from cli.errors import Refused, UsageError
from cli.grafana.failure import Clash
from cli.grafana.port import Grafana
from tests.grafana.port.pages import PAGE, there
from tests.stand_in import PROFILES, ProfileName, StandIn


def test_a_page_that_is_not_there(grafana: Grafana) -> None:
    assert grafana.page("p") is None
    assert grafana.versions("p", 5) == ()
    assert grafana.body_of("p", 1) is None


def test_a_page_is_made_and_read(grafana: Grafana) -> None:
    folder = grafana.create_folder("f", "Team", "")
    version = grafana.save(PAGE, over=None, folder=folder.uid, message="why")
    live = there(grafana)

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
    live = there(grafana)

    assert (live.folder, live.folder_title) == ("", "General")


def test_a_page_is_written_over_what_was_compared(grafana: Grafana) -> None:
    grafana.save(PAGE, over=None, folder="", message="one")
    live = there(grafana)

    assert grafana.save({**PAGE, "title": "Q"}, over=live, folder="", message="two") == 2
    assert there(grafana).body["title"] == "Q"


def test_a_page_that_somebody_saved_since_is_not_written(grafana: Grafana, server: StandIn) -> None:
    grafana.save(PAGE, over=None, folder="", message="one")
    live = there(grafana)
    server.edit("p", lambda page: page.update(title="Theirs"))

    with pytest.raises(Clash, match="somebody saved it") as ended:
        grafana.save({**PAGE, "title": "Ours"}, over=live, folder="", message="two")
    assert ended.value.status == "version-mismatch"
    assert there(grafana).body["title"] == "Theirs"


def test_that_it_was_read_again_does_not_make_an_old_comparison_new(grafana: Grafana, server: StandIn) -> None:
    grafana.save(PAGE, over=None, folder="", message="one")
    compared = there(grafana)
    server.edit("p", lambda page: page.update(title="Theirs"))
    assert there(grafana).body["title"] == "Theirs"

    with pytest.raises(Clash, match="somebody saved it"):
        grafana.save({**PAGE, "title": "Ours"}, over=compared, folder="", message="two")
    assert there(grafana).body["title"] == "Theirs"


def test_a_page_that_somebody_made_since_is_not_written(grafana: Grafana, server: StandIn) -> None:
    server.make({**PAGE, "title": "Theirs"})

    with pytest.raises(Clash, match="somebody saved it"):
        grafana.save(PAGE, over=None, folder="", message="")
    assert there(grafana).body["title"] == "Theirs"


def test_a_page_that_somebody_moved_since_is_not_written(grafana: Grafana, server: StandIn) -> None:
    grafana.save(PAGE, over=None, folder="", message="one")
    live = there(grafana)
    server.make_folder("f", "Team")
    server.move("p", "f")

    with pytest.raises(Clash):
        grafana.save(PAGE, over=live, folder="", message="two")
    assert there(grafana).folder == "f"


def test_a_page_moves_with_its_history(grafana: Grafana) -> None:
    grafana.create_folder("f", "Team", "")
    grafana.save(PAGE, over=None, folder="", message="one")
    grafana.save(PAGE, over=there(grafana), folder="f", message="two")

    assert there(grafana).folder == "f"
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
    assert there(grafana).updated_by == "alice"


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
    live = there(grafana)
    grafana.delete("p", over=live)
    grafana.delete("p", over=live)

    assert grafana.page("p") is None


def test_a_page_is_made_again_after_it_was_deleted(grafana: Grafana) -> None:
    grafana.save(PAGE, over=None, folder="", message="")
    grafana.delete("p", over=there(grafana))

    assert grafana.save(PAGE, over=None, folder="", message="") == 1
    assert there(grafana).version == 1


def test_a_page_that_is_deleted_while_we_push_is_not_made_anew(
    grafana: Grafana, server: StandIn, kind: tuple[ProfileName, str]
) -> None:
    grafana.save(PAGE, over=None, folder="", message="")
    live = there(grafana)
    server.delete("p")
    if kind[1] == "legacy" and PROFILES[kind[0]].apis:
        return  # over /api, 12 and later offer no way to say "only if it is there"

    with pytest.raises(Clash, match="deleted it") as ended:
        grafana.save(PAGE, over=live, folder="", message="")
    assert ended.value.status == "gone"
    assert server.page("p") is None


def test_a_provisioned_page(grafana: Grafana) -> None:
    live = there(grafana, "prov-locked")

    assert live.provisioned
    with pytest.raises((Clash, Refused), match="file"):
        grafana.save({**PAGE, "uid": "prov-locked"}, over=live, folder="", message="")
    with pytest.raises((Clash, Refused), match="file"):
        grafana.delete("prov-locked", over=live)
    assert not there(grafana, "prov-open").provisioned


def test_a_refresh_that_is_too_short_is_raised(grafana: Grafana) -> None:
    grafana.save({**PAGE, "refresh": "1s"}, over=None, folder="", message="")

    assert there(grafana).body["refresh"] == "5s"


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
