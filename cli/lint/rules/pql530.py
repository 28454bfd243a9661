"""PQL530: a limit for a total, compared with each series of it."""

import re
from collections.abc import Iterable

from cli.lint.annotation import labels_used, texts
from cli.lint.asked import Asked
from cli.lint.branches import flow, selected, top_limits
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.subject import Alert
from queries.expr import Aggregate, rebuild
from queries.known import Known

#: A text that speaks of one of many.
OF_EACH = re.compile(r"\b(?:per|each|every|any of|single|some)\b", re.IGNORECASE)
#: "per second" says how a rate is measured and not what it is of.
TIMES = re.compile(r"\b(?:per|each|every)\s+(?:second|minute|hour|day|s|min|m|h|d)\b", re.IGNORECASE)


def _of_query(asked: Asked) -> Faults:
    alert, known = asked.alert, asked.known
    if alert is None or known is None:
        return
    for limit in top_limits(known):
        if limit.op in ("==", "!=") or limit.value == 0:
            continue
        found = flow(limit.of)
        metric = None if found is None else selected(found)
        if found is None or metric is None or metric.kind not in ("counter", "sum", "count"):
            continue
        own = _own(metric)
        left = own - {used.label for used in labels_used(alert)}
        if left and not speaks_of_each(alert, own):
            yield Fault(
                f"the limit {limit.value:g} is compared with each series ({', '.join(sorted(own))}) and never with all "
                f"of them: several below it are together above it",
                limit.at,
                _added(limit.at, found),
            )


def _own(metric: Known) -> frozenset[str]:
    if metric.series is None or metric.series.of.recorded:
        return frozenset()
    return frozenset(one.name for one in metric.series.of.labels if metric.varies(one.name))


def speaks_of_each(alert: Alert, labels: Iterable[str]) -> bool:
    """Whether a text of the alert says that each series has the limit: "per model", "each endpoint"."""
    for kind, _, text in texts(alert):
        plain = TIMES.sub(" ", text)
        if kind == "annotations" and OF_EACH.search(plain):
            return True
    words = re.sub(r"([a-z])([A-Z])", r"\1 \2", alert.name).lower().split()
    return "per" in words or any(one.lower() in words for one in labels)


def _added(whole: Known, alone: Known) -> str:
    from queries.promql import to_promql  # noqa: PLC0415 - only a finding pays for it

    added = rebuild(whole.node, lambda one: Aggregate("sum", one) if one == alone.node else one)
    return f"{to_promql(added)}, or say in the text of which series the limit is"


RULE = Rule(
    id="PQL530",
    title="a limit for all, compared with each",
    severity=Severity.WARNING,
    why="""rate() and increase() keep every label, so the limit is compared with each series. Eight models with 360,000
    tokens an hour each are 2.9 million together, and an alert on "more than 500,000 tokens an hour" stays silent. Add
    them up, or say in the text that the limit is one for each.""",
    wrong=Example("increase(llm_tokens_total[1h]) > 500000", reader="alert"),
    right=Example("sum(increase(llm_tokens_total[1h])) > 500000", reader="alert"),
    readers=("alert",),
    of_query=_of_query,
)
