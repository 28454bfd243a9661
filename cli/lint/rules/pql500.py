"""PQL500: an alert without a condition fires for every series that its expression has."""

import re
from collections.abc import Mapping

from cli.lint.asked import Asked
from cli.lint.branches import branches
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule, World
from queries.expr import COMPARISONS, Aggregate, Binary, Call, Select
from queries.infer import PICKS
from queries.known import Known
from queries.template import STRING

#: Strings and matchers, in which `>` and `=` say nothing about a value.
QUOTED = re.compile(rf"{STRING.pattern}|\{{[^{{}}]*\}}", re.DOTALL)
CONDITION = re.compile(r"[<>]|==|!=|\b(?:and|unless|absent|absent_over_time)\b", re.IGNORECASE)
#: What makes a second look necessary: a side of `or` without a condition, a comparison that lets everything through.
UNSURE = re.compile(r"\b(?:or|bool)\b", re.IGNORECASE)
#: Series of Prometheus' own that exist only while something is wrong.
ONLY_WHILE = frozenset({"ALERTS", "ALERTS_FOR_STATE"})


def _of_all(world: World) -> Faults:
    recorded = {one.recording.name: one for one in world.ruled if one.recording is not None}
    for asked in world.ruled:
        if asked.alert is None or asked.alert.managed or _surely(asked.text):
            continue
        known = asked.known
        side = None if known is None or known.type != "vector" else _without(known)
        if side is not None:
            yield from _fault(asked, side, recorded)
        asked.forget()


def _without(known: Known) -> Known | None:
    """The first side of `or` that compares nothing; all of it where there is no `or`."""
    sides = [one for one in branches(known) if one.empty is None]
    for side in sides:
        # vector(1) alone is an alert that is meant to fire at all times
        if not _conditional(side) if not side.sure else len(sides) > 1:
            return side
    return None


def _fault(asked: Asked, side: Known, recorded: Mapping[str, Asked]) -> Faults:
    above = [name for name in side.names if ":" in name]
    own = [recorded[name] for name in above if name in recorded]
    if any(_surely(one.text) or one.known is None or _conditional(one.known) for one in own):
        return
    always = any(isinstance(one.node, Binary) and one.node.returns_bool for one in side.walk())
    why = "bool makes 0 and 1 of its comparison, and both fire" if always else "every series that it has fires"
    unsure = bool(above) and not own
    yield Fault(
        f"{_said(side, asked)} compares nothing: "
        + ("the condition would have to be in what is recorded" if unsure else why),
        None,
        "leave `bool` out" if always else "say the limit: ... > 0.9",
        spot=asked.spot,
        severity=Severity.INFO if unsure else None,
    )


def _said(side: Known, asked: Asked) -> str:
    if side is asked.known:
        return "the alert"
    from queries.promql import to_promql  # noqa: PLC0415 - only a finding pays for it

    return f"the side {to_promql(side.node)} of `or`"


def _surely(text: str) -> bool:
    """Whether it is plain without a look at the tree."""
    bare = QUOTED.sub(" ", text)
    return CONDITION.search(bare) is not None and UNSURE.search(bare) is None


def _conditional(known: Known) -> bool:
    """Whether anything in it lets only some series through."""
    for one in known.walk():
        node = one.node
        if isinstance(node, Binary):
            if node.op in ("and", "unless") or (node.op in COMPARISONS and not node.returns_bool):
                return True
        elif isinstance(node, Call):
            if node.function in ("absent", "absent_over_time", "info"):
                return True
        elif isinstance(node, Select) and (node.name in ONLY_WHILE or not node.name or "$" in node.name):
            return True
        elif isinstance(node, Aggregate) and node.op in PICKS:
            return True  # PQL510 tells it
    return False


RULE = Rule(
    id="PQL500",
    title="an alert without a condition",
    severity=Severity.WARNING,
    why="""An alert fires for each series that its expression returns, whatever the value is: 0 fires like 1. Without a
    comparison it fires as long as the metric exists, people learn to look away, and the day on which something is
    wrong looks like all others.""",
    wrong=Example("sum by (model) (quality_score)", reader="alert"),
    right=Example("sum by (model) (quality_score) < 0.7", reader="alert"),
    also=("pint alerts/comparison",),
    of_all=_of_all,
)
