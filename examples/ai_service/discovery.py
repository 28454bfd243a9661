"""Where Prometheus finds the service: the `prometheus.yml` that was built, with the addresses of this run."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

BUILT = Path("build/prometheus/prometheus.yml")


class NoConfiguration(ValueError):
    """The file is none of Prometheus, or there is none."""


def configuration(built: Path, targets: Mapping[str, list[str]], token: str = "", every: str = "") -> str:
    """It, as YAML: each job with its addresses; one that does not run (nginx, for one) is left out.

    Args:
        built: what `dash build` wrote.
        targets: the addresses of each job.
        token: that /metrics asks for.
        every: how often Prometheus asks and judges, instead of what was built: "2s" for a short test.

    Raises:
        NoConfiguration: there is no such file, or it is none of Prometheus.
    """
    try:
        config: Any = yaml.safe_load(built.read_text(encoding="utf-8"))
        jobs: list[dict[str, Any]] = config["scrape_configs"]
        names = [str(job["job_name"]) for job in jobs]
    except OSError as error:
        raise NoConfiguration(f"{built}: {error.strerror}; `python -m cli build` writes it") from error
    except (yaml.YAMLError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise NoConfiguration(f"{built}: no configuration of Prometheus with scrape_configs") from error
    config["scrape_configs"] = [
        _found(job, targets[name], token, every) for job, name in zip(jobs, names, strict=True) if name in targets
    ]
    # nobody is told: a run on a laptop has no Alertmanager
    config.pop("alerting", None)
    config["rule_files"] = [str((built.parent / one).resolve()) for one in config.get("rule_files") or ()]
    if every:
        config.setdefault("global", {}).update(scrape_interval=every, evaluation_interval=every)
    return f"# written by `python -m examples.ai_service`, from {built.resolve()}\n" + yaml.safe_dump(
        config, sort_keys=False
    )


def write(text: str, to: Path) -> None:
    """For the owner alone: it may bear a token."""
    handle = os.open(to, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)


def _found(job: dict[str, Any], addresses: list[str], token: str, every: str) -> dict[str, Any]:
    labels = {
        name: value for one in job.get("static_configs") or () for name, value in (one.get("labels") or {}).items()
    }
    made = {**job, "static_configs": [{"targets": addresses, **({"labels": labels} if labels else {})}]}
    if every:
        made["scrape_interval"] = every
    if token:
        made["authorization"] = {"type": "Bearer", "credentials": token}
    return made
