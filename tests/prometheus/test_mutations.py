"""The proof proves: a number or an alert that is made wrong, in the ways in which people make them wrong, is caught.

Each fault is put into the value itself, and goes through the same checks as the shipped ones: its claims, what happened
in the world, the silence of a healthy service. No snapshot takes part.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest

from queries import AlertRule, Query, RuleGroup
from queries.ai_api import numbers as ai
from queries.ai_app import numbers as app
from queries.expr import Aggregate, Binary, Call, Expr, Match, Number, Select, Window, rebuild
from queries.inference_server import numbers as server
from queries.ml_serving import alerts as ml_alerts
from queries.ml_serving import numbers as ml
from queries.taskmaster import alerts as worker_alerts
from queries.taskmaster import numbers as worker
from tests.prometheus.asked import of_number
from tests.prometheus.clock import NOW
from tests.prometheus.judging import differences, faults, firing, misses
from tests.prometheus.lifelike import World
from tests.prometheus.meanings import meaning
from tests.prometheus.past import Past
from tests.prometheus.server import Prometheus

pytestmark = pytest.mark.prometheus
Change = Callable[[Expr], Expr]


@dataclass(frozen=True, slots=True)
class Mutant:
    """A number and what is made wrong of it.

    Attributes:
        domain, name: where `meanings.py` says what it should be.
        claims: whether it breaks what it claims of itself, so that nobody has to know the world to see it.
    """

    fault: str
    domain: str
    name: str
    number: Query
    change: Change
    claims: bool = False

    @property
    def wrong(self) -> Query:
        """The number with the fault; what it claims of itself stays."""
        return replace(self.number, expr=rebuild(self.number.expr, self.change))


def _on(kind: type[Expr], change: Callable[..., Expr]) -> Change:
    return lambda node: change(node) if isinstance(node, kind) else node


def _matching(label: str, value: str) -> Change:
    """Another value of a label that picks the series."""
    return _on(Select, lambda node: replace(node, match=tuple(_said(one, label, value) for one in node.match)))


def _said(one: Match, label: str, value: str) -> Match:
    return Match(label, one.op, value) if one.label == label else one


_flipped = _on(Binary, lambda node: replace(node, op={"/": "*", "-": "+"}.get(node.op, node.op)))
_swapped = _on(Binary, lambda node: replace(node, left=node.right, right=node.left) if node.op == "/" else node)
_label_dropped = _on(Aggregate, lambda node: replace(node, by=tuple(one for one in node.by if one == "le")))
_le_dropped = _on(Aggregate, lambda node: replace(node, by=tuple(one for one in node.by if one != "le")))
_half_the_window = _on(Window, lambda node: replace(node, span="30m"))
_no_offset = _on(Select, lambda node: replace(node, offset=""))
_greatest = _on(Aggregate, lambda node: replace(node, op="max"))
_summed = _on(Aggregate, lambda node: replace(node, op="sum"))
_not_a_rate = _on(Call, lambda node: replace(node, function="increase"))
_nobodys = _on(Select, lambda node: replace(node, metric=None))
_other_quantile = _on(Number, lambda node: Number(0.5) if node.value == 0.95 else node)
_no_price = _on(Number, lambda node: Number(node.value * 1000))

MUTANTS = [
    Mutant("an operator flipped", "taskmaster", "errors", worker.errors(), _flipped),
    Mutant("an operator flipped in a share", "ml_serving", "memory_usage", ml.memory_usage(), _flipped, claims=True),
    Mutant(
        "part and whole swapped",
        "inference_server",
        "gpu_memory_share",
        server.gpu_memory_share(),
        _swapped,
        claims=True,
    ),
    Mutant("sum and count swapped", "ml_serving", "confidence", ml.confidence(), _swapped, claims=True),
    Mutant("label dropped", "taskmaster", "tasks_by_type", worker.tasks_by_type(), _label_dropped, claims=True),
    Mutant("le dropped", "ai_api", "latency", ai.latency(0.95), _le_dropped, claims=True),
    Mutant("another limit", "taskmaster", "within_promise", worker.within_promise(), _matching("le", "1.0")),
    Mutant(
        "a limit that is no bucket", "ai_api", "within_promise", ai.within_promise(), _matching("le", "1"), claims=True
    ),
    Mutant("another status", "ai_api", "errors", ai.errors(), _matching("status", "4xx")),
    Mutant("another window", "ai_api", "tokens_per_hour", ai.tokens_per_hour(), _half_the_window),
    Mutant("last week is this week", "ai_app", "week_over_week", app.week_over_week(), _no_offset),
    Mutant("the greatest for the sum", "inference_server", "queue_depth", server.queue_depth(), _greatest),
    Mutant("the sum for the share", "ai_app", "backend_up", app.backend_up(), _summed, claims=True),
    Mutant("an increase for a rate", "ai_api", "requests", ai.requests(), _not_a_rate),
    Mutant("another service's series", "ai_app", "requests", app.requests(), _nobodys),
    Mutant("another quantile", "ml_serving", "latency", ml.latency(0.95), _other_quantile),
    Mutant("another price", "taskmaster", "cost_per_hour", worker.cost_per_hour(), _no_price),
]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda one: one.fault)
def test_a_wrong_number_is_caught(mutant: Mutant, world: World, prometheus: Prometheus) -> None:
    assert mutant.wrong != mutant.number
    right = meaning(mutant.domain, mutant.name, Past(world, NOW))
    assert right is not None
    shipped, wrong = (next(of_number(mutant.fault, number)) for number in (mutant.number, mutant.wrong))
    assert not faults(shipped, prometheus, NOW)
    assert bool(faults(wrong, prometheus, NOW)) is mutant.claims
    assert not misses(right, prometheus.query(shipped.text, NOW))
    assert misses(right, prometheus.query(wrong.text, NOW))


MISPRINTS = [
    pytest.param(r'job="backend"', r'job=~".+"', id="the job forgotten"),
    pytest.param(r"\[1m\]", "[5m]", id="another window"),
    pytest.param(r"5\.\.", "4..", id="another matcher"),
    pytest.param(r"^\((.*)\) /", r"\1 /", id="parentheses forgotten"),
    pytest.param(r" or .* \* 0\)", ")", id="no errors are no series"),
]


@pytest.mark.parametrize(("meant", "printed"), MISPRINTS)
def test_a_printer_that_says_something_else_is_caught(
    meant: str, printed: str, world: World, prometheus: Prometheus
) -> None:
    question = next(of_number("errors", app.errors("method")))
    wrong = replace(question, text=re.sub(meant, printed, question.text))
    assert wrong.text != question.text
    assert not differences(question, prometheus, world, NOW)
    assert differences(wrong, prometheus, world, NOW)


ALARMS = [
    pytest.param(worker_alerts.groups[0], "TaskMasterHighErrorRate", id="errors"),
    pytest.param(worker_alerts.groups[0], "TaskMasterHighLatency", id="latency"),
    pytest.param(worker_alerts.groups[0], "TaskMasterQualityDrift", id="quality"),
    pytest.param(ml_alerts.infrastructure, "HighCPUUsage", id="cpu"),
    pytest.param(ml_alerts.model_performance, "PredictionAccuracyDegradation", id="accuracy"),
]
OPPOSITE = {">": "<", "<": ">"}


@pytest.mark.parametrize(("group", "alert"), ALARMS)
def test_an_alarm_whose_comparison_is_flipped_is_caught(group: RuleGroup, alert: str, prometheus: Prometheus) -> None:
    flipped = _on(Binary, lambda node: replace(node, op=OPPOSITE.get(node.op, node.op)))
    assert alert in firing(_changed(group, alert, flipped), prometheus, NOW)


@pytest.mark.parametrize(("group", "alert"), ALARMS)
def test_an_alarm_whose_limit_is_moved_is_caught(group: RuleGroup, alert: str, prometheus: Prometheus) -> None:
    def moved(node: Binary) -> Binary:
        if not isinstance(node.right, Number) or node.op not in OPPOSITE:
            return node
        return replace(node, right=Number(node.right.value * (0.01 if node.op == ">" else 100)))

    assert alert in firing(_changed(group, alert, _on(Binary, moved)), prometheus, NOW)


@pytest.mark.parametrize(("group", "alert"), ALARMS)
def test_an_alarm_is_silent_as_shipped(group: RuleGroup, alert: str, prometheus: Prometheus) -> None:
    assert alert not in firing(group, prometheus, NOW)


def _changed(group: RuleGroup, alert: str, change: Change) -> RuleGroup:
    """The group with one condition made wrong."""

    def wrong(rule: AlertRule) -> AlertRule:
        return replace(rule, when=replace(rule.when, expr=rebuild(rule.when.expr, change)))

    rules = [wrong(one) if isinstance(one, AlertRule) and one.alert == alert else one for one in group.rules]
    return replace(group, rules=rules)
