"""Catalogs of metrics that are values of Python: those of the domains that come with us, and somebody's own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from importlib import import_module

from queries.catalog import Catalog
from queries.declared import declared
from queries.exposed import Exposed
from queries.metric import Metric, Role

NAMES = ("ai_api", "ai_app", "inference_server", "ml_serving", "taskmaster")
#: The domain of metrics that say no role.
UNNAMED = "project"


def shipped(name: str, jobs: Mapping[str, str] | None = None) -> Catalog:
    """The catalog of a domain.

    A role's job that is only assumed is not said: nobody may be told that his own job is wrong.

    Args:
        name: one of NAMES.
        jobs: renamed jobs by role: {"ai_api.api": "shop-api"}.
    """
    declared = vars(import_module(f"queries.{name}.metrics")).values()
    roles = [one for one in declared if isinstance(one, Role)]
    return _catalog(name, (one for one in declared if isinstance(one, Metric)), roles, jobs or {})


def jobs_by_role(name: str) -> Mapping[str, str]:
    """The default job of each role of a domain, by the role: also those that are only assumed.

    Args:
        name: one of NAMES.
    """
    declared = vars(import_module(f"queries.{name}.metrics")).values()
    return {str(one): one.job for one in declared if isinstance(one, Role)}


def declared_as(metrics: Iterable[Metric], jobs: Mapping[str, str] | None = None) -> tuple[Catalog, ...]:
    """The catalogs of somebody's own metrics: one for each domain of their roles, one for those without a role."""
    domains: dict[str, list[Metric]] = {}
    for one in metrics:
        domains.setdefault(one.role.domain if one.role else UNNAMED, []).append(one)
    found = []
    for domain, those in sorted(domains.items()):
        roles = dict.fromkeys(one.role for one in those if one.role)
        found.append(_catalog(domain, those, tuple(roles), jobs or {}))
    return tuple(found)


def _catalog(domain: str, metrics: Iterable[Metric], roles: Collection[Role], jobs: Mapping[str, str]) -> Catalog:
    known = [_job(one, jobs) for one in roles]
    exposed = tuple(_exposed(metrics, jobs))
    return Catalog(domain, exposed, tuple(dict.fromkeys(known)) if known and all(known) else ())


def _exposed(metrics: Iterable[Metric], jobs: Mapping[str, str]) -> Iterable[Exposed]:
    for metric in metrics:
        job = _job(metric.role, jobs) if metric.role else ""
        yield declared(metric, (job,) if job else ())


def _job(role: Role, jobs: Mapping[str, str]) -> str:
    """The job of a role; "" where it is a guess."""
    return jobs.get(str(role), "" if role.assumed else role.job)
