"""Scenarios from an alert's own expression: just beyond its limit, just inside, well again, a restart, no data."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from cli.scenarios.derive.underivable import Underivable

if TYPE_CHECKING:
    from cli.lint.subject import Group
    from queries.catalog import Catalogs
    from queries.scenario import Scenario

__all__ = ["Underivable", "derived", "of_recordings"]


def derived(
    groups: Sequence[Group], catalogs: Catalogs, only: Collection[str] = ()
) -> Iterator[Scenario | Underivable]:
    """The scenarios of every alert of the groups, and what none could be made of, and why.

    Args:
        groups: rule files as they were read; an alert's recordings may stand in any of them.
        catalogs: what targets expose; what none of them knows is guessed from the expression.
        only: the alerts that are wanted; empty for all.
    """
    from cli.scenarios.derive.alerts import scenarios  # noqa: PLC0415 - only who derives pays for it

    return scenarios(groups, catalogs, only)


def of_recordings(
    groups: Sequence[Group], catalogs: Catalogs, others: Sequence[Group] = (), only: Collection[str] = ()
) -> Iterator[Scenario | Underivable]:
    """The scenarios of every recording rule, or of `only` some: what it records of whom; `others` are only read."""
    from cli.scenarios.derive.recordings import scenarios  # noqa: PLC0415 - likewise

    return scenarios(groups, catalogs, others, only)
