"""PQL550: two rules have one identity."""

from collections.abc import Iterable, Mapping

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from cli.lint.subject import Alert, Recording

#: With how many rules of the same identity one is compared: a file of thousands has them made.
COMPARED = 20


def _of_all(world: World) -> Faults:
    seen: dict[object, list[Asked]] = {}
    for asked in world.ruled:
        rule = asked.alert or asked.recording
        if rule is None or (isinstance(rule, Alert) and rule.managed):
            continue
        seen.setdefault((isinstance(rule, Alert), rule.name, frozenset(rule.labels.items())), []).append(asked)
    for same in seen.values():
        written: dict[str, Asked] = {}
        for index, asked in enumerate(same):
            twin = written.setdefault(" ".join(asked.text.split()), asked)
            if twin is not asked:
                yield _twice(asked, twin)
            else:
                yield from _again(asked, same[: min(index, COMPARED)])
        for asked in same:
            asked.forget()


def _twice(asked: Asked, twin: Asked) -> Fault:
    rule = asked.alert or asked.recording
    where = rule.spot if rule is not None else asked.spot
    return Fault(f"{where.where} stands in {_place(twin)} already, word for word", None, "leave one out", spot=where)


def _again(asked: Asked, before: Iterable[Asked]) -> Faults:
    rule = asked.alert or asked.recording
    if rule is None:
        return
    for other in before:
        if isinstance(rule, Recording):
            if not _collide(asked, other):
                continue
            yield Fault(
                f"{rule.spot.where} in {_place(other)} writes the same series from another expression",
                None,
                "another name, or a label that tells them apart",
                spot=rule.spot,
            )
        elif not _apart(asked, other):
            yield Fault(
                f"{_place(other)} has a {rule.name} with {_labels(rule.labels)} too, and another condition",
                None,
                "another name, or a label that tells them apart",
                spot=rule.spot,
            )
        else:
            continue
        return


def _collide(asked: Asked, other: Asked) -> bool:
    """Whether two expressions surely yield a series with the same labels: the one without any."""
    one, two = asked.known, other.known
    if one is None or two is None:
        return False
    return not (one.open or one.labels or two.open or two.labels)


def _apart(asked: Asked, other: Asked) -> bool:
    """Whether two rules of one file can never have the same labels: then it is one alert in two parts."""
    one, two = asked.known, other.known
    if one is None or two is None or asked.spot.document is not other.spot.document:
        return False
    pinned = one.values.keys() & two.values.keys() & one.always & two.always
    return any(not one.values[label] & two.values[label] for label in pinned)


def _place(asked: Asked) -> str:
    line, _ = asked.spot.document.position(asked.spot.path)
    return f"{asked.spot.document.file}:{line}" if line else asked.spot.document.file


def _labels(labels: Mapping[str, str]) -> str:
    return ", ".join(f'{name}="{value}"' for name, value in sorted(labels.items())) or "no labels"


RULE = Rule(
    id="PQL550",
    title="two rules with one identity",
    severity=Severity.WARNING,
    why="""Alertmanager knows an alert by its name and labels. Two rules that share them are one alert to it: the one
    that is over resolves the one that is not, a silence for one silences both, and the texts take turns. A recording
    that is written twice keeps whichever value came first.""",
    wrong=Example(
        rules="""groups:
- name: example
  rules:
  - {alert: Slow, expr: sum(queue_depth) > 100, for: 5m, labels: {severity: warning}}
  - {alert: Slow, expr: 'sum(rate(http_requests_total[5m])) < 1', for: 5m, labels: {severity: warning}}
"""
    ),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - {alert: Backlog, expr: sum(queue_depth) > 100, for: 5m, labels: {severity: warning}}
  - {alert: Idle, expr: 'sum(rate(http_requests_total[5m])) < 1', for: 5m, labels: {severity: warning}}
"""
    ),
    also=("pint rule/duplicate", "promtool duplicate-rules"),
    of_all=_of_all,
)
