"""A Prometheus that has kept the shop's hour, and the command line beside it."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import Run, nothing_from_outside, typed
from tests.prometheus.conftest import blocks, prometheus, world
from tests.prometheus.server import PROMETHEUS, PROMTOOL, WHY_NOT, Prometheus
from tests.verify.shop import CATALOG, NOW, backfilled

__all__ = ["blocks", "prometheus", "world"]

Verify = Callable[..., Run]
Verdict = Mapping[str, Any]
Say = Callable[..., list[Verdict]]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of the shop's Prometheus."""
    if PROMETHEUS is None or PROMTOOL is None:
        pytest.skip(WHY_NOT)
    folder: Path = tmp_path_factory.mktemp("shop")
    with Prometheus(backfilled(folder / "data"), folder) as server:
        yield server.url


@pytest.fixture
def verify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Verify:
    """The command line in a folder of its own, at the shop's moment."""
    monkeypatch.chdir(tmp_path)
    nothing_from_outside(monkeypatch)
    (tmp_path / "shop.catalog.yaml").write_text(CATALOG, encoding="utf-8")

    def run(*arguments: str, now: float = NOW) -> Run:
        return typed(capsys, "verify", "--time", str(now), *arguments)

    return run


@pytest.fixture
def say(verify: Verify, shop: str, tmp_path: Path) -> Say:
    """The verdicts on a page, or on groups of rules."""

    def verdicts(of: Mapping[str, Any], *more: str) -> list[Verdict]:
        file = tmp_path / ("page.json" if "panels" in of else "rules.yaml")
        file.write_text(json.dumps(of), encoding="utf-8")  # JSON is YAML
        ran = verify(file.name, "--prometheus", shop, "--catalog", "shop.catalog.yaml", "--output", "json", *more)
        assert ran.out, ran.err
        found: list[Verdict] = json.loads(ran.out)["queries"]
        return found

    return verdicts
