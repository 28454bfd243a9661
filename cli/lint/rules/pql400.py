"""PQL400: the panel's unit is not that of its query."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.panel_units import PER_MINUTE, PER_SECOND, contradicts, read_unit
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.said import recorded
from cli.lint.sample import page, panel

SHARE = "sum(gpu_memory_used_bytes) / sum(gpu_memory_total_bytes)"


def _of_query(asked: Asked) -> Faults:
    shown, known = read_unit(asked), asked.known
    if shown is None or known is None or known.unit is None or not contradicts(shown, known):
        return
    counts = shown in PER_SECOND or shown in PER_MINUTE or recorded(known)
    yield Fault(
        f"the panel shows {shown!r}, and the query yields {known.unit}",
        hint=f"unit {known.unit.grafana!r}",
        severity=Severity.WARNING if counts else None,
    )


RULE = Rule(
    id="PQL400",
    title="the panel's unit is another than the query's",
    severity=Severity.ERROR,
    why="""Grafana prints a value with the unit that the panel says, it does not convert. A ratio of 0.05 in a panel of
    percent reads 0.05 %, a twentieth of a thousandth of what it is; milliseconds in a panel of seconds make every
    request look a thousand times as slow.""",
    wrong=Example(page=page(panel(SHARE, kind="stat", defaults={"unit": "percent"}))),
    right=Example(page=page(panel(SHARE, kind="stat", defaults={"unit": "percentunit"}))),
    readers=("panel",),
    of_query=_of_query,
)
