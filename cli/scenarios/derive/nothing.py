"""No data at all: what an alert does when nobody it asks for was ever there."""

from __future__ import annotations

from collections.abc import Iterator

from cli.scenarios.derive.cast import strangers
from cli.scenarios.derive.rehearsal import Judge, Rehearsal
from cli.scenarios.derive.scene import Scene
from cli.scenarios.derive.stage import Phase, Play
from cli.scenarios.derive.unsolved import Unsolved
from queries.scenario import Alarm, Scenario, State
from queries.source import Source

#: So many evaluations are waited for.
MOST = 12_000
#: Something that nobody asks for, so that there is a series at all.
ANOTHER = {'another_metric{job="another"}': "1x1"}


def nothing(scene: Scene, judge: Judge, source: Source) -> Iterator[Scenario]:
    """The one scenario of an alert without data.

    Raises:
        Unsolved: it would take too long, as everything of this alert would.
    """
    if 2 * scene.warm + judge.lasting / scene.interval > MOST:
        raise Unsolved("it looks back so far, in so small steps, that nobody would wait for it")
    phases = (Phase(0, tuple(None for _ in scene.cast)),)
    seen = Rehearsal(scene, judge, Play(scene.cast, strangers(scene.cast), phases, loud=scene.usual))
    end = scene.warm + seen.lasting + seen.slack + 1
    fires = bool(seen.alerts(end))
    state: State = "firing" if fires else "silent"
    labels = judge.bears(seen.alerts(end)[0]) if fires else {}
    count = len(seen.alerts(end)) if fires and not judge.twin else None
    yield Scenario(
        name=f"no data at all: {'fires' if fires else 'silent'}",
        series=seen.play.series(seen.world, end + 2) or ANOTHER,
        expected=[Alarm(judge.name, seen.at(end), state, labels, alerts=count, computed=True)],
        interval=seen.at(1),
        source=source,
    )
