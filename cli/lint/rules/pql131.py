"""PQL131: a window that one missed scrape leaves empty."""

from cli.lint.asked import Asked
from cli.lint.finding import Severity
from cli.lint.rule import Example, Fault, Faults, Rule
from cli.lint.rules.pql130 import ENOUGH, LEAST
from cli.lint.scraping import TWO_SAMPLES, samples
from queries.duration import spelled
from queries.expr import Call
from queries.known import Known


def _of_node(known: Known, asked: Asked) -> Faults:
    found = samples(asked, known)
    if found is None or not isinstance(known.node, Call):
        return
    window, span, every = found
    if LEAST * every <= span < ENOUGH * every:
        yield Fault(
            f"one missed scrape leaves {known.node.function}() over {window.span} without an answer: "
            f"{window.of.name or 'it'} is scraped every {spelled(round(every * 1000))}",
            known,
            f"[{spelled(round(ENOUGH * every * 1000))}] bears it",
        )


RULE = Rule(
    id="PQL131",
    title="a window shorter than four scrapes",
    severity=Severity.INFO,
    why="""A scrape is missed now and then. A window of fewer than four intervals is then down to a single sample, and
    the line has a gap; a pending alert starts to count again.""",
    wrong=Example("rate(http_requests_total[30s])"),
    right=Example("rate(http_requests_total[1m])"),
    nodes=TWO_SAMPLES,
    of_node=_of_node,
)
