"""Alerting over `/api/v1/provisioning`, which both adapters speak alike, on every Grafana from 9 to 13."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote

from cli.grafana import alerting_failure, failure
from cli.grafana.answer import FORBIDDEN, OK, Answer, understood
from cli.grafana.asking import NOT_FOUND, Asking, quoted

Json = Mapping[str, Any]
PROVISIONING = "/api/v1/provisioning"
RULES, POINTS = f"{PROVISIONING}/alert-rules", f"{PROVISIONING}/contact-points"
POLICIES, TIMINGS = f"{PROVISIONING}/policies", f"{PROVISIONING}/mute-timings"
READ, WRITE = "alert.provisioning:read", "alert.provisioning:write"
#: What was told is done: Grafana says so in four ways.
DONE = (OK, 201, 202, 204)
#: How 9 says that there is no such rule, with the status 500.
NO_RULE = "could not find alert rule"
#: Its presence counts, not its value.
EDITABLE = {"X-Disable-Provenance": "true"}


class AlertingApi(Asking):
    """Alert rules, contact points, notification policies and mute timings of one Grafana."""

    def alert_rules(self) -> Sequence[Json]:
        """Every rule that we may see."""
        return self._list(RULES, "list the alert rules")

    def alert_rule(self, uid: str) -> Json | None:
        """One rule, with its `provenance`; None when there is none."""
        answer = self._wire.get(f"{RULES}/{quoted(uid)}")
        if answer.status == NOT_FOUND or NO_RULE in answer.message:
            return None
        return self._object(answer, "read the alert rule")

    def rule_interval(self, folder: str, group: str) -> int | None:
        """How often a group is judged, in seconds; None when there is no such group."""
        answer = self._wire.get(_group(folder, group))
        if answer.status == NOT_FOUND:
            return None
        said = self._object(answer, "read the rule group")
        with understood(self.where):
            return int(said["interval"])

    def make_rule(self, rule: Json, *, editable: bool) -> None:
        """Make a rule; a group alone could not make one with a uid of its own."""
        self._obeyed(self._wire.post(RULES, rule, _header(editable=editable)), "make the alert rule")

    def replace_rule(self, rule: Json, *, editable: bool) -> None:
        """Write a rule over whatever is there."""
        answer = self._wire.put(f"{RULES}/{quoted(str(rule['uid']))}", rule, _header(editable=editable))
        self._obeyed(answer, "write the alert rule")

    def delete_rule(self, uid: str) -> None:
        """Delete a rule; one that is gone already is deleted."""
        self._obeyed(self._wire.delete(f"{RULES}/{quoted(uid)}"), "delete the alert rule")

    def set_interval(self, folder: str, group: str, seconds: int, *, editable: bool) -> None:
        """How often a group is to be judged: without `rules` Grafana changes nothing else."""
        body = {"title": group, "folderUid": folder, "interval": seconds}
        self._obeyed(self._wire.put(_group(folder, group), body, _header(editable=editable)), "write the rule group")

    def contact_points(self) -> Sequence[Json]:
        """Every contact point; its secrets are hidden."""
        return self._list(POINTS, "list the contact points")

    def save_contact_point(self, point: Json, *, there: bool, editable: bool) -> None:
        """Make a contact point, or write it over the one of its uid."""
        header = _header(editable=editable)
        path = f"{POINTS}/{quoted(str(point['uid']))}"
        answer = self._wire.put(path, point, header) if there else self._wire.post(POINTS, point, header)
        self._obeyed(answer, "write the contact point")

    def delete_contact_point(self, uid: str) -> None:
        """Delete one; refused while a policy names it."""
        self._obeyed(self._wire.delete(f"{POINTS}/{quoted(uid)}"), "delete the contact point")

    def policies(self) -> Json:
        """The whole tree of notification policies."""
        return self._object(self._wire.get(POLICIES), "read the notification policies")

    def save_policies(self, tree: Json, *, editable: bool) -> None:
        """Replace the whole tree."""
        self._obeyed(self._wire.put(POLICIES, tree, _header(editable=editable)), "write the notification policies")

    def mute_timings(self) -> Sequence[Json]:
        """Every mute timing."""
        return self._list(TIMINGS, "list the mute timings")

    def save_mute_timing(self, timing: Json, *, there: bool, editable: bool) -> None:
        """Make a mute timing, or write it over the one of its name."""
        header, path = _header(editable=editable), f"{TIMINGS}/{quote(str(timing['name']), safe='')}"
        answer = self._wire.put(path, timing, header) if there else self._wire.post(TIMINGS, timing, header)
        self._obeyed(answer, "write the mute timing")

    def delete_mute_timing(self, name: str) -> None:
        """Delete one; refused while a policy names it."""
        self._obeyed(self._wire.delete(f"{TIMINGS}/{quote(name, safe='')}"), "delete the mute timing")

    def _list(self, path: str, doing: str) -> Sequence[Json]:
        answer = self._wire.get(path)
        self._check(answer, doing, READ)
        if answer.status == NOT_FOUND:
            raise alerting_failure.off(self.where)
        said = self._said(answer, doing, needs=READ)
        with understood(self.where):
            return [dict(one) for one in said or ()]

    def _object(self, answer: Answer, doing: str) -> Json:
        self._check(answer, doing, READ)
        said = self._said(answer, doing, needs=READ)
        with understood(self.where):
            return dict(said)

    def _obeyed(self, answer: Answer, doing: str) -> None:
        """It is done, or an error says why not."""
        if answer.status in DONE:
            return
        self._check(answer, doing, WRITE)
        if refused := alerting_failure.clash(answer.status, answer.message):
            raise refused
        if answer.status == NOT_FOUND:
            raise failure.gone()
        self._said(answer, doing, needs=WRITE)

    def _check(self, answer: Answer, doing: str, needs: str) -> None:
        if answer.status == FORBIDDEN:
            raise alerting_failure.forbidden(doing, needs, answer.message)


def _group(folder: str, group: str) -> str:
    return f"{PROVISIONING}/folder/{quoted(folder)}/rule-groups/{quote(group, safe='')}"


def _header(*, editable: bool) -> Json | None:
    return EDITABLE if editable else None
