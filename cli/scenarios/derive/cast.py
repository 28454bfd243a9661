"""Who is on stage: the series of the one that is judged, of one beside it, of those that no selector may find."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple, TypeAlias

from cli.scenarios.derive.labelling import BYSTANDER, FURTHER, closed, kept_out, usual
from cli.scenarios.derive.labels import Labels, candidates, labels, picks
from cli.scenarios.derive.parts import Part
from queries.promql import bucket

#: The one that is judged, one beside it that is always well, those that no selector may find.
Who: TypeAlias = Literal["subject", "bystander", "loud", "faint"]


class Actor(NamedTuple):
    """One series: of which part, which replica, which bucket."""

    part: int
    who: Who
    labels: Labels
    replica: int = 0
    bound: int | None = None


def actors(cast: Sequence[Part], replicas: int) -> tuple[Actor, ...]:
    """The series of the one that is judged."""
    numbered = enumerate(cast)
    return tuple(one for number, part in numbered for one in _of_part(number, part, "subject", part.labels, replicas))


def _of_part(number: int, part: Part, who: Who, own: Mapping[str, str], replicas: int = 2) -> Iterator[Actor]:
    for replica, its in enumerate(_replicas(part, own, replicas)):
        for bound, limit in enumerate(part.bounds):
            yield Actor(number, who, labels(its | {"le": part.written.get(limit, bucket(limit))}), replica, bound)
        if not part.bounds:
            yield Actor(number, who, labels(its), replica)


def _replicas(part: Part, own: Mapping[str, str], replicas: int) -> Iterator[dict[str, str]]:
    """The labels of each replica, as far as its label has enough values."""
    yield dict(own)
    label = part.split
    if label:
        offered = closed(label, part.known) or [usual(label, one) for one in FURTHER]
        others = (one for one in candidates(part.own(label), offered) if one in offered and one != own[label])
        yield from ({**own, label: other} for other, _ in zip(others, range(replicas - 1), strict=False))


def bystanders(cast: Sequence[Part], shown: Iterable[str]) -> Iterator[Actor]:
    """The same once more under other labels, as far as the alert tells them apart; none where it does not."""
    varied = [one for one in shown if all(_another(part, one) for part in cast if one in part.labels)]
    for number, part in enumerate(cast):
        other = {label: _another(part, label) for label in varied if label in part.labels}
        if other:
            yield from _of_part(number, part, "bystander", {**part.labels, **other})


def _another(part: Part, label: str) -> str:
    """Another value of a label that the part's selector finds too; "" where there is none."""
    offered = candidates(part.own(label), closed(label, part.known) or (usual(label, BYSTANDER),))
    return next((one for one in offered if one and one != part.labels[label]), "")


def strangers(cast: Sequence[Part]) -> tuple[Actor, ...]:
    """For each matcher series that it alone keeps out: one that is much louder than the others, one much fainter."""
    found: dict[tuple[str, Labels], Actor] = {}
    for number, part in enumerate(cast):
        for one in part.match:
            for loud, value in enumerate(kept_out(one, part.match)):
                its = {**part.labels, one.label: value}
                if any(of.name == part.name and picks(of.match, labels(its)) for of in cast):
                    continue
                for actor in _of_part(number, replace(part, split=""), "faint" if loud else "loud", its):
                    found.setdefault((part.name, actor.labels), actor)
    return tuple(found.values())
