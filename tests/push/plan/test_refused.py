"""A plan that is refused: with other options, or for another Grafana."""

from pathlib import Path

import pytest

from tests.push.building import Build, Push, page
from tests.push.plan.conftest import Plan
from tests.stand_in import StandIn


@pytest.mark.parametrize("profile", ["g11"])
@pytest.mark.parametrize(
    "option", [["--only", "api"], ["--prune"], ["--on-conflict", "stop"], ["--folder", "x"], ["--max-deletes", "10"]]
)
def test_an_option_that_a_plan_would_not_heed_is_refused(
    build: Build, plan: Plan, told: Push, *, grafana: StandIn, file: Path, option: list[str]
) -> None:
    build.put(page("api"))
    build.put(page("other"))
    plan()

    said = told("push", str(file), *option)

    assert said.code == 2
    assert f"{option[0]}: a plan is carried out as it is; say it to `dash plan`" in said.err
    assert grafana.page("other") is None


def test_a_plan_for_another_grafana_is_not_carried_out(build: Build, plan: Plan, say: Push, file: Path) -> None:
    build.put(page("api"))
    plan()
    with StandIn("g11") as other:
        said = say("push", str(file), url=other.url, token=other.token("Admin"))

        assert said.code == 2
        assert "this plan is for the Grafana at http://127.0.0.1" in said.err
        assert other.page("api") is None


def test_a_plan_for_another_organisation_is_not_carried_out(
    build: Build, plan: Plan, told: Push, grafana: StandIn, file: Path
) -> None:
    build.put(page("api"))
    plan()

    said = told("push", str(file), "--org", "2")

    assert said.code == 2
    assert "?orgId=2" in said.err
    assert grafana.page("api") is None
