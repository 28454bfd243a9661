"""A refresh that is too short, as a Grafana that raises it would have it."""

import pytest

from cli.grafana.refresh import raised
from tests.grafana.conftest import Connect
from tests.stand_in import StandIn

REFRESHES = ["1s", "4s", "5s", "6s", "1m", "500ms", "5000ms", "1h30m", "1d", "often", "5", "-5s", "", "1y", "2w"]


@pytest.mark.parametrize("refresh", REFRESHES)
def test_it_is_raised_as_the_server_raises_it(refresh: str, connect: Connect) -> None:
    with StandIn("g11") as server:
        page = {"uid": "p", "title": "P", "panels": [], "refresh": refresh}
        server.make(dict(page))
        stored = server.page("p")
        assert stored

        assert raised(page, connect(server).minimum_refresh()) == {**page, "refresh": stored.data["refresh"]}


@pytest.mark.parametrize("page", [{"refresh": False}, {"refresh": None}, {"refresh": "auto"}, {}])
def test_what_is_no_interval_by_design_stays(page: dict[str, object]) -> None:
    assert raised(page, "5s") == page


def test_a_minimum_that_we_do_not_understand_raises_nothing() -> None:
    assert raised({"refresh": "1s"}, "a while") == {"refresh": "1s"}


def test_the_minimum_is_the_servers() -> None:
    assert raised({"refresh": "30s"}, "1m") == {"refresh": "1m"}
    assert raised({"refresh": "60s"}, "1m") == {"refresh": "60s"}
