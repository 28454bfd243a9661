"""What a push of alerts is going to do: every rule read and compared, nothing written."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from cli.deploy.alerts import normal
from cli.deploy.alerts.decide import Decision, There, decided, left_over
from cli.deploy.alerts.rule import Wanted
from cli.deploy.alerts.rule_door import INTERVAL, KIND, RuleDoor
from cli.deploy.alerts.step import Step
from cli.deploy.decide import OnConflict
from cli.deploy.outcome import Result
from cli.errors import UsageError
from cli.exit_codes import Exit
from cli.grafana.model import DataSource
from cli.grafana.port import Grafana
from cli.grafana.shown import shown

PROMETHEUS = "prometheus"
PIN = "--datasource prometheus=UID"


@dataclass(frozen=True, slots=True)
class Live:
    """Every rule of a Grafana by its uid, and how often the groups that matter are judged."""

    rules: dict[str, There]


def source_of(grafana: Grafana, pinned: str) -> str:
    """The uid of the data source that rules ask: the one that was said, the default, or the only Prometheus.

    Raises:
        UsageError: it is not there, or nobody can say which one is meant.
    """
    known = [one for one in grafana.data_sources() if one.type == PROMETHEUS]
    if pinned:
        if pinned not in {one.uid for one in known}:
            raise UsageError(f"there is no Prometheus data source {pinned!r}", fix=_choices(known))
        return pinned
    default = [one for one in known if one.is_default] or known
    if len(default) != 1:
        what = "no Prometheus data source" if not known else f"{len(known)} of them, and none is the default"
        raise UsageError(f"alert rules need a data source to ask, and there is {what}", fix=_choices(known))
    return default[0].uid


def live(grafana: Grafana, wanted: Iterable[Wanted], project: str) -> Live:
    """What is there: of all rules ours, and those that lie where ours are to be."""
    uids = {one.uid for one in wanted}
    rules = [rule for rule in grafana.alert_rules() if rule["uid"] in uids or _is_ours(rule, project)]
    groups = {(str(rule["folderUID"]), str(rule["ruleGroup"])) for rule in rules}
    seconds = {place: grafana.rule_interval(*place) for place in groups}
    return Live({str(one["uid"]): There(one, seconds[str(one["folderUID"]), str(one["ruleGroup"])]) for one in rules})


def _is_ours(rule: normal.Json, project: str) -> bool:
    mark = normal.mark_of(rule)
    return mark is not None and mark.project == project


def written(door: RuleDoor, wanted: Sequence[Wanted], there: Live, project: str, on_conflict: OnConflict) -> list[Step]:
    """A step for each rule of the build."""
    folder = door.folder
    return [_step(one, folder, there.rules.get(one.uid), project, on_conflict) for one in wanted]


def pruned(there: Live, project: str, keep: Collection[str]) -> list[Step]:
    """A step for each rule of ours that the build no longer has."""
    found = []
    for uid, one in there.rules.items():
        decision = left_over(one, project) if uid not in keep else None
        if decision:
            title = str(one.rule.get("title") or uid)
            over = {**one.rule, INTERVAL: one.seconds}
            found.append(_made(uid, title, decision, over=over))
    return found


def _step(one: Wanted, folder: str, there: There | None, project: str, on_conflict: OnConflict) -> Step:
    if one.stale:
        why, code = f"stale: {one.stale}", Exit.AUTHORING
        return Step(kind=KIND, key=one.uid, title=one.title, result=Result.SKIPPED, why=why, exit=code)
    placed = {**one.body, "folderUID": folder}
    decision = decided(placed, one.seconds, there, project, on_conflict)
    body = {**(normal.marked(placed, project, one.seconds) if folder else placed), INTERVAL: one.seconds}
    over = {**there.rule, INTERVAL: there.seconds} if there else None
    return _made(one.uid, one.title, decision, body=body, over=over, notes=one.notes)


def _made(
    uid: str,
    title: str,
    decision: Decision,
    *,
    over: normal.Json | None,
    body: normal.Json | None = None,
    notes: tuple[str, ...] = (),
) -> Step:
    code = Exit.CONFLICT if decision.result is Result.CONFLICT else Exit.OK
    said = notes if decision.writes else ()
    return Step(
        kind=KIND,
        key=uid,
        title=title,
        result=decision.result,
        why="; ".join(filter(None, (decision.why, *said))),
        edits=decision.edits,
        exit=code,
        body=body if decision.writes else None,
        over=over,
    )


def _choices(known: Sequence[DataSource]) -> str:
    names = ", ".join(shown(one.uid) for one in known)
    return f"{PIN}, with one of: {names}" if names else "make one in Grafana, of type Prometheus"
