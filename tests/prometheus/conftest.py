"""Fixtures for asking a real Prometheus: a world, and a server that has lived through it."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.prometheus import backfill, catalogs, clock, lifelike, plausible, shapes
from tests.prometheus.lifelike import World
from tests.prometheus.server import PROMETHEUS, PROMTOOL, WHY_NOT, Prometheus

MADE_BY = (backfill, catalogs, clock, lifelike, plausible, shapes)


@pytest.fixture(scope="session")
def world() -> World:
    """Every series of every catalog, as numbers."""
    return lifelike.lifelike()


@pytest.fixture(scope="session")
def blocks(world: World, pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a Prometheus has kept of this world; made again only when a catalog changed, or what makes it."""
    if PROMETHEUS is None or PROMTOOL is None:
        pytest.skip(WHY_NOT)
    cache = getattr(pytestconfig, "cache", None)  # none with -p no:cacheprovider
    kept: Path = cache.mkdir("lifelike") if cache else tmp_path_factory.mktemp("lifelike")
    data = kept / made_of()
    if not data.is_dir():
        for older in kept.iterdir():
            if not older.suffix:
                shutil.rmtree(older)
        fresh = data.with_suffix(f".{os.getpid()}")
        backfill.backfill(world, fresh)
        try:
            fresh.rename(data)
        except OSError:  # another run was faster
            shutil.rmtree(fresh)
    return data


@pytest.fixture(scope="session")
def prometheus(blocks: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prometheus]:
    """A Prometheus that has scraped this world."""
    folder: Path = tmp_path_factory.mktemp("prometheus")
    data = folder / "data"
    shutil.copytree(blocks, data)
    with Prometheus(data, folder) as server:
        yield server


def made_of() -> str:
    """What names the data: all that it is made of."""
    made = hashlib.sha256(repr((catalogs.metrics(), catalogs.objective_recordings())).encode())
    for module in MADE_BY:
        made.update(Path(str(module.__file__)).read_bytes())
    return made.hexdigest()[:16]
