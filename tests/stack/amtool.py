"""The door to Debian's amtool: is a configuration right, who is told, what a template says."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

AMTOOL = shutil.which("amtool")
ALERTMANAGER = shutil.which("prometheus-alertmanager") or shutil.which("alertmanager")
NEEDS_AMTOOL = pytest.mark.skipif(
    AMTOOL is None or ALERTMANAGER is None,
    reason="no amtool and Alertmanager on PATH: apt-get install prometheus-alertmanager",
)


def check(folder: Path) -> str:
    """What is wrong with `alertmanager.yml` in the folder; empty where nothing is."""
    ran = _run("check-config", str(folder / "alertmanager.yml"))
    return "" if ran.returncode == 0 else ran.stdout + ran.stderr


def told(folder: Path, **labels: str) -> set[str]:
    """Who gets an alert with these labels."""
    said = [f"{name}={value}" for name, value in labels.items()]
    ran = _run("config", "routes", "test", f"--config.file={folder / 'alertmanager.yml'}", *said)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return set(ran.stdout.strip().split(","))


def rendered(folder: Path, name: str, data: Mapping[str, Any], *, kind: str = "text") -> str:
    """What a template of ours makes of a message."""
    file = folder / "data.json"
    file.write_text(json.dumps(data), encoding="utf-8")
    ran = _run(
        "template",
        "render",
        f"--template.glob={folder / 'templates' / '*.tmpl'}",
        f'--template.text={{{{ template "{name}" . }}}}',
        f"--template.type={kind}",
        f"--template.data={file}",
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


def written(files: Mapping[str, bytes], folder: Path) -> Path:
    """The files below a folder; where those of Alertmanager are."""
    for file, text in files.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
    return folder / "alertmanager"


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    assert AMTOOL is not None
    return subprocess.run([AMTOOL, *arguments], capture_output=True, text=True, check=False, timeout=60)
