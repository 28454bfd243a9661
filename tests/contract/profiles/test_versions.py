"""The history of a page, and going back in it."""

from tests.contract.profiles.lines import NESTED, RESTORE, UNIFIED, VERSIONS, each, of
from tests.stand_in import PROFILES, StandIn, ask
from tests.stand_in import post_page as save
from tests.stand_in import read_page as get


def test_the_list_of_versions_has_two_shapes() -> None:
    with each(tuple(PROFILES)) as servers:
        shapes = []
        for grafana in servers:
            save(grafana, "page")
            said = ask(grafana, "GET", VERSIONS)[1]
            row = (said["versions"] if isinstance(said, dict) else said)[0]
            shapes.append((type(said), type(row["createdBy"]), "data" in row))
    assert shapes == [(list, int, True), (list, str, True), *3 * [(dict, str, True)], (dict, str, False)]


@of("g12", *UNIFIED)
def test_a_list_of_versions_that_was_cut_goes_on_with_a_token(grafana: StandIn) -> None:
    for version in range(3):
        save(grafana, "page", version, model={"n": version})
    first = ask(grafana, "GET", f"{VERSIONS}?limit=2")[1]
    assert [entry["version"] for entry in first["versions"]] == [3, 2]
    rest = ask(grafana, "GET", f"{VERSIONS}?limit=2&continueToken={first['continueToken']}")[1]
    assert ([entry["version"] for entry in rest["versions"]], rest["continueToken"]) == ([1], "")


@of(*NESTED)
def test_a_version_can_be_restored(grafana: StandIn) -> None:
    save(grafana, "page", model={"number": 1})
    save(grafana, "page", 1, model={"number": 2})
    status, body = ask(grafana, "POST", RESTORE, {"version": 1})
    assert (status, body["version"]) == (200, 3)
    said = ask(grafana, "GET", VERSIONS)[1]
    listed = said["versions"] if isinstance(said, dict) else said
    assert [entry["message"] for entry in listed] == ["Restored from version 1", "", "Initial save"]
    assert get(grafana, "page")["dashboard"]["number"] == 1


@of("g12", *UNIFIED)
def test_restoring_what_is_there_is_refused(grafana: StandIn) -> None:
    save(grafana, "page", model={"number": 1})
    assert ask(grafana, "POST", RESTORE, {"version": 1})[0] == 400


def test_a_version_that_is_gone_is_500_and_of_late_404() -> None:
    with each(tuple(PROFILES)) as servers:
        for grafana in servers:
            save(grafana, "page")
        assert [ask(grafana, "GET", f"{VERSIONS}/9")[0] for grafana in servers] == [500] * 4 + [404] * 2
