"""PQL501: a text names a label that the alert's series do not have."""

from collections.abc import Iterable

from cli.lint.annotation import labels_used
from cli.lint.around import may_be_added
from cli.lint.asked import Asked
from cli.lint.branches import branches
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.said import recorded
from queries.known import Known, labels_of

#: What Grafana adds to the labels of its own alerts.
OF_GRAFANA = ("alertname", "grafana_", "__")


def _of_query(asked: Asked) -> Faults:
    alert, known = asked.alert, asked.known
    if alert is None or known is None or known.type != "vector":
        return
    if known.empty is not None and known.empty.cause == "label":
        return  # a metric that lacks a label lacks it in the text too
    sides: list[Known] = []
    for used in labels_used(alert):
        if alert.managed and used.label.startswith(OF_GRAFANA):
            continue
        sides = sides or _sides(known)
        lacking = [one for one in sides if not one.can_have(used.label)]
        if not lacking:
            continue
        spot = alert.spot.below(used.kind, used.key)
        if len(lacking) < len(sides):
            yield Fault(
                f"{{{{ $labels.{used.label} }}}} stays empty when this side of `or` fires: "
                f"{_quoted(lacking[0])} has {labels_of(lacking[0])}",
                None,
                "make an alert of its own of each side, or name no label that only one of them has",
                spot=spot,
                severity=Severity.WARNING,
            )
        else:
            added = any(may_be_added(one, used.label) for one in sides)
            yield Fault(
                f"{{{{ $labels.{used.label} }}}} stays empty: the expression has {_all_labels(sides)}",
                None,
                f"keep the label, as in `sum by ({used.label}) (...)`, or leave it out of the text",
                spot=spot,
                severity=Severity.WARNING if alert.managed or recorded(known) or added else None,
            )


def _sides(known: Known) -> list[Known]:
    """The branches that can fire; all of them where another rule says that none can."""
    found = list(branches(known))
    return [one for one in found if one.empty is None] or found


def _quoted(known: Known) -> str:
    from queries.promql import to_promql  # noqa: PLC0415 - only a finding pays for it

    text = to_promql(known.node)
    return text if len(text) <= 60 else f"{text[:57]}..."  # noqa: PLR2004 - half a line


def _all_labels(sides: Iterable[Known]) -> str:
    return " or ".join(dict.fromkeys(labels_of(one) for one in sides))


RULE = Rule(
    id="PQL501",
    title="a label that the text cannot print",
    severity=Severity.ERROR,
    why="""$labels are the labels of the series that the expression returns, and `sum()` without `by` returns one
    without any. Prometheus prints nothing for a label that is not there and says nothing either: the page at night
    reads "accuracy below threshold for ", and whoever was woken has to find out for what.""",
    wrong=Example(
        rules="""groups:
- name: example
  rules:
  - alert: Slow
    expr: sum(rate(http_requests_total[5m])) < 1
    for: 5m
    annotations: {summary: 'too few requests for {{ $labels.handler }}'}
"""
    ),
    right=Example(
        rules="""groups:
- name: example
  rules:
  - alert: Slow
    expr: sum by (handler) (rate(http_requests_total[5m])) < 1
    for: 5m
    annotations: {summary: 'too few requests for {{ $labels.handler }}'}
"""
    ),
    also=("pint alerts/template",),
    even_if_empty=True,
    readers=("alert",),
    of_query=_of_query,
)
