"""Bring the alerts of a build into a Grafana, or a push of them back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from cli.artifact.manifest import Manifest
from cli.deploy.alerts import notifying, planning, rollback, rule, rulefiles, subtree
from cli.deploy.alerts.apply import Apply
from cli.deploy.alerts.kept import Act
from cli.deploy.alerts.notification_doors import LOCKED, POINT, POLICY, TIMING, PointDoor, PolicyDoor, TimingDoor
from cli.deploy.alerts.notifications import Notifications, load
from cli.deploy.alerts.notifying import OPEN_TREE, Seen, steps
from cli.deploy.alerts.rule_door import KIND, RuleDoor
from cli.deploy.alerts.step import Door, Json, Step
from cli.deploy.folders import Folders
from cli.deploy.journal import Journal
from cli.deploy.outcome import WRITTEN, Report, Result
from cli.deploy.planning import Order
from cli.deploy.push import COMES_AGAIN, How
from cli.deploy.wanted import path_of
from cli.exit_codes import Exit
from cli.grafana.model import Folder
from cli.grafana.port import Grafana

#: The folder of a project's rules: titles are unique in it, as alerts are in a project.
TITLE = "Alerts"


@dataclass(frozen=True, slots=True)
class Planned:
    """A step for each thing, and what a person should know besides."""

    steps: tuple[Step, ...]
    notes: tuple[str, ...] = ()

    def only(self, steps: tuple[Step, ...]) -> "Planned":
        """The same with other steps."""
        return replace(self, steps=steps)


class PushAlerts:
    """One push into one Grafana."""

    def __init__(self, grafana: Grafana, project: str, below: str, how: How) -> None:
        """Raises RemoteError where this Grafana answers nothing, or not us; nothing is done then."""
        self._grafana, self._project, self._how = grafana, project, how
        self._server = grafana.hello()
        about = {"name": how.name, "grafana": grafana.where.whole, "project": project}
        self._journal = Journal(how.journals, how.name, about)
        self._folders = Folders(grafana, self._server, project, self._making)
        self._rules = RuleDoor(grafana, self._folders, path_of(TITLE, below), project)
        self._told = Notifications()
        self._doors = self._opened()

    def plan(self, order: Order, made: Manifest, *, prune: bool) -> Planned:
        """What is going to be done; raises AuthoringError where the build's rule files are no such files."""
        found = rulefiles.load(order.build, made.rules)
        source = planning.source_of(self._grafana, order.datasources.get(planning.PROMETHEUS, ""))
        wanted = rule.wanted(found.alerts, rule.Into(self._project, source, self._server.release))
        there = planning.live(self._grafana, wanted, self._project)
        found_steps = planning.written(self._rules, wanted, there, self._project, order.on_conflict)
        if prune:
            found_steps += planning.pruned(there, self._project, {one.uid for one in wanted})
        self._told = load(order.build)
        self._doors = self._opened()
        found_steps += self._notified(order)
        many = f"{found.recordings} recording rules stay with Prometheus, which computes them ahead"
        return Planned(tuple(found_steps), (many,) if found.recordings else ())

    def carry_out(self, plan: Planned, *, editable: bool = False, fail_fast: bool = False) -> Report:
        """Do it.

        Args:
            plan: what was decided.
            editable: leave what is written open to edits in the browser.
            fail_fast: the first thing that does not go well ends it.
        """
        for door in self._doors.values():
            door.editable = editable
        if self._how.dry_run:
            outcomes, interrupted = [step.outcome for step in plan.steps], False
        else:
            outcomes, interrupted = Apply(self._doors, self._journal, fail_fast=fail_fast).carry_out(plan.steps)
        return Report(
            outcomes=tuple(outcomes),
            dry_run=self._how.dry_run,
            interrupted=interrupted,
            notes=plan.notes,
            push=self._how.name if self._journal.begun else "",
        )

    def take_back(self, acts: Sequence[Act]) -> Report:
        """Bring the state of before a push back, where nobody touched it since."""
        back = tuple(rollback.step(self._doors[act.kind], act) for act in reversed(acts))
        report = self.carry_out(Planned(back), editable=True)
        again = (COMES_AGAIN,) if any(one.result in WRITTEN for one in report.outcomes) else ()
        return replace(report, notes=(*report.notes, *again))

    def _opened(self) -> dict[str, Door]:
        """A door for each kind of thing."""
        self._points = PointDoor(self._grafana, self._told.points)
        return {
            KIND: self._rules,
            POINT: self._points,
            TIMING: TimingDoor(self._grafana),
            POLICY: PolicyDoor(self._grafana, self._project, self._remembering),
        }

    def _notified(self, order: Order) -> list[Step]:
        """Whom the build wants told; nothing is asked where it wants nobody told."""
        if self._told == Notifications():
            return []
        tree = self._grafana.policies()
        is_open = (self._server.release or OPEN_TREE) >= OPEN_TREE or tree.get("provenance") == LOCKED
        seen = self._seen(subtree.ours(tree, self._project))
        found = list(steps(self._doors, self._told, seen, self._project, order.on_conflict, tree_is_open=is_open))
        self._points.unwritten = {step.key for step in found if step.kind == POINT and step.writes}
        return found

    def _seen(self, route: Json | None) -> Seen:
        points = {str(one.get("uid")): one for one in self._grafana.contact_points()}
        timings = {str(one.get("name")): one for one in self._grafana.mute_timings()} if self._told.timings else {}
        return Seen(points, timings, route)

    def _remembering(self, body: Json) -> Json:
        """What comes back from a journal remembers what it did; what a build wants, how things are by now."""
        if self._told.policy is None:
            return body
        old = subtree.ours(self._grafana.policies(), self._project)
        memory = notifying.remembered(self._told, self._seen(old), self._points.unwritten)
        return notifying.route(self._told, self._project, memory)

    def _making(self, folder: Folder) -> None:
        self._journal.folder(folder)


def refused(steps: Sequence[Step], most: int) -> tuple[Step, ...]:
    """The same steps; no deletion, where they are more than somebody wanted to allow."""
    if sum(step.deletes for step in steps) <= most:
        return tuple(steps)
    why = f"not deleted: more are left over than --max-deletes allows ({most})"
    return tuple(
        replace(step, result=Result.SKIPPED, why=why, exit=Exit.CONFLICT) if step.deletes else step for step in steps
    )
