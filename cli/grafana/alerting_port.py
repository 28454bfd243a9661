"""What we ask of any Grafana's alerting: the provisioning API, which has no version, no history and no atomic check.

`editable` takes the lock off: the browser may edit what is written so. Where there is a lock already it stays, for
Grafana takes none off in one step.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

Json = Mapping[str, Any]


class Alerting(Protocol):
    """The alerting of one Grafana; a JSON is Grafana's own, of `/api/v1/provisioning`."""

    def alert_rules(self) -> Sequence[Json]:
        """Every rule that we may see; an older release does not say here who may change it."""

    def alert_rule(self, uid: str) -> Json | None:
        """One rule, with its `provenance`; None when there is none."""

    def rule_interval(self, folder: str, group: str) -> int | None:
        """How often a group is judged, in seconds; None when there is no such group."""

    def make_rule(self, rule: Json, *, editable: bool) -> None:
        """Make a rule; Clash where its title or uid is taken."""

    def replace_rule(self, rule: Json, *, editable: bool) -> None:
        """Write a rule over whatever is there; Clash where it is another's, or locked otherwise."""

    def delete_rule(self, uid: str) -> None:
        """Delete a rule; one that is gone already is deleted."""

    def set_interval(self, folder: str, group: str, seconds: int, *, editable: bool) -> None:
        """How often a group is to be judged; its rules stay."""

    def contact_points(self) -> Sequence[Json]:
        """Every contact point; its secrets are hidden."""

    def save_contact_point(self, point: Json, *, there: bool, editable: bool) -> None:
        """Make a contact point, or write it over the one of its uid."""

    def delete_contact_point(self, uid: str) -> None:
        """Delete one; refused while a policy names it."""

    def policies(self) -> Json:
        """The whole tree of notification policies."""

    def save_policies(self, tree: Json, *, editable: bool) -> None:
        """Replace the whole tree."""

    def mute_timings(self) -> Sequence[Json]:
        """Every mute timing."""

    def save_mute_timing(self, timing: Json, *, there: bool, editable: bool) -> None:
        """Make a mute timing, or write it over the one of its name."""

    def delete_mute_timing(self, name: str) -> None:
        """Delete one; refused while a policy names it."""
