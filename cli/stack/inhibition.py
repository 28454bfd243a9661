"""Which alert is silent while another one fires: what follows from a service that is down, and a limit passed twice."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from cli.stack.routing import matcher
from cli.stack.whole import About, Whole

#: The label of one process among those of a job.
PART = "instance"
#: Who is silent, and which labels it shares with the one that fires.
Target = tuple[tuple[str, ...], tuple[str, ...]]


def rules(whole: Whole) -> list[dict[str, Any]]:
    """Alertmanager's `inhibit_rules`, derived from what each alert judges.

    A label that both alerts lack is equal to Alertmanager, so only labels are compared that both of them bear for sure,
    and the external ones, which every alert of one Prometheus bears.
    """
    known = tuple(_unambiguous(whole))
    external = (*whole.settings.prometheus.external_labels,)
    silenced: dict[Target, list[str]] = defaultdict(list)
    for source in known:
        below: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for target in known:
            if _silences(source, target):
                below[tuple(sorted({*source.labels} & {*target.labels} | {*external}))].append(target.alert)
        for equal, targets in below.items():
            silenced[tuple(sorted(targets)), equal].append(source.alert)
    return [_rule(sorted(sources), targets, equal) for (targets, equal), sources in sorted(silenced.items())]


def _unambiguous(whole: Whole) -> Iterator[About]:
    """The alerts that bear their name alone, for the name is what is matched."""
    every = (rule.get("alert") for those in whole.groups.values() for group in those for rule in group["rules"])
    names = Counter(every)
    return (one for one in whole.alerts if names[one.alert] == 1)


def _silences(source: About, target: About) -> bool:
    if source.alert == target.alert:
        return False
    return _is_of_what_is_down(source, target) or _is_milder(source, target)


def _is_of_what_is_down(source: About, target: About) -> bool:
    """It judges only the role that is down.

    One process that is down silences what is said of that process, and warnings of the whole: a critical alert of the
    others is still heard.
    """
    if not source.is_down or target.is_down or len(source.roles) != 1 or source.roles != target.roles:
        return False
    return bool(source.roles[0]) and (not source.is_of_a_part or PART in target.labels or target.severity != "critical")


def _is_milder(source: About, target: About) -> bool:
    """It says of the same number that it passed another limit on the same side."""
    same = bool(source.number) and source.number == target.number and source.labels == target.labels
    return same and (source.severity, target.severity) == ("critical", "warning")


def _rule(sources: Iterable[str], targets: Iterable[str], equal: tuple[str, ...]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "source_matchers": [matcher("alertname", tuple(sources))],
        "target_matchers": [matcher("alertname", tuple(targets))],
    }
    return said | ({"equal": equal} if equal else {})
