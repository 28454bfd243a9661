"""Every query of our own pages and rules, on the world in which every number has data: all of it is ok, and quickly."""

import json
from pathlib import Path

import pytest

from cli.main import main
from tests.prometheus.catalogs import DOMAINS
from tests.prometheus.clock import NOW
from tests.prometheus.promtool import NEEDS_PROMTOOL
from tests.prometheus.server import Prometheus
from tests.verify.conftest import Verify

pytestmark = [pytest.mark.prometheus, NEEDS_PROMTOOL]
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `dash build` makes of our sources."""
    out: Path = tmp_path_factory.mktemp("ours") / "build"
    with pytest.raises(SystemExit) as ended:
        main(["build", "--out", str(out), "--source", str(ROOT / "dashboards_py"), "--source", str(ROOT / "queries")])
    assert ended.value.code == 0
    return out


def test_every_query_of_ours_is_ok(build: Path, verify: Verify, prometheus: Prometheus) -> None:
    catalogs = [word for name in DOMAINS for word in ("--catalog", name)]
    ran = verify(str(build), "--prometheus", prometheus.url, "--output", "json", *catalogs, now=NOW)
    said = json.loads(ran.out)
    wrong = [one for one in said["queries"] if one["status"] != "ok"]

    assert wrong == []
    assert (ran.code, said["counts"]["ok"]) == (0, len(said["queries"]))
    written = [json.loads(file.read_text(encoding="utf-8")) for file in (build / "dashboards").glob("*.json")]
    assert {one["page"] for one in said["queries"]} >= {page["uid"] for page in written}
    assert {one["ref"] for one in said["queries"] if one["ref"].startswith("$")} >= {"$job", "$model"}
