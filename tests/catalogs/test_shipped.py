"""Catalogs by name: the shipped domains, files of either kind, and what is said of a name that is neither."""

import gzip
import os
import subprocess
import sys
from pathlib import Path

import pytest

from queries.catalog import Catalogs
from queries.catalogs.by_name import catalogs
from queries.catalogs.file import read_catalog
from queries.catalogs.not_a_catalog import NotACatalog
from queries.catalogs.shipped import NAMES, shipped
from queries.catalogs.text import catalog_text
from queries.unit import CALLS, REQUESTS
from tests.domains.domains import DOMAINS

ROOT = Path(__file__).parents[2]


def test_every_domain_is_shipped_as_a_catalog() -> None:
    folders = {one.parent.name for one in (ROOT / "queries").glob("*/metrics.py")}

    assert set(NAMES) == folders
    assert sorted(NAMES) == list(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_a_shipped_catalog_has_each_metric_of_its_domain(name: str) -> None:
    declared = DOMAINS[name].metrics.values()
    known = shipped(name)

    assert [one.name for one in known.metrics] == [one.name for one in declared]
    assert [one.help for one in known.metrics] == [one.help for one in declared]
    text = catalog_text(known)
    assert read_catalog(text.encode(), "").metrics == known.metrics


def test_a_histogram_of_a_domain_keeps_its_buckets_labels_and_counts() -> None:
    latency = next(one for one in shipped("ai_api").metrics if one.name == "llm_call_duration_seconds")

    assert 15 in latency.buckets
    assert latency.counts == CALLS
    assert latency.jobs == ("ai-api",)


def test_a_job_is_renamed_and_one_that_is_only_assumed_is_not_said() -> None:
    assert shipped("ai_api").jobs == ("ai-api",)
    assert shipped("ai_api", {"ai_api.api": "shop"}).jobs == ("shop",)
    assert shipped("taskmaster").jobs == ()
    assert shipped("taskmaster").metrics[0].jobs == ()
    assert shipped("taskmaster", {"taskmaster.worker": "w"}).jobs == ("w",)


def _names(found: Catalogs) -> list[str]:
    return [one.domain for one in found.catalogs]


def test_catalogs_are_named_by_domain_by_yaml_and_by_page(tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("domain: mine\nmetrics: [{name: m, type: counter, unit: requests}]")
    (tmp_path / "theirs.prom").write_text("# TYPE p gauge\np 1\n")
    (tmp_path / "packed.txt.gz").write_bytes(gzip.compress(b"# TYPE z gauge\nz 1\n"))
    paths = [str(tmp_path / name) for name in ("mine.yaml", "theirs.prom", "packed.txt.gz")]
    found = catalogs(["ai_api", *paths, "ai_api"], external=["kube_"], strict=True)

    assert _names(found) == ["ai_api", "mine", "theirs", "packed"]
    assert (found.external, found.strict) == (("kube_",), True)
    assert {"m", "p", "z", "llm_tokens_total"} <= found.names
    series = found.find("m")
    assert series is not None
    assert series.unit == REQUESTS


WRONG = [
    ("ai-api", "ai-api: there is no such catalog (did you mean 'ai_api'? a file, or one of: ai_api, ai_app, "),
    ("nowhere.yaml", "nowhere.yaml: it cannot be read: No such file or directory"),
    (".", ".: nobody can tell whether this is YAML or a /metrics page (a name that ends in .yaml, .yml, .txt, "),
    ("a\0b.yaml", "it cannot be read: "),
]


@pytest.mark.parametrize(("name", "says"), WRONG)
def test_a_name_of_nothing_is_refused(name: str, says: str) -> None:
    with pytest.raises(NotACatalog) as caught:
        catalogs([name])
    assert says in str(caught.value)


def test_the_faults_of_all_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("domain: d")
    (tmp_path / "b.prom").write_text("?\n")
    with pytest.raises(NotACatalog) as caught:
        catalogs([str(tmp_path / "a.yaml"), str(tmp_path / "b.prom"), "nothing"])

    assert [Path(one.file).name for one in caught.value.problems] == ["a.yaml", "b.prom", "nothing"]


def test_shipped_catalogs_need_neither_yaml_nor_a_schema() -> None:
    said = "import sys; from queries.catalogs.by_name import catalogs; catalogs(['ai_api']); print(*sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", said],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )

    assert not {"yaml", "jsonschema", "queries.taskmaster"} & set(ran.stdout.split())
