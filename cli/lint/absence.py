"""Which disappearances the rules of a whole set would tell: `absent()`, and alerts on `up`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cli.lint.asked import Asked
from cli.lint.branches import absences
from queries.expr import Match, Select
from queries.known import Known

#: Texts that may tell of what is missing; the others need no second look.
ABSENT = re.compile(r"\babsent", re.IGNORECASE)
IS_DOWN = re.compile(
    r"""\bup\b[^=!<>{]{0,99}(?:\{(?:[^{}"']|"[^"]{0,999}"|'[^']{0,999}'){0,999}\}[^=!<>{]{0,99})?(?:==\s*0|!=\s*1|<\s*[01])"""
)


@dataclass(slots=True)
class Watched:
    """What some alert fires for when it is not there.

    Attributes:
        absent: the selectors in `absent()`, by name.
        down: the selectors of `up` that an alert compares.
    """

    absent: dict[str, list[Select]] = field(default_factory=dict)
    down: list[Select] = field(default_factory=list)

    def covers(self, metric: Known) -> bool:
        """Whether an alert fires when the metric has no series, or when its job's targets are not there."""
        node = metric.node
        if not isinstance(node, Select):
            return True
        jobs = _jobs(metric)
        own = any(_fits(one, node) for one in self.absent.get(node.name, ()))
        return own or any(_of_job(one, jobs) for one in self.absent.get("up", ()))

    def sees_down(self, metric: Known) -> bool:
        """Whether an alert on `up` fires when the process of the metric is gone."""
        jobs = _jobs(metric)
        return any(_of_job(one, jobs) for one in self.down)

    def any_of(self, names: Iterable[str]) -> bool:
        """Whether one of the names, or some target, is missed by an alert."""
        return bool(self.down) or "up" in self.absent or any(one in self.absent for one in names)

    def asks_down(self, asked: Asked) -> bool:
        """Whether the alert itself asks if something is down: what is wrong with that PQL520 and PQL521 tell."""
        return re.search(r"(?:==|<=)\s*0(?![\d.])", asked.text) is not None


def watched(all_asked: Iterable[Asked]) -> Watched:
    """What the alerts of a set tell of what is missing."""
    found = Watched()
    for asked in all_asked:
        if asked.alert is None:
            continue
        is_down = IS_DOWN.search(asked.text) is not None
        if not is_down and not ABSENT.search(asked.text):
            continue
        known = asked.known
        if known is None:
            continue
        for select in absences(known):
            found.absent.setdefault(select.name, []).append(select)
        if is_down:
            found.down += [one.node for one in known.walk() if isinstance(one.node, Select) and one.node.name == "up"]
        asked.forget()
    return found


def _fits(absent: Select, wanted: Select) -> bool:
    """Whether the two may be about the same series: no label is pinned to different values."""
    pinned = _pinned(absent.match)
    return all(pinned.get(label, value) == value for label, value in _pinned(wanted.match).items())


def _pinned(match: Iterable[Match]) -> dict[str, str]:
    return {one.label: one.value for one in match if one.op == "="}


def _jobs(metric: Known) -> frozenset[str]:
    """The jobs of a metric; empty where nobody knows them."""
    node = metric.node
    pinned = _pinned(node.match).get("job") if isinstance(node, Select) else None
    if pinned:
        return frozenset((pinned,))
    return frozenset(metric.series.of.jobs) if metric.series is not None else frozenset()


def _of_job(up: Select, jobs: frozenset[str]) -> bool:
    pinned = _pinned(up.match).get("job")
    return not pinned or not jobs or pinned in jobs
