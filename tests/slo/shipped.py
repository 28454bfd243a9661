"""Every objective that we ship, found in its domain's module."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

import queries
from queries import Slo

DOMAINS = tuple(
    one.name for one in iter_modules(queries.__path__) if one.ispkg and find_spec(f"queries.{one.name}.objectives")
)


def _of(domain: str) -> list[Slo]:
    return [one for one in vars(import_module(f"queries.{domain}.objectives")).values() if isinstance(one, Slo)]


SHIPPED: dict[str, Slo] = {one.name: one for domain in DOMAINS for one in _of(domain)}
