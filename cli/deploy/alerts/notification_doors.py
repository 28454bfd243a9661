"""Contact points, mute timings and our part of the policies of one Grafana: how each is read and written."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from cli.deploy.alerts import subtree
from cli.deploy.alerts.normal import compared
from cli.deploy.alerts.notifications import HIDDEN, Point
from cli.grafana.port import Grafana

Json = Mapping[str, Any]
POINT, TIMING, POLICY = "contact point", "mute timing", "policies"
LOCKED = "api"


class _Plain:
    """What is alike for all three; a lock that is there stays, and `editable` is what else is asked for."""

    def __init__(self, grafana: Grafana) -> None:
        self._grafana, self.editable = grafana, False

    def ready(self, body: Json) -> Json:
        """It lies in nothing."""
        return body

    def kept(self, body: Json) -> Json:
        """All of it may lie on disk."""
        return body

    def shows(self, key: str) -> bool:
        """All of it can be seen."""
        del key
        return True

    def same(self, one: Json | None, other: Json | None) -> bool:
        """Whether two looks at it saw the same."""
        return not self.differences(one or {}, other or {}) and (one is None) == (other is None)

    def differences(self, wanted: Json, live: Json) -> tuple[str, ...]:
        """In a person's words."""
        return tuple(compared("", subtree.spare(wanted), subtree.spare(live)))

    def _is_open(self, over: Json | None) -> bool:
        return self.editable and (over is None or over.get("provenance") != LOCKED)


class PointDoor(_Plain):
    """Contact points. Grafana hides most secrets in its answers, and we hide all that came from the environment."""

    def __init__(self, grafana: Grafana, points: Iterable[Point] = ()) -> None:
        super().__init__(grafana)
        self._secrets = {str(one.body["uid"]): one.secrets for one in points}
        #: Uids of those that are to be written, and were not yet.
        self.unwritten = set[str]()

    def live(self, key: str) -> Json | None:
        """As it is there, its secrets hidden."""
        return next((one for one in self._grafana.contact_points() if one.get("uid") == key), None)

    def write(self, body: Json, over: Json | None) -> None:
        """Write it over what was just seen there."""
        self._grafana.save_contact_point(body, there=over is not None, editable=self._is_open(over))
        self.unwritten.discard(str(body["uid"]))

    def delete(self, key: str) -> None:
        """Delete it."""
        self._grafana.delete_contact_point(key)

    def kept(self, body: Json) -> Json:
        """A secret of ours is in no journal."""
        return {**body, "settings": self._hushed(body)}

    def differences(self, wanted: Json, live: Json) -> tuple[str, ...]:
        """Of what both sides show; of a secret of ours, that it is another one."""
        if not wanted or not live:
            return super().differences(wanted, live)
        one, other = subtree.visible(wanted, live), subtree.visible(live, wanted)
        differ = [
            f"settings.{key}: a secret, and not the one that is wanted"
            for key in self._secrets.get(str(wanted.get("uid")), ())
            if one["settings"].get(key) != other.get("settings", {}).get(key)
        ]
        hushed = ({**side, "settings": self._hushed(side)} for side in (one, other))
        return (*differ, *super().differences(*hushed))

    def shows(self, key: str) -> bool:
        """Not whether a secret arrived."""
        return not self._secrets.get(key)

    def _hushed(self, point: Json) -> dict[str, Any]:
        secret = self._secrets.get(str(point.get("uid")), ())
        return {key: HIDDEN if key in secret else value for key, value in (point.get("settings") or {}).items()}


class TimingDoor(_Plain):
    """Mute timings, by their name."""

    def live(self, key: str) -> Json | None:
        """As it is there."""
        return next((one for one in self._grafana.mute_timings() if one.get("name") == key), None)

    def write(self, body: Json, over: Json | None) -> None:
        """Write it over what was just seen there."""
        self._grafana.save_mute_timing(body, there=over is not None, editable=self._is_open(over))

    def delete(self, key: str) -> None:
        """Delete it."""
        self._grafana.delete_mute_timing(key)


class PolicyDoor(_Plain):
    """Our route; the tree around it is read right before it is written, and put back as it is."""

    def __init__(self, grafana: Grafana, project: str, remembering: Callable[[Json], Json]) -> None:
        """Args: one who gives the route the memory of how things are when it is written."""
        super().__init__(grafana)
        self._project, self._remembering = project, remembering

    def ready(self, body: Json) -> Json:
        """It remembers what was pushed before it; what comes back from a journal remembers what it did."""
        return self._remembering(body)

    def live(self, key: str) -> Json | None:
        """Our route as it is there."""
        del key
        return subtree.ours(self._grafana.policies(), self._project)

    def write(self, body: Json, over: Json | None) -> None:
        """Our route in the tree of this moment."""
        del over
        self._save(body)

    def delete(self, key: str) -> None:
        """The tree without our route."""
        del key
        self._save(None)

    def _save(self, route: Json | None) -> None:
        """The tree is everybody's: it stays open, or locked, as it is."""
        tree = self._grafana.policies()
        made = subtree.replaced(tree, self._project, route)
        self._grafana.save_policies(made, editable=tree.get("provenance") != LOCKED)
