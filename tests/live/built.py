"""What `dash build` makes of our sources, and the same for a Prometheus that has no time."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from tests.command_line import dash

ROOT = Path(__file__).parents[2]
Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
#: Its alerts are of the machine: those who test ten services on it know that it is busy.
MACHINE = "node"


def build(folder: Path) -> Path:
    """All of it."""
    out = folder / "build"
    ran = dash("build", "--out", str(out), "--source", str(ROOT / "dashboards_py"), "--source", str(ROOT / "queries"))
    assert ran.code == 0, ran.err
    return out


def hasty(build: Path, folder: Path) -> tuple[Path, Path]:
    """Its prometheus.yml, and one without the machine; of their rules no group waits for an interval of its own."""
    shutil.copytree(build / "rules", folder / "rules")
    for file in (folder / "rules").iterdir():
        said = _read(file)
        for group in said["groups"]:
            group.pop("interval", None)
        _write(file, said)
    (folder / "prometheus").mkdir()
    whole = Path(shutil.copy(build / "prometheus/prometheus.yml", folder / "prometheus"))
    said = _read(whole)
    said["scrape_configs"] = [one for one in said["scrape_configs"] if one["job_name"] != MACHINE]
    return whole, _write(folder / "prometheus/without-machine.yml", said)


def _read(file: Path) -> Any:
    return yaml.safe_load(file.read_bytes())


def _write(file: Path, said: Any) -> Path:
    file.write_text(yaml.dump(said, Dumper=Dumper, sort_keys=False), encoding="utf-8")
    return file
