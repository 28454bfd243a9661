"""A metric that was drawn and has no series now: whether its targets are there all the same, and say it no more."""

from __future__ import annotations

from cli.prometheus.api import Api
from cli.verify.cause import Ask
from queries.expr import Call, Match, Select, Window
from queries.promql import to_promql

#: Prometheus' own. Who was away within it has begun anew, and may not have counted anything yet.
LOOKBACK = "5m"


def still_up(metric: str, api: Api, ask: Ask, since: float, now: float) -> str:
    """The job of a target that exported a metric and is up without it; empty where none is.

    A target is known by job and instance; where all instances are new since then, any of the job stands for it. What a
    rule records is gone with what it is computed from, and said there.

    Args:
        metric: its name; one that no series has now.
        api: for the labels that its series had.
        ask: an instant query.
        since: Unix seconds; the metric was there between that time and `now`.
        now: the moment.
    """
    if ":" in metric:
        return ""
    of = [to_promql(Select(metric))]
    instances = set(api.label_values("instance", of, since, now))
    return next((job for job in api.label_values("job", of, since, now) if _is_up(job, instances, ask)), "")


def _is_up(job: str, instances: set[str], ask: Ask) -> bool:
    up = Window(Select("up", (Match("job", "=", job),)), LOOKBACK)
    targets = ask(to_promql(Call("min_over_time", (up,)))).samples
    known = [one for one in targets if one.labels.get("instance") in instances]
    return any(one.value == 1 for one in known or targets)
