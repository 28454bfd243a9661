"""What everybody on stage does: settings of the parts, phase after phase, made into a world."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from cli.scenarios.derive.buckets import share_below
from cli.scenarios.derive.cast import Actor
from cli.scenarios.derive.labels import Labels, written
from cli.scenarios.derive.parts import Part
from cli.scenarios.derive.track import Pace, Stage, Track
from cli.scenarios.derive.world import Recorded, World

#: How much louder or fainter than the others a stranger is.
STRANGERS = {"loud": 10.0, "faint": 0.1}


class Setting(NamedTuple):
    """What the series of a part do together.

    Attributes:
        level, slope, steps: of what the aggregation makes of the replicas; seconds.
        spread: in which of its buckets a histogram's observations lie.
        clock: whether it is a time, which goes on as time goes on.
    """

    level: float = 0.0
    slope: float = 0.0
    steps: float = 0.0
    spread: float = 0.0
    clock: bool = False


#: One for each part; None where its series are not there.
State: TypeAlias = tuple[Setting | None, ...]


#: Series by all that decides about them.
Tracks: TypeAlias = dict[tuple[Actor, int, Hashable], Track]


class Phase(NamedTuple):
    """From a sample on the judged ones are so. `fresh`: all processes began again at this sample."""

    begins: int
    state: State
    fresh: bool = False


@dataclass(frozen=True)
class Play:
    """Phases of those who are judged, and what the others do meanwhile.

    Attributes:
        cast: the parts; `actors` those that are there.
        quiet: how the bystanders are, always; `loud` the strangers.
        missed: the samples that the gauges miss.
        gone: from which sample on there are no bystanders either; None for never.
    """

    cast: tuple[Part, ...]
    actors: tuple[Actor, ...]
    phases: tuple[Phase, ...]
    quiet: State = ()
    loud: State = ()
    missed: frozenset[int] = frozenset()
    gone: int | None = None

    def world(self, interval: float, recorded: Mapping[str, Sequence[Recorded]], made: Tracks | None = None) -> World:
        """All of it. `made`: series that are the same in another play; what is new is added."""
        made = {} if made is None else made
        series: dict[str, list[tuple[Labels, Track]]] = defaultdict(list)
        replicas = self._replicas()
        for one in self.actors:
            part = self.cast[one.part]
            key = one, replicas[one.part, one.who], self._doing(one)
            track = made.get(key)
            if track is None:
                track = made[key] = self._track(one, part, interval, replicas)
            if any(stage.pace is not None for stage in track.stages):
                series[part.name].append((one.labels, track))
        return World(interval, series, recorded, () if self._moving else self._breaks)

    @property
    def _moving(self) -> bool:
        """Whether something changes all the time, so that no two moments are alike."""
        states = (*(one.state for one in self.phases), self.quiet, self.loud)
        pairs = ((part, own) for state in states for part, own in zip(self.cast, state, strict=False))
        return any(own is not None and (own.steps or (own.slope and not part.counts)) for part, own in pairs)

    @property
    def _breaks(self) -> tuple[int, ...]:
        """The samples at which something changes."""
        missed = (at for one in self.missed for at in (one, one + 1))
        ended = () if self.gone is None else (self.gone,)
        return tuple(sorted({*(one.begins for one in self.phases), *missed, *ended}))

    def _doing(self, one: Actor) -> Hashable:
        """All that decides about one series."""
        if one.who == "subject":
            return *((begins, state[one.part], fresh) for begins, state, fresh in self.phases), self.missed
        state = self.quiet if one.who == "bystander" else self.loud
        return state[one.part], self.gone

    def _replicas(self) -> Mapping[tuple[int, str], int]:
        count: dict[tuple[int, str], int] = defaultdict(int)
        for one in self.actors:
            count[one.part, one.who] = max(count[one.part, one.who], one.replica + 1)
        return count

    def _track(self, one: Actor, part: Part, interval: float, replicas: Mapping[tuple[int, str], int]) -> Track:
        together = replicas[one.part, one.who]
        if one.who == "subject":
            stages = list(self._stages(one, part, interval, together))
        else:
            state = self.quiet if one.who == "bystander" else self.loud
            stages = [Stage(0, _pace(one, part, state[one.part], together, times=STRANGERS.get(one.who, 1.0)))]
            if self.gone is not None and one.who == "bystander":
                stages = [*(stages if self.gone else ()), Stage(self.gone, None)]
        missed = frozenset() if part.counts else self.missed
        return Track(tuple(stages), interval, part.counts, missed if one.who == "subject" else frozenset())

    def _stages(self, one: Actor, part: Part, interval: float, together: int) -> Iterator[Stage]:
        before: Setting | None = None
        for number, (at, state, fresh) in enumerate(self.phases):
            setting = state[one.part]
            if not number or setting != before or (fresh and part.counts):
                pace = _pace(one, part, setting, together)
                if pace is not None and setting is not None and setting.clock:  # a time knows no phases
                    pace = pace._replace(level=pace.level + at * interval)
                yield Stage(at, pace, fresh)
            before = setting

    def series(self, world: World, samples: int) -> dict[str, str]:
        """The series in promtool's notation."""
        return {
            written(name, of): track.notation(samples)
            for name, tracks in sorted(world.series.items())
            for of, track in sorted(tracks, key=lambda one: one[0])
        }


def _pace(one: Actor, part: Part, setting: Setting | None, together: int, *, times: float = 1.0) -> Pace | None:
    if setting is None:
        return None
    if not setting.clock:
        setting = setting._replace(level=setting.level * times, slope=setting.slope * times)
    if one.bound is not None:
        share = share_below(one.bound, setting.spread, one.replica, together)
        return Pace(slope=setting.slope * share) if part.counts else Pace(level=setting.level * share)
    if setting.clock or together == 1:
        return Pace(setting.level, setting.slope, setting.steps)
    level, slope = (_own(part.how, value, one.replica, together) for value in (setting.level, setting.slope))
    return Pace(level, slope, setting.steps)


def _own(how: str, value: float, replica: int, together: int) -> float:
    """One replica's share of a value, so that only all of them together make it."""
    if how == "sum":
        return value / together
    if how == "avg":
        return value * (0.9 if replica == 0 else 1.1) if together == 2 else value  # noqa: PLR2004 - nine and eleven make ten
    if replica == 0 or how not in ("max", "min"):
        return value
    further = value * 2 if (how == "min") == (value > 0) else value / 2
    return 1.0 if how == "min" and not value else further
