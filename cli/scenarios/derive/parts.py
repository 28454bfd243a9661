"""What has to be there: for each selector of an expression the series that it finds, as few as will do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from cli.scenarios.derive.buckets import bounds_for
from cli.scenarios.derive.labelling import apart, borne, value
from cli.scenarios.derive.labels import labels, picks
from cli.scenarios.derive.unsolved import Unsolved
from cli.scenarios.derive.uses import Use
from queries.catalog import Catalogs
from queries.exposed import Series
from queries.expr import Match

#: Aggregations whose replicas can be told apart by what they make of them.
SHARED = ("sum", "avg", "min", "max")


@dataclass(frozen=True)
class Part:
    """The series that one selector finds.

    Attributes:
        name, match: the selector's, without a bucket's `le`.
        uses: where it stands.
        labels: of its first series.
        split: the label in which its replicas differ; "" where there is only one.
        bounds: the upper bounds of its buckets; empty for what is no histogram.
        written: how a selector writes some of them.
        known: what the catalogs say of it.
    """

    name: str
    match: tuple[Match, ...]
    uses: tuple[Use, ...]
    labels: Mapping[str, str]
    split: str = ""
    bounds: tuple[float, ...] = ()
    written: Mapping[float, str] = field(default_factory=dict)
    known: Series | None = None

    def plays(self, use: Use) -> bool:
        """Whether a selector finds it."""
        return any(one.select.name == use.select.name and one.select.match == use.select.match for one in self.uses)

    def own(self, label: str) -> list[Match]:
        """The matchers of a label."""
        return [one for one in self.match if one.label == label]

    @cached_property
    def counts(self) -> bool:
        """Whether it is a counter."""
        return any(one.counts for one in self.uses)

    @cached_property
    def how(self) -> str:
        """The aggregation that makes one of its replicas."""
        return next((one.by.op for one in self.uses if one.by is not None), "")


def parts(used: Sequence[Use], catalogs: Catalogs, limits: Sequence[float], *, alike: bool) -> tuple[Part, ...]:
    """What has to be there for the selectors to find something.

    Args:
        used: the selectors.
        catalogs: what is known of them.
        limits: the numbers that buckets must lie around.
        alike: whether everything that is not known bears every label that any selector says.

    Raises:
        Unsolved: no value of a label satisfies a selector.
    """
    grouped: dict[tuple[str, tuple[Match, ...]], list[Use]] = {}
    for one in used:
        match = tuple(sorted(m for m in one.select.match if not (m.label == "le" and _buckets(one.select.name))))
        grouped.setdefault((one.select.name, match), []).append(one)
    hints = [m for use in used for select in (use.select, *use.hints) for m in select.match]
    said = [one.label for one in hints] if alike else []
    made: list[Part] = []
    for (name, match), its in grouped.items():
        known = _known(catalogs, name, match)
        siblings = [other for of, other in grouped if of == name and other != match]
        own = borne(match, siblings, known, [label for use in its for label in use.named] + said)
        if _buckets(name):
            own = [one for one in own if one != "le"]
        chosen = {label: value(label, match, known, hints) for label in own}
        for other in siblings:
            if not set(other) <= set(match) and picks(other, labels(chosen)):
                chosen = apart(chosen, match, other, known)
        bounds, texts = bounds_for(its, known, limits) if _buckets(name) else ((), {})
        part = Part(name, match, tuple(its), {k: v for k, v in chosen.items() if v}, "", bounds, texts, known)
        made.append(replace(part, split=_split(part)))
    return tuple(made)


def _buckets(name: str) -> bool:
    return name.endswith("_bucket")


def _known(catalogs: Catalogs, name: str, match: tuple[Match, ...]) -> Series | None:
    found = catalogs.find(name, [one.value for one in match if one.label == "job" and one.op == "="])
    if found is not None and found.kind in ("histogram", "bare"):
        raise Unsolved(f"{name} is a histogram without buckets of its own")
    return found


def _split(part: Part) -> str:
    """The label that the innermost aggregation takes away, and that nothing pins."""
    pinned = {one.label for one in part.match if one.op == "="}
    gone: list[str] = []
    for use in (one for one in part.uses if not one.missed):
        if use.by is None:
            return ""
        gone = [one for one in part.labels if (one in use.by.by) is use.by.without and one not in pinned]
        if use.by.op not in SHARED or not gone:
            return ""
    return "instance" if "instance" in gone else gone[0] if gone else ""
