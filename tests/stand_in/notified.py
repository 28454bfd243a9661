"""What the server keeps of contact points, policies, mute timings and templates."""

from dataclasses import dataclass, field

from tests.stand_in.answers import Json

DEFAULT = "grafana-default-email"
DEFAULT_TREE: Json = {"receiver": DEFAULT, "group_by": ["grafana_folder", "alertname"]}
DEFAULT_POINT: Json = {
    "uid": "",
    "name": "email receiver",
    "type": "email",
    "settings": {"addresses": "<example@email.com>"},
    "disableResolveMessage": False,
}


@dataclass
class Notifying:
    """What the server keeps of it; contact points hold their secrets here, and nowhere else."""

    points: list[Json] = field(default_factory=lambda: [dict(DEFAULT_POINT)])
    tree: Json = field(default_factory=lambda: dict(DEFAULT_TREE))
    timings: list[Json] = field(default_factory=list)
    templates: list[Json] = field(default_factory=list)
