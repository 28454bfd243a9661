"""PQL522: no alert of a group fires when what it watches is gone."""

from collections.abc import Iterable

from cli.lint.absence import watched
from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from queries.catalog import Catalogs


def _of_all(world: World) -> Faults:
    if not world.catalogs:
        return
    there = watched(world.ruled)
    groups: dict[int, list[Asked]] = {}
    for asked in world.ruled:
        if asked.alert is not None and asked.group is not None and not asked.alert.managed:
            groups.setdefault(id(asked.group), []).append(asked)
    for alerts in groups.values():
        names = _ours(alerts, world.catalogs)
        if not names or there.any_of(names) or any(there.asks_down(one) for one in alerts):
            continue
        group = alerts[0].group
        if group is not None:
            name = min(names)
            yield Fault(
                f"no alert of the group {group.name} fires when its targets are gone",
                None,
                f"an alert with absent({name}), or with absent(up{{job=...}})",
                spot=group.spot,
            )


def _ours(alerts: Iterable[Asked], catalogs: Catalogs) -> frozenset[str]:
    """The names in the alerts that a catalog knows to come from targets."""
    found: set[str] = set()
    for one in alerts:
        if not one.names:
            _ = one.known  # the names come with it
            one.forget()
        found |= {name for name in one.names if (known := catalogs.find(name)) and not known.of.recorded}
    return frozenset(found)


RULE = Rule(
    id="PQL522",
    title="a group without a dead man's switch",
    severity=Severity.INFO,
    why="""Each alert compares series, and a process that is dead has none: of all the alerts of its group not one
    fires, and the page shows the last minutes of good health, then nothing. One alert with absent() for the group is
    enough.""",
    wrong=Example("sum(queue_depth) > 100", reader="alert"),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - {alert: Busy, expr: sum(queue_depth) > 100, for: 5m}
  - {alert: Gone, expr: absent(queue_depth), for: 5m}
"""
    ),
    of_all=_of_all,
)
