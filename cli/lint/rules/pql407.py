"""PQL407: the title promises a value per second."""

import re

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.sample import page, panel

PER_SECOND = re.compile(r"/\s?s(?:ec(?:ond)?)?\b|\bper second\b|\b(?:rps|qps|tps)\b", re.IGNORECASE)


def _of_query(asked: Asked) -> Faults:
    known, panel = asked.known, asked.panel
    if known is None or panel is None or known.unit is None or not known.unit.has_a_name:
        return
    said = PER_SECOND.search(panel.title)
    if (
        said
        and not PER_SECOND.search(str(known.unit))
        and ("seconds", -1) not in known.unit.dimension
        and len(panel.targets) == 1
    ):
        mean = " for each observation" if known.kind == "mean" else ""
        yield Fault(
            f"the title promises {said[0]!r}, and the query yields {known.unit}{mean}",
            hint="rate(..._sum) alone is per second" if mean else "rate(...) is per second",
        )


RULE = Rule(
    id="PQL407",
    title="a title that promises a value per second",
    severity=Severity.WARNING,
    why="""rate(x_sum) / rate(x_count) is the mean of one observation: tokens for each request. Under the title
    "tokens/s" it stays flat while the traffic doubles, and whoever plans capacity with it is wrong by the number of
    requests.""",
    wrong=Example(
        page=page(
            panel(
                "sum(rate(http_response_size_bytes_sum[5m])) / sum(rate(http_response_size_bytes_count[5m]))",
                title="Throughput (B/s)",
            )
        )
    ),
    right=Example(page=page(panel("sum(rate(http_response_size_bytes_sum[5m]))", title="Throughput (B/s)"))),
    readers=("panel",),
    of_query=_of_query,
)
