"""PQL130: a window that seldom holds two samples."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.scraping import TWO_SAMPLES, samples
from queries.duration import spelled
from queries.expr import Call
from queries.known import Known

#: So many times the interval between two scrapes a window has to be, and should be.
LEAST, ENOUGH = 2, 4


def _of_node(known: Known, asked: Asked) -> Faults:
    found = samples(asked, known)
    if found is None or not isinstance(known.node, Call):
        return
    window, span, every = found
    if span < LEAST * every:
        page = asked.reader == "panel" and known.node.function in ("rate", "irate", "increase")
        enough = spelled(round(ENOUGH * every * 1000))
        yield Fault(
            f"{known.node.function}() wants two samples, and {window.span} holds one or none: "
            f"{window.of.name or 'it'} is scraped every {spelled(round(every * 1000))}",
            known,
            f"[{enough}]" + (", or [$__rate_interval]" if page else ""),
        )


RULE = Rule(
    id="PQL130",
    title="a window shorter than two scrapes",
    severity=Severity.ERROR,
    why="""rate() is the difference of two samples. A window that is shorter than two intervals of scraping holds one
    of them or none most of the time: the line has gaps or is missing altogether, and an alert forgets that it was
    pending.""",
    wrong=Example("rate(http_requests_total[15s])"),
    right=Example("rate(http_requests_total[1m])"),
    also=("pint promql/rate",),
    nodes=TWO_SAMPLES,
    of_node=_of_node,
)
