"""What this repository's own build carries: taken by every schema and tool, and the same when it is made again."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import kubernetes_validate
import pytest

from tests.prometheus.promtool import NEEDS_PROMTOOL, check
from tests.stack.carried import read
from tests.stack.mounted import NEEDS_PROGRAMS, running
from tests.stack.operator_kinds import KINDS
from tests.stack.test_compose import SCHEMA

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of this repository."""
    return _built(tmp_path_factory.mktemp("own") / "build")


def _built(out: Path) -> Path:
    words = [sys.executable, "-m", "cli", "build", "--out", str(out)]
    done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return out


def _objects(build: Path, kind: str) -> Iterator[tuple[Path, Any]]:
    for path in sorted((build / "kubernetes" / kind).glob("*.yaml")):
        yield path, read(path.read_bytes())


def test_every_page_rule_file_and_job_reaches_kubernetes(build: Path) -> None:
    pages = {path.name: path.read_text() for path in (build / "dashboards").iterdir()}
    carried = [said["data"] for _, said in _objects(build, "dashboards")]
    assert {name: text for data in carried for name, text in data.items()} == pages
    rules = [read(path.read_bytes())["groups"] for path in sorted((build / "rules").iterdir())]
    assert [said["spec"]["groups"] for _, said in _objects(build, "rules")] == rules
    jobs = read((build / "prometheus/prometheus.yml").read_bytes())["scrape_configs"]
    monitored = {
        said["spec"]["endpoints"][0]["relabelings"][0]["replacement"] for _, said in _objects(build, "monitors")
    }
    assert monitored == {one["job_name"] for one in jobs}


def test_every_object_is_what_its_api_takes(build: Path) -> None:
    for kind in ("rules", "monitors"):
        for _, said in _objects(build, kind):
            jsonschema.Draft202012Validator(KINDS[said["kind"]]).validate(said)
    for _, said in _objects(build, "dashboards"):
        kubernetes_validate.validate(said, "1.37", strict=True)


@pytest.mark.prometheus
@NEEDS_PROMTOOL
def test_prometheus_takes_the_rules_of_each_prometheus_rule(build: Path, tmp_path: Path) -> None:
    for path, said in _objects(build, "rules"):
        assert not check(said["spec"], tmp_path), path


def test_the_specification_takes_compose(build: Path) -> None:
    said = read((build / "compose/compose.yaml").read_bytes())
    jsonschema.validators.validator_for(SCHEMA)(SCHEMA).validate(said)


@pytest.mark.prometheus
@NEEDS_PROGRAMS
@pytest.mark.parametrize("name", ["prometheus", "alertmanager"])
def test_what_compose_starts_takes_its_configuration(name: str, build: Path, tmp_path: Path) -> None:
    service = read((build / "compose/compose.yaml").read_bytes())["services"][name]
    with running(name, service, build, tmp_path / "root") as asked:
        if name == "prometheus":
            groups = asked.get("/api/v1/rules")["data"]["groups"]
            files = [read(path.read_bytes())["groups"] for path in (build / "rules").iterdir()]
            assert sorted(one["name"] for one in groups) == sorted(one["name"] for file in files for one in file)


def test_every_file_that_is_made_again_is_equal(build: Path, tmp_path: Path) -> None:
    again = _built(tmp_path / "build")
    for path in build.rglob("*"):
        if path.is_file():
            assert path.read_bytes() == (again / path.relative_to(build)).read_bytes(), path
