"""Alert rules of one Grafana: read with the interval of their group, written with our mark, each in our folder."""

from collections.abc import Mapping
from typing import Any

from cli.deploy.alerts import normal
from cli.deploy.alerts.decide import same
from cli.deploy.folders import Folders
from cli.grafana.port import Grafana

Json = Mapping[str, Any]
KIND = "rule"
#: Seconds of the group that a rule lies in; Grafana keeps them with the group.
INTERVAL = "interval"
#: What Grafana says of a rule, and is not told.
SERVER_KEYS = ("id", "updated", "provenance", "guid", INTERVAL)
LOCKED = "api"


class RuleDoor:
    """The rules of one project."""

    def __init__(self, grafana: Grafana, folders: Folders, path: tuple[str, ...], project: str) -> None:
        """Args: the path of titles of the folder that they lie in."""
        self._grafana, self._folders, self._path, self._project = grafana, folders, path, project
        self.editable = False

    @property
    def folder(self) -> str:
        """The uid of our folder; empty where it is not there yet."""
        return self._folders.find(self._path) or ""

    def live(self, key: str) -> Json | None:
        """As it is there right now."""
        rule = self._grafana.alert_rule(key)
        if rule is None:
            return None
        return {**rule, INTERVAL: self._grafana.rule_interval(str(rule["folderUID"]), str(rule["ruleGroup"]))}

    def ready(self, body: Json) -> Json:
        """With its folder, which is made where it is not there, and with our mark; as it is, where it has a folder."""
        if body.get("folderUID"):
            return body
        return normal.marked({**body, "folderUID": self._folders.ensure(self._path)}, self._project, body[INTERVAL])

    def kept(self, body: Json) -> Json:
        """All of it: a rule holds no secret."""
        return body

    def write(self, body: Json, over: Json | None) -> None:
        """A lock that is there stays: no release takes it off a single rule."""
        editable = self._is_open(body) and (over is None or over.get("provenance") != LOCKED)
        rule = {key: value for key, value in body.items() if key not in SERVER_KEYS}
        if over is None:
            self._grafana.make_rule(rule, editable=editable)
        else:
            self._grafana.replace_rule(rule, editable=editable)
        folder, group, seconds = str(rule["folderUID"]), str(rule["ruleGroup"]), body.get(INTERVAL)
        if seconds and self._grafana.rule_interval(folder, group) != seconds:
            self._grafana.set_interval(folder, group, seconds, editable=editable)

    def _is_open(self, body: Json) -> bool:
        """What comes back is as open as it was when Grafana showed it; what is new is as it was asked for."""
        return not body.get("provenance") if "updated" in body else self.editable

    def delete(self, key: str) -> None:
        """Delete a rule."""
        self._grafana.delete_rule(key)

    def shows(self, key: str) -> bool:
        """All of it can be seen."""
        del key
        return True

    def same(self, one: Json | None, other: Json | None) -> bool:
        """The interval is its group's, and a rule of the group that was written before this one may have changed it."""
        return same(one, other)

    def differences(self, wanted: Json, live: Json) -> tuple[str, ...]:
        """In a person's words."""
        return normal.differences(wanted, live)
