"""An alert of Prometheus as a Grafana-managed rule: the same PromQL, and what it does when nothing comes back. Pure.

The comparison stays in PromQL: the expression that promtool tested is the one that runs, also where it joins series or
compares two numbers, which no threshold of Grafana's can. Whatever it returns fires (`C`: any value, 0 and NaN too), so
"no data" is what a healthy service looks like, and must mean `OK`; that nothing is scraped at all is said by an
`absent(...)` of its own, as in Prometheus. A query that fails is `Error`: an alert that cannot be judged is told.
This is how Grafana itself converts Prometheus' rules (grafana/grafana, pkg/services/ngalert/prom/convert.go).
"""

import hashlib
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cli.deploy.alerts.rulefiles import Alert
from cli.deploy.alerts.subtree import PROJECT
from cli.deploy.alerts.template import QUERY, Told, told
from cli.errors import AuthoringError
from queries.duration import milliseconds, spelled

CONDITION = "C"
#: Any number at all; 0 is one, as in `up == 0`.
FIRES = f"is_number(${QUERY}) || is_nan(${QUERY}) || is_inf(${QUERY})"
EXPRESSION = "__expr__"
#: Seconds of the past that Grafana says it looks at; an instant query looks at its end.
LOOKS_BACK = 600
#: Seconds between two looks where the rule file leaves it to the server; and the beat of Grafana's scheduler.
DEFAULT_SECONDS, BEAT = 60, 10
#: Signs of a title or a group's name that Grafana takes.
LONGEST = 190
#: From here on a rule says how long it goes on firing, and that a series which is gone is resolved at once.
KEEPS = (12, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A rule as it is to be in Grafana.

    Attributes:
        uid: the same for one alert of one project, in every Grafana.
        title: what people call it; in its folder no other is called so.
        body: Grafana's JSON, but for its folder and our mark.
        seconds: how often its group is judged.
        stale: why it is not what the source says today; empty when it is.
        notes: what could not be said in Grafana as it is in Prometheus.
    """

    uid: str
    title: str
    body: Mapping[str, Any]
    seconds: int
    stale: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Into:
    """Whose rules they are, which Prometheus data source they ask (a uid), and the release; None for the newest."""

    project: str
    source: str
    release: tuple[int, int] | None


def wanted(alerts: Sequence[Alert], into: Into) -> tuple[Wanted, ...]:
    """The rules for these alerts, which are all of a build: whether a name is one's alone shows only there.

    Raises:
        AuthoringError: a name is longer than Grafana takes.
    """
    seconds = _beats(alerts)
    names = Counter(one.name for one in alerts)
    return tuple(_rule(one, one.name if names[one.name] == 1 else _long(one), into, seconds) for one in alerts)


def uid_of(project: str, title: str) -> str:
    """Not of the group: an alert that moves to another one is still that alert."""
    name = f"{project}\n{title}"
    return f"dash-{hashlib.sha256(name.encode()).hexdigest()[:24]}"


def _rule(alert: Alert, title: str, into: Into, seconds: Mapping[str, int]) -> Wanted:
    for what in (title, alert.group):
        if len(what) > LONGEST:
            fix = "a shorter name"
            raise AuthoringError(f"{what[:40]}... is longer than the {LONGEST} signs that Grafana takes", fix=fix)
    labels = {key: told(text) for key, text in alert.labels.items()}
    texts = {key: told(text) for key, text in alert.annotations.items()}
    new = into.release is None or into.release >= KEEPS
    body: dict[str, Any] = {
        "uid": uid_of(into.project, title),
        "orgID": 1,
        "ruleGroup": alert.group,
        "title": title,
        "condition": CONDITION,
        "data": [_query(alert.expr, into.source), _fires()],
        "noDataState": "OK",
        "execErrState": "Error",
        "for": spelled(milliseconds(alert.lasting)) if alert.lasting else "0s",
        "labels": {**{key: one.text for key, one in labels.items()}, PROJECT: into.project},
        "annotations": {key: one.text for key, one in texts.items()},
        "isPaused": False,
    }
    if new:
        body |= {"missingSeriesEvalsToResolve": 1}
        body |= {"keep_firing_for": spelled(milliseconds(alert.keep))} if alert.keep else {}
    return Wanted(
        uid=body["uid"],
        title=title,
        body=body,
        seconds=seconds[alert.group],
        stale=alert.stale,
        notes=tuple(_notes(alert, {**labels, **texts}, seconds[alert.group], keeps=new)),
    )


def _notes(alert: Alert, texts: Mapping[str, Told], seconds: int, *, keeps: bool) -> Iterator[str]:
    """What is not in Grafana as it is in Prometheus."""
    for key, one in texts.items():
        if one.unknown:
            yield f"Grafana's templates know no {one.unknown}, and its {key} is sent as it is"
    if alert.keep and not keeps:
        yield f"a Grafana before 12 cannot keep it firing for {alert.keep}"
    if alert.interval and seconds * 1000 != milliseconds(alert.interval):
        yield f"judged every {seconds}s, for Grafana's clock beats every {BEAT}s and its group wants {alert.interval}"


def _long(alert: Alert) -> str:
    """Two alerts of one name differ by labels: Prometheus takes that, a folder of Grafana's does not."""
    return f"{alert.name} ({', '.join(f'{key}={value}' for key, value in sorted(alert.labels.items()))})"


def _beats(alerts: Sequence[Alert]) -> dict[str, int]:
    """How often each group is judged, in whole beats of Grafana's scheduler."""
    wished = {one.group: milliseconds(one.interval) / 1000 if one.interval else DEFAULT_SECONDS for one in alerts}
    return {group: max(BEAT, math.ceil(seconds / BEAT) * BEAT) for group, seconds in wished.items()}


def _query(expr: str, source: str) -> dict[str, Any]:
    """What Prometheus is asked; said in full, so that Grafana adds nothing."""
    return {
        "refId": QUERY,
        "queryType": "",
        "relativeTimeRange": {"from": LOOKS_BACK, "to": 0},
        "datasourceUid": source,
        "model": {
            "datasource": {"type": "prometheus", "uid": source},
            "editorMode": "code",
            "expr": expr,
            "instant": True,
            "intervalMs": 1000,
            "legendFormat": "__auto",
            "maxDataPoints": 43200,
            "range": False,
            "refId": QUERY,
        },
    }


def _fires() -> dict[str, Any]:
    return {
        "refId": CONDITION,
        "queryType": "",
        "relativeTimeRange": {"from": 0, "to": 0},
        "datasourceUid": EXPRESSION,
        "model": {
            "datasource": {"type": EXPRESSION, "uid": EXPRESSION},
            "expression": FIRES,
            "intervalMs": 1000,
            "maxDataPoints": 43200,
            "refId": CONDITION,
            "type": "math",
        },
    }
