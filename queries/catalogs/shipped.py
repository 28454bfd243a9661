"""The catalogs that come with us: what each of our domains exposes, from its own metrics."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from importlib import import_module

from queries.catalog import Catalog
from queries.exposed import Exposed
from queries.metric import Metric, Role

NAMES = ("ai_api", "ai_app", "inference_server", "ml_serving", "taskmaster")


def shipped(name: str, jobs: Mapping[str, str] | None = None) -> Catalog:
    """The catalog of a domain.

    A role's job that is only assumed is not said: nobody may be told that his own job is wrong.

    Args:
        name: one of NAMES.
        jobs: renamed jobs by role: {"ai_api.api": "shop-api"}.
    """
    declared = vars(import_module(f"queries.{name}.metrics")).values()
    renamed = jobs or {}
    roles = [one for one in declared if isinstance(one, Role)]
    known = [_job(one, renamed) for one in roles]
    return Catalog(
        name,
        tuple(_exposed(declared, renamed)),
        tuple(dict.fromkeys(known)) if all(known) else (),
    )


def _exposed(declared: Iterable[object], jobs: Mapping[str, str]) -> Iterable[Exposed]:
    for metric in declared:
        if isinstance(metric, Metric):
            job = _job(metric.role, jobs) if metric.role else ""
            yield replace(Exposed.of(metric), jobs=(job,) if job else ())


def _job(role: Role, jobs: Mapping[str, str]) -> str:
    """The job of a role; "" where it is a guess."""
    return jobs.get(str(role), "" if role.assumed else role.job)
